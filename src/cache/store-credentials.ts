import { InputError } from '../errors.ts';
import { joinAttributes } from '../inputs/cache-attributes.ts';
import type { StoreFacts } from './store-backend.ts';

/**
 * Credentials of the inputs, as buildx reads them for `type=s3` from the chain of the AWS SDK (build/opt.go,
 * addAwsCredentials): an argument list could be read by every user of the machine. Without any, the step's own environment
 * stands, with the variables of aws-actions/configure-aws-credentials, profiles and roles.
 */
export function toStoreVariables({
  backend,
  cache,
}: Pick<StoreFacts, 'backend' | 'cache'>): Readonly<Record<string, string>> {
  if (backend !== 's3') return {};
  const { to } = joinAttributes(backend, { to: cache.cacheToAttrs, from: cache.cacheFromAttrs });
  const { access_key_id: id, secret_access_key: key, session_token: session = '' } = to.secrets;
  if (id === undefined || key === undefined) return {};
  // A session of the environment belongs to another key; an empty variable is none.
  return { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: key, AWS_SESSION_TOKEN: session };
}

/** `region`, which the daemon could not take from this step's environment. Throws InputError where nobody says it. */
export function findRegion(
  attrs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const region = attrs['region'] || env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
  if (region !== undefined && region !== '') return region;
  throw new InputError(
    'cache-to-attrs',
    'input "cache-to-attrs": "cache: s3" needs the region of the bucket; allowed is region=…, or AWS_REGION in the environment',
  );
}
