import type { CacheInputs } from '../inputs/types.ts';
import { noRights, type Rights, unbounded } from '../policy/rights.ts';
import { readTokenRights } from '../policy/token-rights.ts';
import type { Backend } from './backend.ts';
import { createDirectGha } from './direct-gha.ts';
import { createBucketBackend, createGatewayBackend } from './gateway-backend.ts';
import { createNoAccess } from './no-access.ts';
import { listIdleS3Attributes, readS3Place } from './s3-place.ts';
import type { ServiceFacts } from './service.ts';
import { createStoreBackend } from './store-backend.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Way = 'gateway' | 'direct' | 'none';

/** What is known of the step. */
export interface BackendFacts extends ServiceFacts {
  /** Relative paths start there. */
  readonly workspace: string;
  /** `owner/name`; empty when unknown. */
  readonly repository: string;
}

/** Throws InputError for a place of caches that cannot be one. */
export function chooseBackend(way: Way, cache: CacheInputs, facts: BackendFacts, env: Environment): Backend {
  const { backend } = cache;
  switch (backend) {
    case 'gha':
      return chooseGha(way, facts, env);
    case 'none':
      return createNoBackend(noRights);
    case 's3':
      if (way === 'gateway')
        return createBucketBackend(readS3Place(cache, facts.repository, env), facts, env);
      return chooseStore(backend, way, cache, facts, env);
    case 'registry':
    case 'local':
    case 'azblob':
    case 'inline':
      return chooseStore(backend, way, cache, facts, env);
    default:
      return backend satisfies never;
  }
}

/** BuildKit's own client of it. */
function chooseStore(
  backend: 'registry' | 'local' | 's3' | 'azblob' | 'inline',
  way: Way,
  cache: CacheInputs,
  { workspace }: BackendFacts,
  env: Environment,
): Backend {
  if (way === 'none') return createNoBackend(unbounded);
  return createStoreBackend({ backend, cache, workspace, env });
}

function chooseGha(way: Way, facts: ServiceFacts, env: Environment): Backend {
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

/** Attributes that this way to the caches does not use, a sentence each. */
export function listIdleAttributes(way: Way, cache: CacheInputs): readonly string[] {
  return cache.backend === 's3' && way === 'gateway' ? listIdleS3Attributes(cache) : [];
}
