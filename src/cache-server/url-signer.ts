import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseBlobPath, toBlobPath } from './call.ts';

/** `cw`: create and write, as GitHub's upload URLs; `r`: read. */
type UrlPermission = 'cw' | 'r';

export interface UrlGrant {
  /** `http://host:port` that the client will call. */
  readonly origin: string;
  /** The reservation's or the entry's id. */
  readonly id: string;
  readonly permission: UrlPermission;
  readonly lifetimeMs: number;
}

type UrlVerdict =
  | { readonly kind: 'valid'; readonly id: string; readonly permission: UrlPermission }
  | { readonly kind: 'invalid'; readonly reason: string };

export interface UrlSigner {
  sign(grant: UrlGrant): string;
  verify(url: URL): UrlVerdict;
}

const serviceVersion = '2025-11-05';
/** Azure dates a signature a little back, for clocks that differ. */
const backdatedMs = 5000;

/**
 * Blob URLs in the manner of Azure's SAS: the signature is in `sig` alone, the one parameter that clients mask in their
 * logs, and covers decoded values, because the SDKs reorder and re-encode the query.
 * @param now milliseconds since 1970
 */
export function createUrlSigner(secret: string | Buffer, now: () => number = Date.now): UrlSigner {
  const toSignature = (
    id: string,
    permission: string,
    start: string,
    expiry: string,
    version: string,
  ): string =>
    createHmac('sha256', secret)
      .update(JSON.stringify([id, permission, start, expiry, version]))
      .digest('base64url');

  return {
    sign(grant) {
      const start = toTime(now() - backdatedMs);
      const expiry = toTime(now() + grant.lifetimeMs);
      const url = new URL(grant.origin);
      url.pathname = toBlobPath(url.hostname, grant.id);
      const signature = toSignature(grant.id, grant.permission, start, expiry, serviceVersion);
      url.search = new URLSearchParams({
        se: expiry,
        sig: signature,
        sp: grant.permission,
        sr: 'b',
        st: start,
        sv: serviceVersion,
      }).toString();
      return url.href;
    },

    verify(url) {
      const id = parseBlobPath(url.pathname);
      const [permission, start, expiry, version, signature] = ['sp', 'st', 'se', 'sv', 'sig'].map((name) =>
        readSingle(url, name),
      );
      if (
        id === undefined ||
        permission === undefined ||
        start === undefined ||
        expiry === undefined ||
        version === undefined
      ) {
        return { kind: 'invalid', reason: 'a parameter of the signature is missing or given twice' };
      }
      const expected = Buffer.from(toSignature(id, permission, start, expiry, version));
      const given = Buffer.from(signature ?? '');
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
        return { kind: 'invalid', reason: 'Signature did not match' };
      }
      if (!(Date.parse(expiry) > now()))
        return { kind: 'invalid', reason: `Signature not valid: expired at ${expiry}` };
      if (permission !== 'cw' && permission !== 'r')
        return { kind: 'invalid', reason: `unknown permission ${permission}` };
      return { kind: 'valid', id, permission };
    },
  };
}

/** To the second, as Azure writes it; rounded up, so that a short lifetime is not none. */
function toTime(timeMs: number): string {
  return `${new Date(Math.ceil(timeMs / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

function readSingle(url: URL, name: string): string | undefined {
  const values = url.searchParams.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}
