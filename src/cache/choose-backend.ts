import { readTokenRights } from '../policy/token-rights.ts';
import type { Backend } from './backend.ts';
import { createDirectGha } from './direct-gha.ts';
import { createGatewayBackend } from './gateway-backend.ts';
import type { ServiceFacts } from './service.ts';

/** @param inputs `gateway` is the input */
export function chooseBackend(
  inputs: { readonly gateway: boolean },
  facts: ServiceFacts,
  env: Readonly<Record<string, string | undefined>>,
): Backend {
  const rights = readTokenRights(env);
  return inputs.gateway ? createGatewayBackend(facts, rights, env) : createDirectGha(facts, rights);
}
