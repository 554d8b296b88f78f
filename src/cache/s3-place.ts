import path from 'node:path';
import { InputError, quote } from '../errors.ts';
import type { GatewayUpstream } from '../gateway/control/start-message.ts';
import { joinAttributes } from '../inputs/cache-attributes.ts';
import type { CacheInputs } from '../inputs/types.ts';
import { type S3Credentials, toBucketUrl } from '../s3-client/bucket.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface S3Place {
  readonly upstream: Extract<GatewayUpstream, { readonly protocol: 's3' }>;
  /** Tells this place from others; nothing in it is secret. */
  readonly name: string;
}

/** Where `cache: s3` keeps the caches of this repository. Throws InputError. */
export function readS3Place(
  {
    cacheToAttrs,
    cacheFromAttrs,
    readOnly,
  }: Pick<CacheInputs, 'cacheToAttrs' | 'cacheFromAttrs' | 'readOnly'>,
  repository: string,
  env: Environment,
): S3Place {
  const { to, from } = joinAttributes('s3', { to: cacheToAttrs, from: cacheFromAttrs });
  if (!readOnly) checkSame(to.attrs, from.attrs);
  const { attrs, secrets } = readOnly ? from : to;
  const endpointUrl = attrs['endpoint_url'];
  const bucket = {
    bucket: readBucket(attrs['bucket'] ?? ''),
    region: readRegion(attrs['region'], endpointUrl, env),
    ...(endpointUrl === undefined ? {} : { endpointUrl: readEndpoint(endpointUrl) }),
    usePathStyle: attrs['use_path_style']?.toLowerCase() === 'true',
    prefix: readPrefix(attrs['prefix'], repository),
  };
  const credentials = readCredentials(secrets);
  return {
    upstream: {
      ...{ protocol: 's3', bucket, environment: pickEnvironment(env) },
      ...(credentials === undefined ? {} : { credentials }),
    },
    name: `${toBucketUrl(bucket)}/${bucket.prefix}`,
  };
}

/** Of BuildKit's own client, which has another layout, other requests and no manifests of ours. */
const ofBuildkit = [
  ...['blobs_prefix', 'manifests_prefix', 'touch_refresh', 'upload_parallelism'],
  ...['disable_accept_encoding', 'retry_mode', 'retry_max_attempts', 'ignore-error'],
];

/** What was given and has no effect with the gateway, a sentence each. */
export function listIdleS3Attributes({ cacheToAttrs, cacheFromAttrs }: CacheInputs): readonly string[] {
  return (
    [
      ['cache-to-attrs', cacheToAttrs],
      ['cache-from-attrs', cacheFromAttrs],
    ] as const
  ).flatMap(([name, { attrs }]) => {
    const idle = ofBuildkit.filter((attribute) => attrs[attribute] !== undefined);
    if (idle.length === 0) return [];
    return [
      `input "${name}": ${idle.join(', ')} ${idle.length === 1 ? 'has' : 'have'} no effect: the gateway keeps the cache in a layout of its own ("gateway: false" uses BuildKit's).`,
    ];
  });
}

const ofPlace = ['bucket', 'region', 'endpoint_url', 'use_path_style', 'prefix'];

function checkSame(to: Readonly<Record<string, string>>, from: Readonly<Record<string, string>>): void {
  const other = ofPlace.find((name) => to[name] !== from[name]);
  if (other === undefined) return;
  refuse(
    'cache-from-attrs',
    `${other}=${quote(from[other] ?? '')} is another one than in "cache-to-attrs", and the gateway keeps what it imports and exports in one place; allowed is the same, or "gateway: false"`,
  );
}

function readBucket(bucket: string): string {
  if (/^[A-Za-z0-9][\w.-]{0,253}[A-Za-z0-9]$/.test(bucket)) return bucket;
  return refuse(
    'cache-to-attrs',
    `bucket=${quote(bucket)} is no name of a bucket; allowed are letters, digits, ".", "-" and "_"`,
  );
}

function readRegion(given: string | undefined, endpointUrl: string | undefined, env: Environment): string {
  const region = given ?? (env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || undefined);
  // Stores of others have no regions, and take that of the oldest one in signatures.
  const found = region ?? (endpointUrl === undefined ? '' : 'us-east-1');
  if (/^[A-Za-z0-9][A-Za-z0-9-]{1,62}$/.test(found)) return found;
  const what = found === '' ? 'there is no region' : `region=${quote(found)} is no region`;
  return refuse(
    'cache-to-attrs',
    `${what}; allowed is for example region=eu-west-1, or AWS_REGION in the environment`,
  );
}

function readEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    url !== undefined && /^https?:$/.test(url.protocol) && `${url.username}${url.password}` === '';
  if (isPlain && url.search === '' && url.hash === '') return text;
  return refuse(
    'cache-to-attrs',
    'endpoint_url is not the URL of a store (its text is not shown, as it may hold a password); allowed is https://HOST[:PORT], or http:// in a network that you trust',
  );
}

/** The repository is in it: two repositories share a bucket, and no cache unless somebody says so. */
function readPrefix(given: string | undefined, repository: string): string {
  if (given === undefined && repository === '')
    return refuse(
      'cache-to-attrs',
      'the runner does not say which repository this is (GITHUB_REPOSITORY), so that the cache needs a place of its own; allowed is for example prefix=acme/app',
    );
  const prefix = (given ?? `hotlayer/${repository.toLowerCase()}`).replace(/^\/+|\/+$/g, '');
  const isPlain = prefix
    .split('/')
    .every((part) => /^[\w.+=@-]+$/.test(part) && part !== '.' && part !== '..');
  if (prefix.length <= 400 && isPlain) return `${prefix}/`;
  return refuse(
    'cache-to-attrs',
    `prefix=${quote(prefix)} is no prefix; allowed are names of letters, digits and ._+=@- with a "/" between them`,
  );
}

function readCredentials(secrets: Readonly<Record<string, string>>): S3Credentials | undefined {
  const {
    access_key_id: accessKeyId,
    secret_access_key: secretAccessKey,
    session_token: sessionToken,
  } = secrets;
  if (accessKeyId !== undefined && secretAccessKey !== undefined)
    return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  if (accessKeyId === undefined && secretAccessKey === undefined && sessionToken === undefined)
    return undefined;
  return refuse(
    'cache-to-attrs',
    'access_key_id and secret_access_key belong together; allowed are both or none, and then the environment, a profile or a role has them',
  );
}

/** The gateway works in another directory than main. */
const files =
  /^AWS_(?:CONFIG_FILE|SHARED_CREDENTIALS_FILE|WEB_IDENTITY_TOKEN_FILE|CA_BUNDLE|CONTAINER_AUTHORIZATION_TOKEN_FILE)$/;

/** All that the AWS SDK may read. */
function pickEnvironment(env: Environment): Readonly<Record<string, string>> {
  const picked: Record<string, string> = {};
  // By name as well: what no child inherits is not listed.
  for (const name of new Set([...Object.getOwnPropertyNames(env)])) {
    const value = env[name];
    if (!/^AWS_[A-Z0-9_]{1,80}$/.test(name) || value === undefined || value === '') continue;
    picked[name] = files.test(name) ? path.resolve(value) : value;
  }
  return picked;
}

function refuse(name: string, why: string): never {
  throw new InputError(name, `input "${name}": ${why}`);
}
