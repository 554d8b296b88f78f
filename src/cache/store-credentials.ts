import path from 'node:path';
import { InputError } from '../errors.ts';
import type { CacheAttributes } from '../inputs/cache-attributes.ts';
import type { AzurePlaces } from './azure-access.ts';
import type { AzureAccount } from './azure-door.ts';
import type { Scopes } from './backend.ts';
import type { StoreSettings } from './store-entries.ts';
import { toStoreName } from './store-place.ts';

/**
 * Credentials of the inputs, as buildx reads them for `type=s3` from the chain of the AWS SDK (build/opt.go,
 * addAwsCredentials): an argument list could be read by every user of the machine. Without any, the step's own environment
 * stands, with the variables of aws-actions/configure-aws-credentials, profiles and roles.
 */
export function toStoreVariables({
  backend,
  to,
}: Pick<StoreSettings, 'backend' | 'to'>): Readonly<Record<string, string>> {
  if (backend !== 's3') return {};
  const { access_key_id: id, secret_access_key: key, session_token: session = '' } = to.secrets;
  if (id === undefined || key === undefined) return {};
  // A session of the environment belongs to another key; an empty variable is none.
  return { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: key, AWS_SESSION_TOKEN: session };
}

/** undefined: BuildKit finds a credential itself, in the environment of its daemon. */
export function toAzureAccount({ attrs, secrets }: CacheAttributes): AzureAccount | undefined {
  const { account_url: url = '', account_name } = attrs;
  const { secret_access_key: key } = secrets;
  if (key === undefined) return undefined;
  // As BuildKit has it (cache/remotecache/azblob/utils.go).
  return { url, name: account_name ?? new URL(url).hostname.split('.')[0] ?? '', key };
}

/** Where the caches of the plans are. Pure. */
export function toAzurePlaces({ to, compression }: StoreSettings, plans: readonly Scopes[]): AzurePlaces {
  const { account_url: url = '', container = 'buildkit-cache', prefix = '' } = to.attrs;
  const { blobs_prefix: blobs = 'blobs', manifests_prefix: manifests = 'manifests' } = to.attrs;
  const name = (cacheScope: string) => toStoreName(cacheScope, compression);
  return {
    base: new URL(url).pathname.replace(/\/+$/, ''),
    container,
    blobsPrefix: path.posix.join(prefix, blobs),
    manifestsPrefix: path.posix.join(prefix, manifests),
    imports: plans.flatMap((plan) => plan.imports.map(name)),
    exports: plans.flatMap((plan) => (plan.export === null ? [] : [name(plan.export)])),
  };
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
