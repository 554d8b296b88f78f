import { randomUUID } from 'node:crypto';
import {
  type ApiCall,
  type ApiEntry,
  parseApiCall,
  renderApiError,
  renderCacheList,
  renderLinks,
  toPermission,
} from '../cache-protocol/github-rest.ts';
import type { JsonRecord } from '../json.ts';
import type { CacheRequest, CacheResponse } from './message.ts';
import type { ApiCaller, RateLimit, RepositoryApi } from './repository-api.ts';
import { toEmptyResponse, toJsonResponse } from './response.ts';

/** GitHub's REST of Actions caches, also under GHES' prefix; cache-protocol/github-rest.ts names the pages of its docs. */
export async function handleApi(
  api: RepositoryApi | undefined,
  request: CacheRequest,
): Promise<CacheResponse> {
  const call = parseApiCall(request.method, request.url);
  if (api === undefined || call === undefined) return toApiError(404, 'Not Found');
  const { authorization } = request.headers;
  if (authorization === undefined) return toApiError(401, 'Requires authentication');
  // GitHub takes `token` and `Bearer` alike.
  const caller = await api.authenticate(authorization.replace(/^token /i, 'Bearer '));
  const limit = api.countCall(caller);
  const answer =
    limit !== undefined && limit.remaining < 0
      ? toApiError(403, 'API rate limit exceeded for installation.')
      : await answerCall(api, caller, call, request.url);
  return {
    ...answer,
    headers: { ...answer.headers, ...toLimitHeaders(limit), 'x-github-request-id': randomUUID() },
  };
}

async function answerCall(
  api: RepositoryApi,
  caller: ApiCaller,
  call: ApiCall | 'unknown',
  url: URL,
): Promise<CacheResponse> {
  // A token does not get to know whether another repository is there.
  if (call === 'unknown' || call.repository.toLowerCase() !== caller.name.toLowerCase())
    return toApiError(404, 'Not Found');
  const needed = toPermission(call.kind);
  if (needed !== undefined && !isGranted(caller.permissions[needed.name], needed.level)) {
    const headers = { 'x-accepted-github-permissions': `${needed.name}=${needed.level}` };
    return toApiError(403, 'Resource not accessible by integration', headers);
  }
  switch (call.kind) {
    case 'list':
      return list(api.listEntries(caller), call.query, url);
    case 'usage': {
      const entries = api.listEntries(caller);
      return toJsonResponse(200, {
        full_name: caller.name,
        active_caches_size_in_bytes: entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        active_caches_count: entries.length,
      });
    }
    case 'delete-id':
      return (await api.deleteEntry(caller, Number(call.id)))
        ? toEmptyResponse(204)
        : toApiError(404, 'Not Found');
    case 'delete-key':
      return deleteByKey(api, caller, call);
    case 'repository':
    case 'ref':
    case 'pull': {
      const found = await findFact(api, caller, call);
      return found === undefined ? toApiError(404, 'Not Found') : toJsonResponse(200, found);
    }
    default:
      return call satisfies never;
  }
}

function list(
  all: readonly ApiEntry[],
  query: Extract<ApiCall, { kind: 'list' }>['query'],
  url: URL,
): CacheResponse {
  const { key, ref, sort, isAscending, perPage, page } = query;
  const fields = {
    created_at: 'createdAt',
    last_accessed_at: 'accessedAt',
    size_in_bytes: 'sizeBytes',
  } as const;
  const field = fields[sort];
  const found = all
    .filter((entry) => key === undefined || entry.key.startsWith(key))
    .filter((entry) => ref === undefined || entry.refScope === ref)
    .sort((a, b) => (isAscending ? 1 : -1) * (a[field] - b[field] || a.id - b.id));
  const links = renderLinks(url, page, Math.ceil(found.length / perPage));
  return toJsonResponse(
    200,
    renderCacheList(found.slice((page - 1) * perPage, page * perPage), found.length),
    links === undefined ? {} : { Link: links },
  );
}

/** All entries that have exactly this key, whatever their version. */
async function deleteByKey(
  api: RepositoryApi,
  caller: ApiCaller,
  { key, ref }: Extract<ApiCall, { kind: 'delete-key' }>,
): Promise<CacheResponse> {
  if (key === undefined) return toApiError(422, 'Invalid request.\n\n"key" wasn\'t supplied.');
  const found = api
    .listEntries(caller)
    .filter((entry) => entry.key === key && (ref === undefined || entry.refScope === ref));
  if (found.length === 0) return toApiError(404, 'Not Found');
  for (const { id } of found) await api.deleteEntry(caller, id);
  return toJsonResponse(200, renderCacheList(found, found.length));
}

async function findFact(
  api: RepositoryApi,
  caller: ApiCaller,
  call: Extract<ApiCall, { kind: 'repository' | 'ref' | 'pull' }>,
): Promise<JsonRecord | undefined> {
  const refs = await api.findRefs(caller);
  if (refs === undefined) return undefined;
  switch (call.kind) {
    case 'repository':
      return { full_name: caller.name, default_branch: refs.defaultBranch };
    case 'ref': {
      const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(call.ref) ?? [];
      return (kind === 'heads' ? refs.branches : refs.tags).has(name) ? { ref: call.ref } : undefined;
    }
    case 'pull': {
      const state = refs.pullRequests.get(call.number);
      return state === undefined ? undefined : { number: Number(call.number), state };
    }
    default:
      return call satisfies never;
  }
}

function isGranted(given: 'read' | 'write' | undefined, needed: 'read' | 'write'): boolean {
  return given === 'write' || given === needed;
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function toLimitHeaders(limit: RateLimit | undefined): Readonly<Record<string, string>> {
  if (limit === undefined) return {};
  const remaining = Math.max(0, limit.remaining);
  return {
    'x-ratelimit-limit': String(limit.limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-used': String(limit.limit - remaining),
    'x-ratelimit-reset': String(limit.resetAt),
    'x-ratelimit-resource': 'core',
  };
}

function toApiError(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): CacheResponse {
  return toJsonResponse(status, renderApiError(status, message), headers);
}
