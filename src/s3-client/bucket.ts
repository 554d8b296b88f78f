import * as v from '@badrap/valita';
import type { Parsed } from '../schema.ts';

export const s3Bucket = v.object({
  bucket: v.string(),
  region: v.string(),
  /** `https://HOST[:PORT][/PATH]`; undefined: AWS. */
  endpointUrl: v.string().optional(),
  /** The bucket stands in the path, not in the name of the host. */
  usePathStyle: v.boolean(),
  /** Of all keys: empty, or with a slash at its end. */
  prefix: v.string(),
});
/** Where in which bucket the caches of a repository lie. */
export type S3Bucket = Parsed<typeof s3Bucket>;

export const s3Credentials = v.object({
  accessKeyId: v.string(),
  secretAccessKey: v.string(),
  sessionToken: v.string().optional(),
});
/** Given as attributes: they do not expire as far as we know. */
export type S3Credentials = Parsed<typeof s3Credentials>;

/** The bucket as a URL, without a slash at its end. */
export function toBucketUrl({ bucket, region, endpointUrl, usePathStyle }: S3Bucket): string {
  const base = new URL(endpointUrl ?? toAwsEndpoint(region));
  const path = base.pathname.replace(/\/+$/, '');
  // The certificate of AWS covers one label below its host.
  const isInPath = usePathStyle || (base.protocol === 'https:' && bucket.includes('.'));
  return isInPath
    ? `${base.protocol}//${base.host}${path}/${encodePath(bucket)}`
    : `${base.protocol}//${bucket}.${base.host}${path}`;
}

function toAwsEndpoint(region: string): string {
  return `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

/** As the signature wants it: all but unreserved characters and slashes escaped, once. */
export function encodePath(text: string): string {
  return text.split('/').map(encodeWord).join('/');
}

export function encodeWord(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
