import { createHash } from 'node:crypto';

/** One component of a repository's path, as the distribution specification allows it. */
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
/** BuildKit refuses references of more than 255 characters, host and tag included in older versions. */
const maxComponentLength = 200;

/** Every cache scope has this one tag. */
export const cacheTag = 'cache';

/**
 * The repository that stands for a cache scope: `hotlayer/<cache scope>` where the name is a path component as it is,
 * `hotlayer-x/<SHA-256 of the name>` elsewhere. No two names share one.
 */
export function toRepository(cacheScope: string): string {
  if (cacheScope.length <= maxComponentLength && component.test(cacheScope)) return `hotlayer/${cacheScope}`;
  return `hotlayer-x/${createHash('sha256').update(cacheScope).digest('hex')}`;
}

/** Which of the cache scopes a repository stands for; undefined: none of them. */
export function toCacheScope(repository: string, cacheScopes: Iterable<string>): string | undefined {
  for (const name of cacheScopes) if (toRepository(name) === repository) return name;
  return undefined;
}

/**
 * `127.0.0.1:PORT/hotlayer/<cache scope>:cache`, for `ref=` of `type=registry`.
 *
 * @param gatewayUrl `http://127.0.0.1:PORT`, with or without a slash
 */
export function toReference(gatewayUrl: string, cacheScope: string): string {
  return `${new URL(gatewayUrl).host}/${toRepository(cacheScope)}:${cacheTag}`;
}
