import type { PrExport } from '../policy/types.ts';

export type BuildContext =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'git'; readonly url: string };

/** `id=value` of the `secrets` input; the value never goes into an argument list. */
export interface BuildSecret {
  readonly id: string;
  readonly value: string;
}

/** One key=value entry: build args and labels. */
export interface KeyValue {
  readonly key: string;
  /** undefined: take the value from the environment (build args only). */
  readonly value: string | undefined;
}

/** One BuildKit exporter, for example `{type: 'image', attrs: {push: 'true'}}`. */
export interface BuildOutput {
  readonly type: string;
  readonly attrs: Readonly<Record<string, string>>;
}

/** Of layers in the cache; `auto`: what is fastest without changing what is pushed. */
export type CacheCompression = 'auto' | 'gzip' | 'zstd';

/** What is built, and what its steps get. */
export interface BuildInputs {
  readonly context: BuildContext;
  /** Path of the Dockerfile as given; undefined: `Dockerfile` in the context. */
  readonly file: string | undefined;
  readonly target: string | undefined;
  readonly platforms: readonly string[];
  readonly buildArgs: readonly KeyValue[];
  readonly secrets: readonly BuildSecret[];
  readonly noCache: boolean;
  readonly pull: boolean;
  readonly githubToken: string | undefined;
}

/** What the result is called, and where it goes. */
export interface ImageInputs {
  readonly tags: readonly string[];
  readonly labels: readonly KeyValue[];
  readonly push: boolean;
  readonly outputs: readonly BuildOutput[];
}

export interface CacheInputs {
  readonly scope: string | undefined;
  readonly mode: 'min' | 'max';
  readonly prExport: PrExport;
  readonly tagExport: boolean;
  readonly readOnly: boolean;
  readonly releaseImport: boolean;
  readonly trustedContext: boolean;
  readonly allowUntrustedExport: boolean;
  readonly compression: CacheCompression;
  /** Of zstd, 1 to 22; undefined: BuildKit's default. */
  readonly compressionLevel: number | undefined;
  readonly gateway: boolean;
  /** How long post waits for uploads; 0: not at all. */
  readonly drainTimeoutMs: number;
  /** Parsed JSON of the job's matrix; undefined without one. */
  readonly matrix: unknown;
}

export interface DaemonInputs {
  readonly buildkitVersion: string;
  readonly buildkitPath: string | undefined;
  readonly buildkitSha256: string | undefined;
  /** TOML text; undefined when empty. */
  readonly buildkitdConfigInline: string | undefined;
}

export interface ReportInputs {
  readonly summary: boolean;
}

/** The inputs of the main action, checked. A room takes its own group, not all of them. */
export interface Inputs {
  readonly build: BuildInputs;
  readonly image: ImageInputs;
  readonly cache: CacheInputs;
  readonly daemon: DaemonInputs;
  readonly report: ReportInputs;
}
