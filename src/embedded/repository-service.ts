import type { ApiCaller, RateLimit, RepositoryApi } from '../cache-server/repository-api.ts';
import { ServiceError } from '../cache-server/service.ts';
import { toMessage } from '../errors.ts';
import type { DirectoryService } from './directory-service.ts';
import { parseRefs } from './repository-refs.ts';
import { readApiCaller } from './signed-token.ts';

const windowMs = 60 * 60_000;

interface RepositoryServiceOptions {
  readonly service: Pick<DirectoryService, 'listAll' | 'delete'>;
  readonly secret: string | undefined;
  /** What is told of refs, read anew for each call; undefined: nothing. */
  readonly readRefs: (() => Promise<unknown>) | undefined;
  /** By repository; undefined: no limit, as on GHES. */
  readonly callsPerHour: number | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** GitHub's REST of Actions caches over the entries of a directory. */
export function createRepositoryApi(options: RepositoryServiceOptions): RepositoryApi {
  const { service, secret, readRefs, now } = options;
  return {
    authenticate: (authorization) => readApiCaller(authorization, secret, now()),
    listEntries: ({ repository }) => service.listAll(repository),
    deleteEntry: ({ repository }, id) => service.delete(repository, id),
    countCall: createCounter(options),
    findRefs: async ({ name }) => {
      if (readRefs === undefined) return undefined;
      try {
        return parseRefs(await readRefs(), name);
      } catch (error) {
        // "Not found" would say that a branch is gone.
        throw new ServiceError('unavailable', `refs cannot be read: ${toMessage(error)}`, { cause: error });
      }
    },
  };
}

function createCounter({
  callsPerHour,
  now,
}: Pick<RepositoryServiceOptions, 'callsPerHour' | 'now'>): (caller: ApiCaller) => RateLimit | undefined {
  const windows = new Map<string, { readonly startedAt: number; count: number }>();
  return ({ repository }) => {
    if (callsPerHour === undefined) return undefined;
    const current = windows.get(repository);
    const isOver = current === undefined || now() - current.startedAt >= windowMs;
    const open = isOver ? { startedAt: now(), count: 0 } : current;
    windows.set(repository, open);
    open.count += 1;
    return {
      limit: callsPerHour,
      remaining: callsPerHour - open.count,
      resetAt: Math.ceil((open.startedAt + windowMs) / 1000),
    };
  };
}
