/** Words: a *ref scope* is one of the refs in the runtime token's `ac` claim; a *cache scope* is the name given to BuildKit. */

export type RefKind = 'pr' | 'branch' | 'tag';

/** A ref as the policy names it: `{kind: 'pr', name: '12'}`, `{kind: 'branch', name: 'feature/a'}`, `{kind: 'tag', name: 'v1'}`. */
export interface RefName {
  readonly kind: RefKind;
  readonly name: string;
}

export interface ChainLink extends RefName {
  readonly cacheScope: string;
}

export type ExportCode =
  | 'cache-none'
  | 'no-token'
  | 'mode-none'
  | 'mode-write-only'
  | 'mode-read'
  | 'token-opaque'
  | 'token-read-only'
  | 'input-read-only'
  | 'ref-deleted'
  | 'no-ref'
  | 'ephemeral-ref'
  | 'bot-branch'
  | 'tag-opt-in'
  | 'tag-ref'
  | 'pr-merged'
  | 'pr-closed'
  | 'pr-export-never'
  | 'pr-bot'
  | 'pr-own-scope'
  | 'override'
  | 'no-benefit'
  | 'low-trust'
  | 'foreign-context'
  | 'context-unknown'
  | 'stale-rerun'
  | 'call'
  | 'own-branch';

/** What a run may import and export. This is the JSON that `hotlayer plan --json` and the output `cache-plan` print. */
export interface CachePlan {
  /** Cache scopes in import order (own first); for logs and determinism, BuildKit does not rank them. */
  readonly imports: readonly string[];
  readonly export: string | null;
  readonly code: ExportCode;
  /** One sentence for people. */
  readonly reason: string;
  /** The imports, with the ref that each stands for. */
  readonly chain: readonly ChainLink[];
  readonly exportRef: RefName | null;
}

/** One entry of the token's `ac` claim. */
export interface RefScope {
  readonly scope: string;
  /** Bits: 1 read, 2 write. */
  readonly permission: number;
}

/** What the runtime token says. `opaque`: there is a token, but its `ac` claim cannot be read. */
export type TokenAccess =
  | { readonly kind: 'none' }
  | { readonly kind: 'opaque'; readonly reason: string }
  | { readonly kind: 'scopes'; readonly scopes: readonly RefScope[] };

/**
 * The facts of a run, read from the environment and the event payload, that its trust is decided by. They are the same for
 * every back end; what a back end lets the run do are its `Rights`.
 */
export interface RunFacts {
  readonly eventName: string;
  /** GITHUB_REF as it is; may be empty or unqualified. */
  readonly ref: string;
  readonly sha: string;
  /** The parsed event payload. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Commit of the build context; undefined when unknown. */
  readonly contextHead: string | undefined;
  /**
   * Why the commit of the build context cannot be told although there is one, as part of a sentence; undefined when
   * contextHead is known, or when the context is no checkout at all.
   */
  readonly contextUnknown?: string | undefined;
  /** True when contextHead is proven to be reachable from the run's ref. */
  readonly contextOnRef: boolean | undefined;
  /** False when GITHUB_SHA is known to be no longer the tip of its ref. */
  readonly isTip: boolean | undefined;
}

export type PrExport = 'auto' | 'always' | 'never';

/** The inputs of the action that steer the policy. */
export interface PolicyInputs {
  readonly prExport: PrExport;
  readonly tagExport: boolean;
  readonly readOnly: boolean;
  readonly releaseImport: boolean;
  readonly trustedContext: boolean;
  readonly allowUntrustedExport: boolean;
}

/** What makes two builds different graphs; the cache scope's name is made of it. */
export interface BuildIdentity {
  /** The `scope` input, trimmed; undefined when not given. */
  readonly scope: string | undefined;
  /** First tag without registry path and version (`app` of `ghcr.io/acme/app:1`); undefined without tags. */
  readonly imageName: string | undefined;
  /** Path of the context in the workspace, whatever its spelling, or a Git URL without credentials and ref. */
  readonly context: string;
  /** Path of the Dockerfile in the workspace; of a Git context, in its directory. */
  readonly dockerfile: string;
  readonly target: string | undefined;
  /** As the user wrote them; empty: the machine's own platform. */
  readonly platforms: readonly string[];
  /** The machine's own platform, for example `linux/amd64`; used when `platforms` is empty. */
  readonly defaultPlatform: string;
  /** The job's matrix values; undefined without a matrix. */
  readonly matrix: unknown;
  /** What else makes that two builds never find each other's records, by name; absent or empty: nothing. */
  readonly variant?: Readonly<Record<string, unknown>>;
}
