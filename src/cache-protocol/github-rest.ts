import type { JsonRecord } from '../json.ts';

/**
 * GitHub's REST of a repository's Actions caches, and the little of refs and pull requests that a clean-up asks for.
 * Shapes and permissions: https://docs.github.com/en/rest/actions/cache, /rest/git/refs#get-a-reference,
 * /rest/pulls/pulls#get-a-pull-request, /rest/repos/repos#get-a-repository. GHES has all of it under `/api/v3`.
 */
export type ApiCall = {
  /** `owner/name`, as it was written. */
  readonly repository: string;
} & (
  | { readonly kind: 'list'; readonly query: ListQuery }
  | { readonly kind: 'delete-key'; readonly key: string | undefined; readonly ref: string | undefined }
  | { readonly kind: 'delete-id'; readonly id: string }
  | { readonly kind: 'usage' }
  | { readonly kind: 'repository' }
  /** `refs/heads/main`. */
  | { readonly kind: 'ref'; readonly ref: string }
  | { readonly kind: 'pull'; readonly number: string }
);

export const sortFields = ['created_at', 'last_accessed_at', 'size_in_bytes'] as const;

interface ListQuery {
  /** What keys begin with. */
  readonly key: string | undefined;
  /** The whole ref. */
  readonly ref: string | undefined;
  readonly sort: (typeof sortFields)[number];
  readonly isAscending: boolean;
  readonly perPage: number;
  /** From 1. */
  readonly page: number;
}

export interface ApiEntry {
  readonly id: number;
  readonly refScope: string;
  readonly key: string;
  readonly version: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly accessedAt: number;
}

const defaultPerPage = 30;
export const maxPerPage = 100;
const repositoryPath = /^(?:\/api\/v3)?\/repos\/([^/]+\/[^/]+)(?:\/(.+))?$/;

/** `unknown`: a path of a repository that has no such call; undefined: no path of this API. */
export function parseApiCall(method: string, url: URL): ApiCall | 'unknown' | undefined {
  const [, repository, rest = ''] = repositoryPath.exec(decodePath(url.pathname) ?? '') ?? [];
  if (repository === undefined) return undefined;
  const { searchParams } = url;
  const text = (name: string): string | undefined => searchParams.get(name) || undefined;
  if (method === 'DELETE') {
    if (rest === 'actions/caches')
      return { repository, kind: 'delete-key', key: text('key'), ref: text('ref') };
    const id = /^actions\/caches\/(\d{1,16})$/.exec(rest)?.[1];
    return id === undefined ? 'unknown' : { repository, kind: 'delete-id', id };
  }
  if (method !== 'GET') return 'unknown';
  if (rest === '') return { repository, kind: 'repository' };
  if (rest === 'actions/caches') return { repository, kind: 'list', query: toListQuery(text) };
  if (rest === 'actions/cache/usage') return { repository, kind: 'usage' };
  const ref = /^git\/ref\/((?:heads|tags)\/.+)$/.exec(rest)?.[1];
  if (ref !== undefined) return { repository, kind: 'ref', ref: `refs/${ref}` };
  const number = /^pulls\/(\d{1,12})$/.exec(rest)?.[1];
  return number === undefined ? 'unknown' : { repository, kind: 'pull', number };
}

function toListQuery(text: (name: string) => string | undefined): ListQuery {
  const count = (name: string, fallback: number): number => {
    const value = text(name) ?? '';
    return /^\d{1,9}$/.test(value) ? Math.max(1, Number(value)) : fallback;
  };
  return {
    key: text('key'),
    ref: text('ref'),
    sort: sortFields.find((field) => field === text('sort')) ?? 'last_accessed_at',
    isAscending: text('direction') === 'asc',
    perPage: Math.min(maxPerPage, count('per_page', defaultPerPage)),
    page: count('page', 1),
  };
}

/** The permission of a fine-grained token or GITHUB_TOKEN that a call needs; every token has `metadata: read`. */
export function toPermission(
  kind: ApiCall['kind'],
): { readonly name: 'actions' | 'contents' | 'pull_requests'; readonly level: 'read' | 'write' } | undefined {
  switch (kind) {
    case 'list':
    case 'usage':
      return { name: 'actions', level: 'read' };
    case 'delete-key':
    case 'delete-id':
      return { name: 'actions', level: 'write' };
    case 'ref':
      return { name: 'contents', level: 'read' };
    case 'pull':
      return { name: 'pull_requests', level: 'read' };
    case 'repository':
      return undefined;
    default:
      return kind satisfies never;
  }
}

export function renderCacheList(entries: readonly ApiEntry[], totalCount: number): JsonRecord {
  return {
    total_count: totalCount,
    actions_caches: entries.map(({ id, refScope, key, version, sizeBytes, createdAt, accessedAt }) => ({
      ...{ id, ref: refScope, key, version },
      last_accessed_at: new Date(accessedAt).toISOString(),
      created_at: new Date(createdAt).toISOString(),
      size_in_bytes: sizeBytes,
    })),
  };
}

/** The `Link` header of a page; undefined: it is the only one. */
export function renderLinks(url: URL, page: number, lastPage: number): string | undefined {
  const link = (rel: string, to: number): readonly string[] => {
    const target = new URL(url);
    target.searchParams.set('page', String(to));
    return to < 1 || to > lastPage || to === page ? [] : [`<${target.href}>; rel="${rel}"`];
  };
  const links = [
    ...link('prev', page - 1),
    ...link('next', page + 1),
    ...(page < lastPage ? link('last', lastPage) : []),
    ...(page > 1 ? link('first', 1) : []),
  ];
  return links.length === 0 ? undefined : links.join(', ');
}

export function renderApiError(status: number, message: string): JsonRecord {
  return { message, documentation_url: 'https://docs.github.com/rest', status: String(status) };
}

/** undefined: a malformed escape, which names nothing. */
function decodePath(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    // A malformed escape is no fault of ours: the caller says what it means.
    return undefined;
  }
}
