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

/** The inputs of the main action, checked. One field an input of action.yml, in its order. */
export interface Inputs {
  readonly context: BuildContext;
  /** Path of the Dockerfile as given; undefined: `Dockerfile` in the context. */
  readonly file: string | undefined;
  readonly target: string | undefined;
  readonly platforms: readonly string[];
  readonly tags: readonly string[];
  readonly push: boolean;
  readonly outputs: readonly BuildOutput[];
  readonly buildArgs: readonly KeyValue[];
  readonly labels: readonly KeyValue[];
  readonly secrets: readonly BuildSecret[];
  readonly noCache: boolean;
  readonly pull: boolean;
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
  /** How long post waits for uploads, in milliseconds; 0: not at all. */
  readonly drainTimeout: number;
  /** Parsed JSON of the job's matrix; undefined without one. */
  readonly matrix: unknown;
  readonly buildkitVersion: string;
  readonly buildkitPath: string | undefined;
  readonly buildkitSha256: string | undefined;
  /** TOML text; undefined when empty. */
  readonly buildkitdConfigInline: string | undefined;
  readonly githubToken: string | undefined;
  readonly summary: boolean;
}
