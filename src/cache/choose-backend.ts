import type { CacheInputs } from '../inputs/types.ts';
import { noRights, type Rights, unbounded } from '../policy/rights.ts';
import { readTokenRights } from '../policy/token-rights.ts';
import type { Backend } from './backend.ts';
import { createDirectGha } from './direct-gha.ts';
import { createGatewayBackend } from './gateway-backend.ts';
import { createNoAccess } from './no-access.ts';
import type { ServiceFacts } from './service.ts';
import { createStoreBackend } from './store-backend.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What is known of the step. */
export interface BackendFacts extends ServiceFacts {
  /** Relative paths start there. */
  readonly workspace: string;
}

/** Throws InputError for a place of caches that cannot be one. */
export function chooseBackend(
  way: 'gateway' | 'direct' | 'none',
  cache: CacheInputs,
  facts: BackendFacts,
  env: Environment,
): Backend {
  const { backend } = cache;
  switch (backend) {
    case 'gha':
      return chooseGha(way, facts, env);
    case 'none':
      return createNoBackend(noRights);
    case 'registry':
    case 'local':
    case 's3':
    case 'azblob':
    case 'inline':
      if (way === 'none') return createNoBackend(unbounded);
      return createStoreBackend({ backend, cache, workspace: facts.workspace, env });
    default:
      return backend satisfies never;
  }
}

function chooseGha(way: 'gateway' | 'direct' | 'none', facts: ServiceFacts, env: Environment): Backend {
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

function createNoBackend(rights: Rights): Backend {
  return { rights, keepsNewer: true, connect: async () => createNoAccess(undefined) };
}
