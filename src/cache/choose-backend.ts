import type { CacheInputs } from '../inputs/types.ts';
import { readTokenRights } from '../policy/token-rights.ts';
import type { Backend } from './backend.ts';
import { createDirectGha } from './direct-gha.ts';
import { createBucketBackend, createGatewayBackend } from './gateway-backend.ts';
import { listIdleS3Attributes, readS3Place } from './s3-place.ts';
import type { ServiceFacts } from './service.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What is known of the step. */
export interface BackendFacts extends ServiceFacts {
  /** `owner/name`; empty when unknown. */
  readonly repository: string;
}

/** Throws InputError for a place of caches that cannot be one. */
export function chooseBackend(
  way: 'gateway' | 'direct' | 'none',
  cache: CacheInputs,
  facts: BackendFacts,
  env: Environment,
): Backend {
  if (cache.backend === 's3' && way === 'gateway')
    return createBucketBackend(readS3Place(cache, facts.repository, env), facts, env);
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

/** Attributes that this way to the caches does not use, a sentence each. */
export function listIdleAttributes(
  way: 'gateway' | 'direct' | 'none',
  cache: CacheInputs,
): readonly string[] {
  return cache.backend === 's3' && way === 'gateway' ? listIdleS3Attributes(cache) : [];
}
