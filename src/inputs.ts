import { InputError } from './errors.ts';
import { checkContradictions } from './inputs/contradictions.ts';
import { checkGitUrl, looksRemote } from './inputs/git-url.ts';
import { checkTag } from './inputs/image-reference.ts';
import { parseBuildArg, parseLabel, parseSecret } from './inputs/key-value.ts';
import { parseList } from './inputs/list.ts';
import { parseOutput } from './inputs/output-entry.ts';
import { checkPlatform } from './inputs/platform.ts';
import {
  hasControlCharacters,
  type InputEnvironment,
  quote,
  readChoice,
  readFlag,
  readLine,
  readRaw,
  readText,
} from './inputs/reader.ts';
import { parseJson } from './json.ts';
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
  readonly gateway: boolean;
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

/** The version that action.yml declares; newer ones do not build from the Go module proxy. */
export const defaultBuildkitVersion = 'v0.33.1';

/**
 * The checked inputs of the `INPUT_*` variables; what is not set takes action.yml's default. Variables of unknown inputs
 * are ignored. Throws InputError that names the input, the value and what is allowed. Touches no file.
 */
export function parseInputs(env: InputEnvironment): Inputs {
  const list = (name: string) => parseList(name, readText(env, name));
  const lines = (name: string) => parseList(name, readText(env, name), { ignoreComma: true });
  const inputs: Inputs = {
    context: parseContext(readLine(env, 'context') ?? '.'),
    file: readLine(env, 'file'),
    target: parseTarget(readLine(env, 'target')),
    platforms: unique(list('platforms').map((platform) => checkPlatform('platforms', platform))),
    tags: unique(list('tags').map((tag) => checkTag('tags', tag))),
    push: readFlag(env, 'push', false),
    outputs: parseList('outputs', readText(env, 'outputs'), { ignoreComma: true, keepQuotes: true }).map(
      (entry) => parseOutput('outputs', entry),
    ),
    buildArgs: lines('build-args').map((entry) => parseBuildArg('build-args', entry)),
    labels: lines('labels').map((entry) => parseLabel('labels', entry)),
    secrets: parseList('secrets', readText(env, 'secrets'), { ignoreComma: true, isSecret: true }).map(
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
    gateway: readFlag(env, 'gateway', true),
    matrix: parseMatrix(readText(env, 'matrix')),
    buildkitVersion: parseVersion(readLine(env, 'buildkit-version') ?? defaultBuildkitVersion),
    buildkitPath: readLine(env, 'buildkit-path'),
    buildkitSha256: parseSha256(readLine(env, 'buildkit-sha256')),
    buildkitdConfigInline: readText(env, 'buildkitd-config-inline'),
    githubToken: readText(env, 'github-token'),
    summary: readFlag(env, 'summary', true),
  };
  checkContradictions(inputs);
  return inputs;
}

/** Every value that must not be printed: mask these before anything else is logged. A value of several lines counts line by line too. */
export function listSecretValues(inputs: Inputs): readonly string[] {
  const values = [...inputs.secrets.map(({ value }) => value), inputs.githubToken ?? ''];
  return unique(values.flatMap((value) => [value, ...value.split(/\r?\n/)])).filter(
    (value) => value.trim() !== '',
  );
}

function parseContext(context: string): BuildContext {
  return looksRemote(context)
    ? { kind: 'git', url: checkGitUrl('context', context) }
    : { kind: 'path', path: context };
}

function parseTarget(target: string | undefined): string | undefined {
  if (target !== undefined && /\s/.test(target)) {
    throw new InputError(
      'target',
      `input "target": ${quote(target)} has white space; allowed is the name of a stage`,
    );
  }
  return target;
}

function parseScope(raw: string | undefined): string | undefined {
  if (raw === undefined) return undefined;
  const scope = raw.trim();
  if (scope === '' || hasControlCharacters(scope)) {
    const fault = scope === '' ? 'is empty after trimming' : 'has control characters';
    throw new InputError(
      'scope',
      `input "scope": ${quote(raw)} ${fault}; allowed is a name of one line, or leave the input out`,
    );
  }
  return scope;
}

function parseMatrix(text: string | undefined): unknown {
  if (text === undefined || text === 'null') return undefined;
  const matrix = parseJson(text);
  if (typeof matrix !== 'object' || matrix === null) {
    throw new InputError(
      'matrix',
      `input "matrix": ${quote(text)} is not a JSON object; leave the input at its default, \${{ toJSON(matrix) }}`,
    );
  }
  return matrix;
}

function parseVersion(version: string): string {
  if (!/^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version)) {
    throw new InputError(
      'buildkit-version',
      `input "buildkit-version": ${quote(version)} is not a version; allowed is vMAJOR.MINOR.PATCH, for example ${defaultBuildkitVersion}`,
    );
  }
  return version.startsWith('v') ? version : `v${version}`;
}

function parseSha256(sum: string | undefined): string | undefined {
  if (sum !== undefined && !/^[0-9a-f]{64}$/i.test(sum)) {
    throw new InputError(
      'buildkit-sha256',
      `input "buildkit-sha256": ${quote(sum)} is not a SHA-256; allowed are 64 hexadecimal digits`,
    );
  }
  return sum?.toLowerCase();
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
