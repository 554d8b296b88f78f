import { readTokenRights } from '../policy/token-rights.ts';
import type { Backend } from './backend.ts';
import { createDirectGha } from './direct-gha.ts';
import { createGatewayBackend } from './gateway-backend.ts';
import type { ServiceFacts } from './service.ts';

export function chooseBackend(
  way: 'gateway' | 'direct' | 'none',
  facts: ServiceFacts,
  env: Readonly<Record<string, string | undefined>>,
): Backend {
  const rights = readTokenRights(env);
  switch (way) {
    case 'gateway':
      return createGatewayBackend(facts, rights, env);
    case 'direct':
      return createDirectGha(facts, rights);
    case 'none':
      return createDirectGha({ ...facts, token: undefined }, rights);
    default:
      return way satisfies never;
  }
}
