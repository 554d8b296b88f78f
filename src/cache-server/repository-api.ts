import type { ApiEntry } from '../cache-protocol/github-rest.ts';

/** What GitHub's REST of Actions caches is served over; `embedded/` implements it. */
export interface RepositoryApi {
  /** Decides who is calling. Throws ServiceError `unauthenticated`. */
  authenticate(authorization: string | undefined): Promise<ApiCaller>;
  /** All entries of the caller's repository. */
  listEntries(caller: ApiCaller): readonly ApiEntry[];
  /** False: there is none of that id. */
  deleteEntry(caller: ApiCaller, id: number): Promise<boolean>;
  /** Its refs and pull requests; undefined: nobody has told. Throws ServiceError `unavailable` when that cannot be read. */
  findRefs(caller: ApiCaller): Promise<RepositoryRefs | undefined>;
  /** Counts a call of this caller. undefined: there is no limit, as on GHES. */
  countCall(caller: ApiCaller): RateLimit | undefined;
}

export interface ApiCaller {
  /** `owner/name`. */
  readonly name: string;
  /** As the cache service knows it. */
  readonly repository: string;
  /** As in a workflow, with an underscore: `{actions: 'write', pull_requests: 'read'}`. */
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
}

export interface RepositoryRefs {
  readonly defaultBranch: string;
  readonly branches: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
  /** By number. */
  readonly pullRequests: ReadonlyMap<string, 'open' | 'closed'>;
}

export interface RateLimit {
  readonly limit: number;
  /** Of this call: negative when there were too many. */
  readonly remaining: number;
  /** Seconds since 1970. */
  readonly resetAt: number;
}
