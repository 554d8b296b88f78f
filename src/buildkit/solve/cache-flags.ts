import { renderCsv } from './csv-fields.ts';

/** One value of `--cache-from` or `--cache-to`, for example `{type: 'gha', attrs: {scope: 'app'}}`. */
export interface CacheEntry {
  readonly type: string;
  readonly attrs: Readonly<Record<string, string>>;
}

/** By which of its words BuildKit speaks of this cache. */
export interface CacheWords {
  /** Names of the vertices that export it. */
  readonly exporters: readonly string[];
  /** Errors that say that it could not be read. */
  readonly faults: readonly RegExp[];
}

export interface BuildCache {
  readonly imports: readonly CacheEntry[];
  readonly export: CacheEntry | undefined;
  readonly words: CacheWords;
  /** For BuildKit's client alone, which reads for `type=gha` ACTIONS_RESULTS_URL, ACTIONS_RUNTIME_TOKEN and so on. */
  readonly environment: Readonly<Record<string, string>>;
  /** In place of the user's own Docker config directory, with the credentials of registry entries; undefined: the own. */
  readonly dockerConfig: string | undefined;
}

export const noWords: CacheWords = { exporters: [], faults: [] };

export const noCache: BuildCache = {
  imports: [],
  export: undefined,
  words: noWords,
  environment: {},
  dockerConfig: undefined,
};

/** `--cache-to` and `--cache-from`. */
export function toCacheFlags(cache: Pick<BuildCache, 'imports' | 'export'>): readonly string[] {
  return [
    ...(cache.export === undefined ? [] : ['--cache-to', renderCacheEntry(cache.export)]),
    ...cache.imports.flatMap((entry) => ['--cache-from', renderCacheEntry(entry)]),
  ];
}

/** As `--cache-from` and `--cache-to` take it. */
export function renderCacheEntry({ type, attrs }: CacheEntry): string {
  return renderCsv([`type=${type}`, ...Object.entries(attrs).map(([name, value]) => `${name}=${value}`)]);
}
