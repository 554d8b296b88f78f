import type { BuildResult } from '../buildkit/solve/build.ts';
import type { BuildCache, CacheEntry } from '../buildkit/solve/cache-flags.ts';
import type { CachedLayers } from '../buildkit/solve/output-compression.ts';
import type { GatewayReport } from '../gateway/report/report.ts';
import type { ExportVerdict } from '../gateway/store/export-claim.ts';
import type { CacheCompression } from '../inputs/types.ts';
import type { BuildOutput } from '../inputs/values.ts';
import type { Rights } from '../policy/rights.ts';
import type { CachePlan } from '../policy/types.ts';
import type { ExportSettings } from './cache-entries.ts';
import type { CacheRecord, SeenCaches } from './cache-record.ts';

/**
 * A kind of place for caches, and the way there. Nothing of it throws for trouble with the cache: a build goes on without,
 * and `describe` says what it loses.
 */
export interface Backend {
  /** What this run may read and write there; known before anything is started. */
  readonly rights: Rights;
  /** What a newer run has exported is kept, whatever an older one exports after it. */
  readonly keepsNewer: boolean;
  /**
   * Gets the way there ready, side by side with the start of BuildKit: says nothing but what it waits for, as other parts
   * of main log meanwhile.
   */
  connect(request: ConnectRequest): Promise<CacheAccess>;
}

/** What one build imports and where it exports. */
export type Scopes = Pick<CachePlan, 'imports' | 'export'> & {
  /** Names that clients of later steps may say in place of these cache scopes. */
  readonly aliases?: readonly string[];
  /** The refs that the cache scopes stand for. */
  readonly chain?: CachePlan['chain'];
  readonly exportRef?: CachePlan['exportRef'];
  /** Names of the images that the build makes. */
  readonly images?: readonly string[];
};

/** What BuildKit's client is told of a plan. */
export interface CacheEntries {
  readonly imports: readonly CacheEntry[];
  readonly export: CacheEntry | undefined;
}

export interface ConnectRequest {
  /** One of each build: several in a bake. */
  readonly plans: readonly Scopes[];
  /** GITHUB_SHA is known to be the tip of its branch. */
  readonly isTip: boolean | undefined;
  readonly job: SharedJob;
  /** As in OpenRequest. */
  readonly isForOthers?: boolean;
  /** The `compression` input. */
  readonly compression: CacheCompression;
  /** The `drain-timeout` input: how long what must make room may still upload. */
  readonly drainMs: number;
  /** Why the cache service is of no use; undefined: it answers. */
  readonly findObstacle: () => Promise<string | undefined>;
}

/** What a back end needs of the job: its directory, and the part of its record that is about caches. */
export interface SharedJob {
  readonly directory: string;
  readonly record: CacheRecord;
  update(change: CacheRecord): Promise<void>;
}

/** How this step's BuildKit reaches the plan's caches. */
export interface CacheAccess {
  /** What a reader of the log is told of it; undefined: nothing. */
  describe(): Description | undefined;
  /** From the plans to what BuildKit's client is told: imports, export, environment, Docker config. */
  open(request: OpenRequest): Promise<OpenedRoute>;
  /** Fires when what a build needs of it is gone; undefined: there is nothing to watch. */
  watch(): Promise<CacheWatch | undefined>;
  /** Imports that failed, in BuildKit's words: those to be told of at once. The others come with the outcome, if at all. */
  sortImportErrors(errors: readonly string[]): readonly string[];
  /** Says how a build's export ended, to whoever must know. */
  settle(ended: EndedExport): Promise<Settled>;
  /** What was counted in this job so far; undefined: nothing is counted, or nobody answers. */
  readReport(): Promise<GatewayReport | undefined>;
  /** How the cache export of this step really ended. Pure. */
  outcome(facts: ExportFacts): ExportOutcome;
}

export interface Description {
  /** `loss`: this build has no cache, and nobody has said so yet. */
  readonly kind: 'info' | 'loss';
  readonly sentence: string;
}

export interface OpenRequest {
  /** Who runs the builds is not this step: only exports that name their manifest can be told apart. */
  readonly isForOthers?: boolean;
  /** Of the builds that run at once. */
  readonly plans: readonly Scopes[];
  /** The inputs about the form of the cache. */
  readonly settings: ExportSettings & { readonly compression: CacheCompression };
  /** What the builds put out: an import must not change it. */
  readonly outputs: readonly BuildOutput[];
  /** Of BuildKit. */
  readonly version: string;
  /** Of earlier steps of the job. */
  readonly seen: SeenCaches;
  /** Gives BuildKit's client a login more than the user's Docker config has. */
  readonly logIn: (login: RegistryLogin) => Promise<LoginCopy>;
}

/** Credentials for one registry. */
export interface RegistryLogin {
  /** `HOST:PORT`, as BuildKit names it. */
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

export type LoginCopy =
  | { readonly kind: 'written'; readonly directory: string }
  /** The user's config is one that the client does not read either, or the disk is full. `reason` shows nothing of it. */
  | { readonly kind: 'unusable'; readonly reason: string };

/** What BuildKit's client is told about the cache, and what the cache means for the outputs. */
export interface BuildRoute {
  readonly cache: BuildCache;
  readonly cachedLayers: CachedLayers;
}

export interface OpenedRoute {
  /** One a plan, in their order. */
  readonly routes: readonly BuildRoute[];
  /** What the daemon has seen once the builds have begun. */
  readonly seen: SeenCaches;
  /** What a user may not expect; one sentence each. */
  readonly notices: readonly string[];
  /** What the build loses; one sentence each. */
  readonly degradations: readonly string[];
}

export interface CacheWatch {
  readonly signal: AbortSignal;
  /** Looks at once: whoever talked to it hears of its end before the signal does. */
  isGone(): Promise<boolean>;
  stop(): void;
}

export interface EndedExport {
  /** The plan's export. */
  readonly cacheScope: string;
  /** How BuildKit was told to export; undefined: not at all. */
  readonly type: string | undefined;
  readonly cacheExport: BuildResult['cacheExport'];
}

export interface Settled {
  /** What was said of the build's index; undefined: nobody was asked. */
  readonly verdict: ExportVerdict | undefined;
  /** What somebody else than this build has stored, in a sentence; undefined: nothing. */
  readonly foreign: string | undefined;
}

export interface ExportFacts {
  readonly plan: Scopes;
  readonly result: Pick<BuildResult, 'failure' | 'cacheExport'>;
  readonly verdict: ExportVerdict | undefined;
  /** The counts before and after this step's build; undefined where nobody answered. */
  readonly before: GatewayReport | undefined;
  readonly after: GatewayReport | undefined;
}

export interface ExportOutcome {
  readonly cacheExport: 'exported' | 'skipped' | 'failed' | 'pending';
  /** Why it failed; undefined otherwise. */
  readonly reason: string | undefined;
  /** Nothing of what the plan imports is there yet; undefined: not known. */
  readonly isFirst?: boolean;
  /** Why caches of the plan could not be loaded, half a sentence each. */
  readonly unloaded: readonly string[];
}
