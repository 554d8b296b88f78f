import { type Caller, ServiceError } from '../cache-server/service.ts';
import { canReadScope, canWriteScope } from '../policy/token-access.ts';

/** The ref scopes that a caller may read, in the token's order. Throws ServiceError `read_denied` when there is none. */
export function demandReadable(caller: Caller): readonly string[] {
  const scopes = caller.scopes.filter(canReadScope);
  if (scopes.length === 0)
    throw new ServiceError('read_denied', 'cache read denied: token has no readable scopes');
  return scopes.map(({ scope }) => scope);
}

/** The ref scope that a caller writes to: the first that it may. */
export function findWritable(caller: Caller): string | undefined {
  return caller.scopes.find(canWriteScope)?.scope;
}

/** Throws ServiceError `write_denied` when there is none. */
export function demandWritable(caller: Caller): string {
  const scope = findWritable(caller);
  if (scope === undefined)
    throw new ServiceError('write_denied', 'cache write denied: token has no writable scopes');
  return scope;
}
