import { createHmac } from 'node:crypto';
import { renderAccessClaim } from '../../policy/runtime-token.ts';

/** Of all that is kept elsewhere than at the runner's cache service: cache scopes alone keep refs apart there. */
const refScope = { scope: 'refs/hotlayer/cache', permission: 3 };

/**
 * What a gateway to another place than the runner's cache service has in place of the runtime token: who has the job's
 * secret makes it, so that main, later steps and post need not hand it on. The place is in it, so that a step with another
 * place does not take this gateway for its own. It grants all, as the place knows no refs: the plan is what limits it.
 */
export function toJobToken(secret: string, place: string): string {
  const header = encode({ typ: 'JWT', alg: 'HS256' });
  const payload = encode({ sub: place, ac: renderAccessClaim([refScope]) });
  const signature = createHmac('sha256', secret)
    .update(`hotlayer job token\n${header}.${payload}`)
    .digest('base64url');
  return `${header}.${payload}.${signature}`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
