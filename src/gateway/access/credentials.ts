/** What every client must give as user name. */
export const ociUser = 'hotlayer';

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
