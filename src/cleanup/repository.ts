import { readField, readNumber, readString } from '../json.ts';
import type { ApiClient, ApiResult } from './api-client.ts';
import type { CacheEntry } from './entry.ts';

export type ListedCaches =
  | { readonly kind: 'listed'; readonly entries: readonly CacheEntry[]; readonly isComplete: boolean }
  | Exclude<ApiResult, { kind: 'answer' }>;

const perPage = 100;
/** A list that changes while it is read is read again. */
const listTries = 3;
/** GitHub keeps fewer caches in 10 GB by far, and a server that never ends is no reason not to. */
const maxPages = 1000;

/** The calls of GitHub's REST that a clean-up needs, for one repository. */
export class Repository {
  readonly #client: ApiClient;
  readonly #path: string;

  /** @param name `owner/name` */
  constructor(client: ApiClient, name: string) {
    this.#client = client;
    this.#path = `/repos/${name.split('/').map(encodeURIComponent).join('/')}`;
  }

  /** All caches, or those of one ref. */
  async listCaches(ref?: string): Promise<ListedCaches> {
    let last: ListedCaches = { kind: 'listed', entries: [], isComplete: false };
    for (let count = 0; count < listTries; count += 1) {
      last = await this.#listOnce(ref);
      if (last.kind !== 'listed' || last.isComplete) return last;
    }
    return last;
  }

  /** By the time of their making: the one order that the use of a cache does not change. */
  async #listOnce(ref: string | undefined): Promise<ListedCaches> {
    const entries = new Map<number, CacheEntry>();
    const totals = new Set<number>();
    for (let page = 1; page <= maxPages; page += 1) {
      const query = new URLSearchParams({ sort: 'created_at', direction: 'asc', per_page: String(perPage) });
      query.set('page', String(page));
      if (ref !== undefined) query.set('ref', ref);
      const result = await this.#client.call('GET', `${this.#path}/actions/caches?${query}`);
      if (result.kind !== 'answer') return result;
      const found = readField(result.body, 'actions_caches');
      const total = readNumber(result.body, 'total_count');
      if (!Array.isArray(found) || total === undefined)
        return { kind: 'failed', message: 'GitHub answered no list of caches' };
      totals.add(total);
      const parsed = found.map(parseEntry);
      for (const entry of parsed) if (entry !== undefined) entries.set(entry.id, entry);
      if (found.length < perPage) break;
    }
    // An entry that was evicted on a page that is read already moves another one past us.
    const isComplete = totals.size === 1 && totals.has(entries.size);
    return { kind: 'listed', entries: [...entries.values()], isComplete };
  }

  async deleteCache(id: number): Promise<ApiResult> {
    return await this.#client.call('DELETE', `${this.#path}/actions/caches/${id}`);
  }

  async readDefaultBranch(): Promise<string | undefined> {
    const result = await this.#client.call('GET', this.#path);
    return result.kind === 'answer' ? readString(result.body, 'default_branch') : undefined;
  }

  /** @param ref `refs/heads/main` or `refs/tags/v1` */
  async findRef(ref: string): Promise<'there' | 'missing' | { readonly reason: string }> {
    const path = ref
      .replace(/^refs\//, '')
      .split('/')
      .map(encodeURIComponent)
      .join('/');
    const result = await this.#client.call('GET', `${this.#path}/git/ref/${path}`);
    if (result.kind === 'refused' && result.status === 404) return 'missing';
    if (result.kind !== 'answer') return { reason: describeResult(result) };
    return readString(result.body, 'ref') === ref ? 'there' : { reason: 'GitHub answered another ref' };
  }

  async findPullRequest(number: string): Promise<'open' | 'closed' | { readonly reason: string }> {
    const result = await this.#client.call('GET', `${this.#path}/pulls/${number}`);
    if (result.kind !== 'answer') return { reason: describeResult(result) };
    const state = readString(result.body, 'state');
    const isAsked = String(readNumber(result.body, 'number')) === number;
    return isAsked && (state === 'open' || state === 'closed')
      ? state
      : { reason: 'GitHub answered no state of it' };
  }
}

function parseEntry(value: unknown): CacheEntry | undefined {
  const [id, sizeBytes] = [readNumber(value, 'id'), readNumber(value, 'size_in_bytes')];
  const [ref, key] = [readString(value, 'ref'), readString(value, 'key')];
  const createdMs = Date.parse(readString(value, 'created_at') ?? '');
  const accessedMs = Date.parse(readString(value, 'last_accessed_at') ?? '');
  if (id === undefined || sizeBytes === undefined || ref === undefined || key === undefined) return undefined;
  if (Number.isNaN(createdMs)) return undefined;
  return {
    ...{ id, ref, key, sizeBytes, createdMs },
    version: readString(value, 'version') ?? '',
    accessedMs: Number.isNaN(accessedMs) ? createdMs : accessedMs,
  };
}

/** Part of a sentence: what GitHub said, and which permission is missing. */
export function describeResult(result: Exclude<ApiResult, { kind: 'answer' }>): string {
  if (result.kind !== 'refused') return result.message;
  const needs =
    result.permission === undefined ? '' : `; the token needs ${describePermission(result.permission)}`;
  return `GitHub answered ${result.status} ${result.message}`.trim() + needs;
}

/** As a workflow writes it: `pull-requests: read`. */
function describePermission(header: string): string {
  return `\`${header.replaceAll('_', '-').replaceAll('=', ': ')}\``;
}
