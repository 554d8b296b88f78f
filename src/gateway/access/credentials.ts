import { parseBearer } from '../../cache-protocol/bearer.ts';
import { isSameSecret } from './stub-token.ts';

/** What every client of the registry must give as user name. */
const ociUser = 'hotlayer';

/** Whether the `Authorization` header of a cache call shows the stub. */
export function showsBearer(authorization: string | undefined, stub: string): boolean {
  const bearer = parseBearer(authorization);
  return bearer !== undefined && isSameSecret(bearer, stub);
}

/** Whether the `Authorization` header of a registry call shows the stub, as the password of our user. */
export function showsPassword(authorization: string | undefined, stub: string): boolean {
  const password = parsePassword(authorization);
  return password !== undefined && isSameSecret(password, stub);
}

/** The password of HTTP Basic credentials with that user name; undefined for anything else. */
export function parsePassword(authorization: string | undefined): string | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return text.startsWith(`${ociUser}:`) ? text.slice(ociUser.length + 1) : undefined;
}

/** What HTTP Basic sends, and a Docker config holds as `auth`: the password in base64, as secret as itself. */
export function toCredentials(password: string): string {
  return Buffer.from(`${ociUser}:${password}`).toString('base64');
}
