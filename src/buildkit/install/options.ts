import type { ChildEnvironment } from '../../process/command.ts';
import type { BuildkitBinaries } from './binaries.ts';
import type { ArchiveStore, CacheUse } from './cache.ts';
import type { ReleaseAnswer, ReleaseHosts } from './release.ts';
import { toReleasePlatform } from './version.ts';

export interface InstallOptions {
  /** With a leading v. */
  readonly version: string;
  /** Another version than the default was asked for: nothing else will do. */
  readonly exact: boolean;
  /** The `buildkit-path` input. */
  readonly path: string | undefined;
  /** The `buildkit-sha256` input, lower-case hex: only a release archive with that checksum will do. */
  readonly sha256: string | undefined;
  /** A token of github.com, sent to the API host only; undefined is fine, GitHub then allows fewer calls. */
  readonly githubToken: string | undefined;
  /** RUNNER_TEMP. */
  readonly tempDirectory: string;
  /** RUNNER_TOOL_CACHE, which `@actions/tool-cache` reads itself; undefined: there is none. */
  readonly toolCacheDirectory: string | undefined;
  readonly cache: CacheUse;
  /** GITHUB_RUN_ID and GITHUB_RUN_ATTEMPT: what is saved in the Actions cache is named by them. */
  readonly run?: ArchiveStore['run'];
  /** Why the Actions cache is not asked; undefined: it answers. Asked only where it is of use. */
  readonly findCacheObstacle?: () => Promise<string | undefined>;
  /** The whole environment of every program that is started. */
  readonly env: ChildEnvironment;
  readonly hosts?: ReleaseHosts;
  readonly signal?: AbortSignal | undefined;
  readonly log: (line: string) => void;
  /** What somebody should look after, although the build goes on; undefined: into the log. */
  readonly warn?: (sentence: string) => void;
}

export type InstallSource = 'buildkit-path' | 'path' | 'tool-cache' | 'actions-cache' | 'release' | 'go';

export interface InstalledBuildkit extends BuildkitBinaries {
  readonly source: InstallSource;
}

/** One link of the chain: BuildKit, or why there is none here. */
export type LinkResult = InstalledBuildkit | string;

/** What one link learns for those after it. */
export interface Installation {
  readonly options: InstallOptions;
  /** GitHub's answer: it is asked for once, and only if it is needed. */
  readonly release: () => Promise<ReleaseAnswer>;
  /** Key of the entry of the Actions cache that was found to be wrong. */
  wrongKey: string | undefined;
}

export function toStore(options: InstallOptions): ArchiveStore | undefined {
  const { cache, tempDirectory, version, log, run = { id: '0', attempt: '0' } } = options;
  const platform = toReleasePlatform(process.arch);
  const findObstacle = options.findCacheObstacle ?? (async () => undefined);
  return platform === undefined
    ? undefined
    : { use: cache, tempDirectory, version, platform, run, findObstacle, log };
}

export function warn({ warn: told, log }: InstallOptions, sentence: string): void {
  (told ?? log)(sentence);
}
