import { checkContradictions } from './contradictions.ts';
import { refuseForeignInputs } from './foreign.ts';
import { checkTag } from './image-reference.ts';
import { parseBuildArg, parseLabel, parseSecret } from './key-value.ts';
import { parseList } from './list.ts';
import { parseOutput } from './output-entry.ts';
import { readPathInput } from './path.ts';
import { checkPlatform } from './platform.ts';
import { type InputEnvironment, readChoice, readFlag, readLine, readRaw, readTextInput } from './reader.ts';
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
} from './single-values.ts';
import type { Inputs } from './types.ts';

/**
 * The checked inputs of the `INPUT_*` variables; what is not set takes action.yml's default. Inputs of Docker's actions
 * whose absence would change the result are refused, other unknown ones ignored. Throws InputError that names the input, the value and what is allowed. Touches no file.
 */
export function parseInputs(env: InputEnvironment): Inputs {
  refuseForeignInputs(env);
  const list = (name: string) => parseList(name, readTextInput(env, name));
  const lines = (name: string) => parseList(name, readTextInput(env, name), { ignoreComma: true });
  const inputs: Inputs = {
    build: {
      context: parseContext(readLine(env, 'context') ?? '.'),
      file: readPathInput(env, 'file'),
      target: parseTarget(readLine(env, 'target')),
      platforms: unique(list('platforms').map((platform) => checkPlatform('platforms', platform))),
      buildArgs: lines('build-args').map((entry) => parseBuildArg('build-args', entry)),
      // Raw: white space at the ends of the input belongs to a value.
      secrets: parseList('secrets', readRaw(env, 'secrets'), { ignoreComma: true, isSecret: true }).map(
        (entry, index) => parseSecret('secrets', entry, index + 1),
      ),
      noCache: readFlag(env, 'no-cache', false),
      pull: readFlag(env, 'pull', false),
      githubToken: readTextInput(env, 'github-token'),
    },
    image: {
      tags: unique(list('tags').map((tag) => checkTag('tags', tag))),
      labels: lines('labels').map((entry) => parseLabel('labels', entry)),
      push: readFlag(env, 'push', false),
      outputs: parseList('outputs', readTextInput(env, 'outputs'), {
        ignoreComma: true,
        keepQuotes: true,
      }).map((entry) => parseOutput('outputs', entry)),
    },
    cache: {
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
      drainTimeoutMs: parseDuration('drain-timeout', readLine(env, 'drain-timeout') ?? '10m'),
      matrix: parseMatrix(readTextInput(env, 'matrix')),
    },
    daemon: {
      buildkitVersion: parseVersion(readLine(env, 'buildkit-version') ?? defaultBuildkitVersion),
      buildkitPath: readPathInput(env, 'buildkit-path'),
      buildkitSha256: parseSha256(readLine(env, 'buildkit-sha256')),
      buildkitdConfigInline: readTextInput(env, 'buildkitd-config-inline'),
    },
    report: {
      summary: readFlag(env, 'summary', true),
    },
  };
  checkContradictions(inputs);
  return inputs;
}

/**
 * Every value that must not be printed: mask these before anything else is logged. Also each line of a value, because
 * the runner looks at one line at a time, and everything without the white space around it.
 */
export function listSecretValues({ build }: Inputs): readonly string[] {
  const values = [...build.secrets.map(({ value }) => value), build.githubToken ?? ''];
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
