import type { Deferred } from '../../async/deferred.ts';
import type { ChildEnvironment } from '../../process/command.ts';
import type { CacheUse, EntryStore } from './cache.ts';
import type { Installed, Product, ProductFacts, WantedVersion } from './product.ts';
import type { ReleaseAnswer, ReleaseHosts } from './release.ts';

/** What the user asks for of one product. */
export interface ToolRequest extends WantedVersion {
  /** The `…-path` input. */
  readonly path: string | undefined;
  /** The `…-sha256` input, lower-case hex: only a release with that checksum will do. */
  readonly sha256: string | undefined;
}

/** What holds for all products. */
export interface InstallSurroundings {
  /** A token of github.com, sent to the API host only; undefined is fine, GitHub then allows fewer calls. */
  readonly githubToken: string | undefined;
  /** RUNNER_TEMP. */
  readonly tempDirectory: string;
  /** RUNNER_TOOL_CACHE, which `@actions/tool-cache` reads itself; undefined: there is none. */
  readonly toolCacheDirectory: string | undefined;
  readonly cache: CacheUse;
  /** GITHUB_RUN_ID and GITHUB_RUN_ATTEMPT: what is saved in the Actions cache is named by them. */
  readonly run?: EntryStore['run'];
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

export type InstallOptions = ToolRequest & InstallSurroundings;

/** One link of the chain: the product, or why there is none here. */
export type LinkResult<Found> = Installed<Found> | string;

/** One product on its way. */
export interface Part {
  readonly product: ProductFacts;
  readonly options: InstallOptions;
  /** GitHub's answer: it is asked for once, and only if it is needed. */
  readonly release: () => Promise<ReleaseAnswer>;
}

export interface Installation<Found> extends Part {
  readonly product: Product<Found>;
  /** Its bytes are all here, or will not come from the release. */
  readonly arrival: Deferred<void>;
}

export function warn({ warn: told, log }: InstallSurroundings, sentence: string): void {
  (told ?? log)(sentence);
}
