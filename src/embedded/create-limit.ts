import { type CacheService, ServiceError } from '../cache-server/service.ts';

const windowMs = 60_000;

/**
 * The same service, which refuses more than so many reservations a minute and repository, as GitHub does: all are let
 * through until the number is used up, then none until the minute is over.
 */
export function withCreateLimit(
  service: CacheService,
  createsPerMinute: number,
  now: () => number,
): CacheService {
  const windows = new Map<string, { startedAt: number; count: number }>();
  return {
    authenticate: (authorization) => service.authenticate(authorization),
    lookup: (caller, query) => service.lookup(caller, query),
    commit: (caller, target, sizeBytes) => service.commit(caller, target, sizeBytes),
    upload: (reservationId, caller) => service.upload(reservationId, caller),
    openBlob: (entryId) => service.openBlob(entryId),
    list: async (caller, prefix) => (await service.list?.(caller, prefix)) ?? [],
    reserve: (caller, request) => {
      const current = windows.get(caller.repository);
      const isOver = current === undefined || now() - current.startedAt >= windowMs;
      const open = isOver ? { startedAt: now(), count: 0 } : current;
      windows.set(caller.repository, open);
      if (open.count >= createsPerMinute) {
        const retryAfterSeconds = Math.max(1, Math.ceil((open.startedAt + windowMs - now()) / 1000));
        return Promise.reject(
          new ServiceError('resource_exhausted', 'rate limit exceeded', { retryAfterSeconds }),
        );
      }
      open.count += 1;
      return service.reserve(caller, request);
    },
  };
}
