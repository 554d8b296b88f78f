import type { CacheAccess } from './backend.ts';
import { createNoAccess } from './no-access.ts';

/** Where the runner's cache service is, and which protocol it speaks. */
export interface Upstream {
  readonly protocol: 1 | 2;
  readonly url: string;
}

/** What the runner gives a step of its cache service. */
export interface ServiceFacts {
  /** undefined: the runner offers no cache service. */
  readonly upstream: Upstream | undefined;
  /** The runtime token without white space around it; undefined when absent or blank. */
  readonly token: string | undefined;
  /** GITHUB_RUN_ID and GITHUB_RUN_ATTEMPT. */
  readonly run: { readonly id: string; readonly attempt: string };
}

export interface Service {
  readonly upstream: Upstream;
  readonly token: string;
}

export type FoundService =
  | { readonly kind: 'there'; readonly service: Service }
  /** The access of a build that has no service to use. */
  | { readonly kind: 'none'; readonly access: CacheAccess };

/**
 * GitHub's runner says `ACTIONS_CACHE_SERVICE_V2=True`; other spellings of true are taken as BuildKit takes them
 * (strconv.ParseBool). GHES, act and Gitea have v1 only, and some of them offer only ACTIONS_RESULTS_URL for it.
 */
export function readUpstream(env: Readonly<Record<string, string | undefined>>): Upstream | undefined {
  const results = env['ACTIONS_RESULTS_URL'];
  const cache = env['ACTIONS_CACHE_URL'];
  const saysV2 = /^(1|t|true|y|yes|on)$/i.test(env['ACTIONS_CACHE_SERVICE_V2'] ?? '');
  if (saysV2 && results) return { protocol: 2, url: results };
  const v1 = cache || results;
  return v1 ? { protocol: 1, url: v1 } : undefined;
}

export function findService(
  { token, upstream }: ServiceFacts,
  plans: readonly { readonly imports: readonly string[]; readonly export: string | null }[],
): FoundService {
  // The plans themselves say why there is no cache.
  if (token === undefined || isUnused(plans)) return { kind: 'none', access: createNoAccess(undefined) };
  if (upstream !== undefined) return { kind: 'there', service: { token, upstream } };
  const sentence =
    'The runner names no cache service (ACTIONS_RESULTS_URL, ACTIONS_CACHE_URL): this build runs without a cache.';
  return { kind: 'none', access: createNoAccess({ kind: 'loss', sentence }) };
}

/** Nothing is imported and nothing exported. */
export function isUnused(
  plans: readonly { readonly imports: readonly string[]; readonly export: string | null }[],
): boolean {
  return plans.every((plan) => plan.imports.length === 0 && plan.export === null);
}

/** What a reader is told where nobody can use the runtime token. */
export function refuse(
  refusal: { readonly code: string; readonly reason: string },
  kind: 'info' | 'loss' = 'loss',
): CacheAccess {
  // The plan has warned of a token that cannot be read: it has asked the same reader.
  if (refusal.code === 'token-opaque') return createNoAccess(undefined);
  return createNoAccess({ kind, sentence: `This build runs without a cache: ${refusal.reason}.` });
}

/** The variables that BuildKit's clients read for `type=gha` (buildx: build/opt.go, addGithubToken). */
export function toServiceVariables(
  { url, protocol }: Upstream,
  token: string,
): Readonly<Record<string, string>> {
  const base = url.endsWith('/') ? url : `${url}/`;
  return {
    ACTIONS_CACHE_SERVICE_V2: protocol === 2 ? 'true' : 'false',
    ACTIONS_CACHE_URL: base,
    ACTIONS_RESULTS_URL: base,
    ACTIONS_RUNTIME_TOKEN: token,
  };
}
