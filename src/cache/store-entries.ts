import type { CacheEntry } from '../buildkit/solve/cache-flags.ts';
import type { CacheAttributes, CacheBackend } from '../inputs/cache-attributes.ts';
import type { CacheEntries, Scopes } from './backend.ts';
import { type ExportSettings, mayFail } from './cache-entries.ts';
import type { InlinePlace } from './inline-place.ts';
import { toStoreName, toTag } from './store-place.ts';

/** Back ends that BuildKit's own clients reach. */
export type StoreBackend = Exclude<CacheBackend, 'gha' | 'none'>;

export interface StoreSettings extends ExportSettings {
  readonly backend: StoreBackend;
  /** Of exports and of imports (`joinAttributes`), with absolute paths. */
  readonly to: CacheAttributes;
  readonly from: CacheAttributes;
  /** Of the layers. */
  readonly compression: string;
}

/** What BuildKit's client is told of a plan's caches. Credentials are no part of it. Pure. */
export function toStoreEntries(
  plan: Scopes,
  settings: StoreSettings,
  inline: InlinePlace | undefined,
): CacheEntries {
  const { compression, from } = settings;
  if (inline !== undefined) {
    const { ref: _, ...others } = from.attrs;
    return {
      imports: inline.refs.map((ref) => ({ type: 'registry', attrs: { ref, ...others } })),
      export: inline.isExported ? { type: 'inline', attrs: {} } : undefined,
    };
  }
  const name = (cacheScope: string) => toStoreName(cacheScope, compression);
  return {
    imports: plan.imports.map((cacheScope) => toImport(name(cacheScope), settings)),
    export: plan.export === null ? undefined : toExport(name(plan.export), settings),
  };
}

function toImport(name: string, { backend, from }: StoreSettings): CacheEntry {
  const { ref = '', src = '', ...others } = from.attrs;
  switch (backend) {
    case 'registry':
      return { type: backend, attrs: { ref: `${ref}:${toTag(name)}`, ...others } };
    case 'local':
      return { type: backend, attrs: { src: `${src}/${name}`, ...others } };
    case 's3':
    case 'azblob':
      return { type: backend, attrs: { name, ...others } };
    case 'inline':
      throw new Error('the image has no names of its own for caches');
    default:
      return backend satisfies never;
  }
}

function toExport(name: string, settings: StoreSettings): CacheEntry {
  const { backend, to, compression, compressionLevel, mode = 'max' } = settings;
  const { ref = '', dest = '', ...others } = to.attrs;
  const level = compressionLevel === undefined ? {} : { 'compression-level': String(compressionLevel) };
  const layers = { compression, ...level, 'oci-mediatypes': 'true', 'image-manifest': 'true' };
  switch (backend) {
    case 'registry':
      // Some registries, ECR for one, refuse a list of manifests that are none.
      return {
        type: backend,
        attrs: { ref: `${ref}:${toTag(name)}`, mode, ...layers, ...mayFail, ...others },
      };
    case 'local':
      return { type: backend, attrs: { dest: `${dest}/${name}`, mode, ...layers, ...mayFail, ...others } };
    case 's3':
    case 'azblob':
      return { type: backend, attrs: { name, mode, ...mayFail, ...others } };
    case 'inline':
      throw new Error('the image has no names of its own for caches');
    default:
      return backend satisfies never;
  }
}
