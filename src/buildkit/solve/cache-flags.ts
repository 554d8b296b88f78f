import type { Inputs } from '../../inputs/types.ts';
import { renderCsv } from './csv-fields.ts';

/** One cache scope, and the protocol by which BuildKit reaches it. */
export type CacheTarget =
  | { readonly kind: 'gha'; readonly scope: string }
  /** `HOST:PORT/REPOSITORY:TAG` of the gateway. */
  | { readonly kind: 'registry'; readonly ref: string };

export interface BuildCache {
  readonly imports: readonly CacheTarget[];
  readonly export: CacheTarget | undefined;
  /** What buildctl's gha cache reads: ACTIONS_RESULTS_URL, ACTIONS_RUNTIME_TOKEN and so on. */
  readonly environment: Readonly<Record<string, string>>;
  /** In place of the user's own Docker config directory, with the credentials of registry targets; undefined: the own. */
  readonly dockerConfig: string | undefined;
}

export const noCache: BuildCache = {
  imports: [],
  export: undefined,
  environment: {},
  dockerConfig: undefined,
};

/**
 * `--export-cache` and `--import-cache`. A gha target is always gzip (cache/remotecache/gha of BuildKit), a registry target
 * always zstd; layers that are in the image already keep what they have.
 */
export function toCacheFlags(
  cache: BuildCache,
  { mode, compressionLevel }: Pick<Inputs, 'mode' | 'compressionLevel'>,
): readonly string[] {
  const level = compressionLevel === undefined ? [] : [`compression-level=${compressionLevel}`];
  const exported = cache.export === undefined ? [] : [...toFields(cache.export), `mode=${mode}`];
  const zstd = ['compression=zstd', ...level, 'oci-mediatypes=true', 'image-manifest=true'];
  const fields = [...exported, ...(cache.export?.kind === 'registry' ? zstd : []), 'ignore-error=true'];
  return [
    ...(cache.export === undefined ? [] : ['--export-cache', renderCsv(fields)]),
    ...cache.imports.flatMap((target) => ['--import-cache', renderCsv(toFields(target))]),
  ];
}

function toFields(target: CacheTarget): readonly string[] {
  return target.kind === 'gha'
    ? ['type=gha', `scope=${target.scope}`]
    : ['type=registry', `ref=${target.ref}`];
}
