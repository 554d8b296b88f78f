import { joinAttributes } from './cache-attributes.ts';
import type { CacheInputs } from './types.ts';

/** Where the caches are, in the words of an entry; credentials are no part of it. */
export function describePlace({ backend, cacheToAttrs, cacheFromAttrs }: CacheInputs): string {
  const { to } = joinAttributes(backend, { to: cacheToAttrs, from: cacheFromAttrs });
  const { ref, dest, bucket, account_url } = to.attrs;
  const place = ref ?? dest ?? bucket ?? account_url;
  return place === undefined ? `type=${backend}` : `type=${backend} at ${place}`;
}
