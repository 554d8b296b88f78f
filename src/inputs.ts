import { checkContradictions } from './inputs/contradictions.ts';
import { refuseForeignInputs } from './inputs/foreign.ts';
import { checkTag } from './inputs/image-reference.ts';
import { parseBuildArg, parseLabel, parseSecret } from './inputs/key-value.ts';
import { parseList } from './inputs/list.ts';
import { parseOutput } from './inputs/output-entry.ts';
import { readPath } from './inputs/path.ts';
import { checkPlatform } from './inputs/platform.ts';
import { type InputEnvironment, readChoice, readFlag, readLine, readRaw, readText } from './inputs/reader.ts';
import {
  defaultBuildkitVersion,
  parseContext,
  parseDuration,
  parseLevel,
  parseMatrix,
  parseScope,
  parseSha256,
  parseTarget,
  parseVersion,
} from './inputs/single-values.ts';
import type { PrExport } from './policy/types.ts';

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

/**
 * The checked inputs of the `INPUT_*` variables; what is not set takes action.yml's default. Inputs of Docker's actions
 * whose absence would change the result are refused, other unknown ones ignored. Throws InputError that names the input, the value and what is allowed. Touches no file.
 */
export function parseInputs(env: InputEnvironment): Inputs {
  refuseForeignInputs(env);
  const list = (name: string) => parseList(name, readText(env, name));
  const lines = (name: string) => parseList(name, readText(env, name), { ignoreComma: true });
  const inputs: Inputs = {
    context: parseContext(readLine(env, 'context') ?? '.'),
    file: readPath(env, 'file'),
    target: parseTarget(readLine(env, 'target')),
    platforms: unique(list('platforms').map((platform) => checkPlatform('platforms', platform))),
    tags: unique(list('tags').map((tag) => checkTag('tags', tag))),
    push: readFlag(env, 'push', false),
    outputs: parseList('outputs', readText(env, 'outputs'), { ignoreComma: true, keepQuotes: true }).map(
      (entry) => parseOutput('outputs', entry),
    ),
    buildArgs: lines('build-args').map((entry) => parseBuildArg('build-args', entry)),
    labels: lines('labels').map((entry) => parseLabel('labels', entry)),
    // Raw: white space at the ends of the input belongs to a value.
    secrets: parseList('secrets', readRaw(env, 'secrets'), { ignoreComma: true, isSecret: true }).map(
      (entry, index) => parseSecret('secrets', entry, index + 1),
    ),
    noCache: readFlag(env, 'no-cache', false),
    pull: readFlag(env, 'pull', false),
    scope: parseScope(readRaw(env, 'scope')),
    mode: readChoice(env, 'mode', ['max', 'min'], 'max'),
    prExport: readChoice(env, 'pr-export', ['auto', 'always', 'never'], 'auto'),
    tagExport: readFlag(env, 'tag-export', false),
    readOnly: readFlag(env, 'read-only', false),
    releaseImport: readFlag(env, 'release-import', true),
    trustedContext: readFlag(env, 'trusted-context', false),
    allowUntrustedExport: readFlag(env, 'allow-untrusted-export', false),
    compression: readChoice(env, 'compression', ['auto', 'gzip', 'zstd'], 'auto'),
    compressionLevel: parseLevel(readLine(env, 'compression-level')),
    gateway: readFlag(env, 'gateway', true),
    drainTimeout: parseDuration('drain-timeout', readLine(env, 'drain-timeout') ?? '10m'),
    matrix: parseMatrix(readText(env, 'matrix')),
    buildkitVersion: parseVersion(readLine(env, 'buildkit-version') ?? defaultBuildkitVersion),
    buildkitPath: readPath(env, 'buildkit-path'),
    buildkitSha256: parseSha256(readLine(env, 'buildkit-sha256')),
    buildkitdConfigInline: readText(env, 'buildkitd-config-inline'),
    githubToken: readText(env, 'github-token'),
    summary: readFlag(env, 'summary', true),
  };
  checkContradictions(inputs);
  return inputs;
}

/**
 * Every value that must not be printed: mask these before anything else is logged. Also each line of a value, because
 * the runner looks at one line at a time, and everything without the white space around it.
 */
export function listSecretValues(inputs: Inputs): readonly string[] {
  const values = [...inputs.secrets.map(({ value }) => value), inputs.githubToken ?? ''];
  return unique(
    values
      .filter((value) => value.trim() !== '')
      .flatMap((value) => [value, value.trim(), ...listTellingLines(value)]),
  );
}

/** Not `{`, `},` or one letter: masked by themselves they would cross out every log and hide nothing. */
function listTellingLines(value: string): readonly string[] {
  const lines = value.split(/[\r\n]+/);
  if (lines.length === 1) return [];
  return lines
    .map((line) => line.trim())
    .filter((line) => line.length > 1 && !/^[\s{}[\]()<>,:;"']*$/.test(line));
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
