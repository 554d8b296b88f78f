import type { CacheAttributes } from '../inputs/cache-attributes.ts';
import type { StoreBackend } from './store-entries.ts';

/** Behind an index that names a blob that is gone, or whose server went away meanwhile: the build is run without imports. */
export function listStoreFaults(backend: StoreBackend, { attrs }: CacheAttributes): readonly RegExp[] {
  const missing = /could not fetch content descriptor sha256:[0-9a-f]{64} \(\S+\) from remote: not found/;
  switch (backend) {
    case 'registry':
    case 'inline':
      return [missing, ...toAddress(attrs['ref'])];
    case 'local':
      return [missing, /local:\/|\bcontent sha256:[0-9a-f]{64}: not found/];
    case 's3':
      return [missing, /operation error S3:/];
    case 'azblob':
      return [missing, /\bblob sha256:[0-9a-f]{64}(?: not found|:)|RESPONSE \d+:|azblob/];
    default:
      return backend satisfies never;
  }
}

/** `https://HOST/v2/PATH/…`, as the client of a registry names what it asks for. */
function toAddress(ref: string | undefined): readonly RegExp[] {
  if (ref === undefined) return [];
  const slash = ref.indexOf('/');
  const path = ref.slice(slash + 1).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return [new RegExp(`https?://[^/\\s"]+/v2/(?:library/)?${path}/(?:blobs|manifests)/`)];
}
