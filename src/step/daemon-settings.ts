import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import semver from 'semver';
import { parseDaemonConfig } from '../buildkit/daemon/config-check.ts';
import type { ConfigText } from '../buildkit/daemon/config-source.ts';
import type { ConfigInput } from '../buildkit/daemon/config-words.ts';
import { selectPassed } from '../buildkit/daemon/environment.ts';
import { InputError, quote } from '../errors.ts';
import { defaultDrainTimeoutMs } from '../inputs/cache-rows.ts';
import { defaultBuildkitVersion, defaultBuildxVersion } from '../inputs/single-values.ts';
import type { CacheInputs, DaemonInputs, Inputs } from '../inputs/types.ts';
import { toCanonicalJson } from '../policy/canonical-json.ts';
import { digest, type GivenInputs, isDigest, listGiven } from './daemon-given.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the step that started the daemon asked for: all steps of a job share it. Plain JSON, digests where a value could be secret. */
export interface DaemonSettings {
  /** `buildkit-version`; undefined: the default. */
  readonly version?: string;
  /** The real directory that `buildkit-path` names. */
  readonly path?: string;
  readonly sha256?: string;
  /** `buildx-version`; undefined: the default. */
  readonly clientVersion?: string;
  /** What `buildx-path` names, without links. */
  readonly clientPath?: string;
  readonly clientSha256?: string;
  /** Digest of what `buildkitd-config` or `buildkitd-config-inline` says, in whatever order and layout. */
  readonly config?: string;
  /** Which of the two; it goes with `config`. */
  readonly configInput?: ConfigInput;
  /** The other inputs about the daemon that were given, as text or as a digest, by name. */
  readonly given: GivenInputs;
  /** Digests of the variables that reach the daemon, by name. */
  readonly variables: Readonly<Record<string, string>>;
  readonly drainTimeoutMs: number;
}

/** What of the inputs is the same for all steps of a job. */
type SettingInputs = Pick<Inputs, 'daemon'> & { readonly cache: Pick<CacheInputs, 'drainTimeoutMs'> };

/**
 * Throws InputError for a configuration that is none.
 *
 * @param text the configuration; undefined: none is given
 */
export async function readDaemonSettings(
  { daemon, cache }: SettingInputs,
  env: Environment,
  workspace: string,
  text: ConfigText | undefined,
): Promise<DaemonSettings> {
  const { buildkitVersion, buildkitPath, buildkitSha256 } = daemon;
  const { buildxVersion, buildxPath, buildxSha256 } = daemon;
  const config =
    text === undefined ? '{}' : toCanonicalJson(parseDaemonConfig(text.toml, workspace, text.input).keys);
  return {
    ...(buildkitVersion === defaultBuildkitVersion ? {} : { version: buildkitVersion }),
    ...(buildkitPath === undefined ? {} : { path: await toDirectory(buildkitPath) }),
    ...(buildkitSha256 === undefined ? {} : { sha256: buildkitSha256 }),
    ...(buildxVersion === defaultBuildxVersion ? {} : { clientVersion: buildxVersion }),
    ...(buildxPath === undefined ? {} : { clientPath: await toRealPath(buildxPath) }),
    ...(buildxSha256 === undefined ? {} : { clientSha256: buildxSha256 }),
    ...(config === '{}' || text === undefined ? {} : { config: digest(config), configInput: text.input }),
    given: listGiven(daemon),
    variables: Object.fromEntries(
      Object.entries(selectPassed(env)).map(([name, value]) => [name, digest(value)]),
    ),
    drainTimeoutMs: cache.drainTimeoutMs,
  };
}

/**
 * Throws InputError when this step asks for another daemon than the one that runs. What it does not ask for is taken as
 * it is.
 *
 * @param running what the record says of the BuildKit that runs
 */
export async function refuseOtherDaemon(
  asked: DaemonSettings,
  earlier: DaemonSettings,
  running: { readonly buildctl: string; readonly version: string },
): Promise<void> {
  const { version, path: directory, sha256, config } = asked;
  if (version !== undefined && !isSameVersion(version, running.version)) {
    const how = earlier.path === undefined ? '' : `, from "buildkit-path" ${quote(earlier.path)}`;
    refuse('buildkit-version', quote(version), `BuildKit ${running.version}${how}`);
  }
  const own = await toDirectory(running.buildctl);
  if (directory !== undefined && directory !== own) {
    const how =
      earlier.path === undefined ? 'without "buildkit-path"' : `with "buildkit-path" ${quote(earlier.path)}`;
    refuse('buildkit-path', quote(directory), `BuildKit from ${quote(own)} (${how})`);
  }
  if (sha256 !== undefined && sha256 !== earlier.sha256) {
    const how =
      earlier.sha256 === undefined
        ? 'without "buildkit-sha256"'
        : `with "buildkit-sha256" ${quote(earlier.sha256)}`;
    refuse('buildkit-sha256', quote(sha256), `BuildKit ${how}`);
  }
  if (config !== undefined && config !== earlier.config) {
    const how =
      earlier.config === undefined
        ? `without ${JSON.stringify(asked.configInput)}`
        : `with another ${JSON.stringify(earlier.configInput)}`;
    refuse(asked.configInput ?? 'buildkitd-config', undefined, `buildkitd ${how}`);
  }
  for (const [name, value] of Object.entries(asked.given)) {
    const before = Object.hasOwn(earlier.given, name) ? earlier.given[name] : undefined;
    if (value === before) continue;
    const isSecret = isDigest(name);
    const how =
      before === undefined
        ? `without "${name}"`
        : isSecret
          ? `with another "${name}"`
          : `with "${name}" ${quote(before)}`;
    refuse(name, isSecret ? undefined : quote(value), `buildkitd ${how}`);
  }
}

/**
 * Throws InputError when this step asks for another client than the one that the job's first step got.
 *
 * @param running what the record says of it
 */
export async function refuseOtherClient(
  asked: DaemonSettings,
  earlier: DaemonSettings,
  running: { readonly buildx: string },
): Promise<void> {
  const own = await toRealPath(running.buildx);
  const isOwn = asked.clientPath === own || asked.clientPath === path.dirname(own);
  const given = [
    ['buildx-version', asked.clientVersion, earlier.clientVersion],
    ['buildx-path', isOwn ? undefined : asked.clientPath, earlier.clientPath],
    ['buildx-sha256', asked.clientSha256, earlier.clientSha256],
  ] as const;
  for (const [name, value, before] of given) {
    if (value === undefined || value === before) continue;
    const how = before === undefined ? `without "${name}"` : `with "${name}" ${quote(before)}`;
    refuse(name, quote(value), `buildx ${how}`, 'that client');
  }
}

/** One sentence for each thing that this step gives and that only the step that started the daemon could. */
export function listIgnoredSettings(asked: DaemonSettings, earlier: DaemonSettings): readonly string[] {
  const names = [...new Set([...Object.keys(asked.variables), ...Object.keys(earlier.variables)])]
    .filter((name) => asked.variables[name] !== earlier.variables[name])
    .sort();
  const isOtherTimeout =
    asked.drainTimeoutMs !== defaultDrainTimeoutMs && asked.drainTimeoutMs !== earlier.drainTimeoutMs;
  return [
    ...(names.length === 0
      ? []
      : [
          `buildkitd has the environment of the step that started it, so these variables of this step do not reach it: ${names.join(', ')}.`,
        ]),
    ...(isOtherTimeout
      ? [
          `The input "drain-timeout" has no effect: the step that opened the job waits for the uploads, ${earlier.drainTimeoutMs / 1000} s.`,
        ]
      : []),
  ];
}

/** Throws InputError when the BuildKit of `buildkit-path` is not the one of `buildkit-version`. */
export function checkGivenVersion({ buildkitPath, buildkitVersion }: DaemonInputs, found: string): void {
  if (buildkitPath === undefined || buildkitVersion === defaultBuildkitVersion) return;
  if (isSameVersion(buildkitVersion, found)) return;
  throw new InputError(
    'buildkit-version',
    `input "buildkit-version": ${quote(buildkitVersion)} contradicts "buildkit-path", which has BuildKit ${found}; allowed is one of the two`,
  );
}

/** Throws InputError when the buildx of `buildx-path` is not the one of `buildx-version`. */
export function checkGivenClient({ buildxPath, buildxVersion }: DaemonInputs, found: string): void {
  if (buildxPath === undefined || buildxVersion === defaultBuildxVersion) return;
  if (isSameVersion(buildxVersion, found)) return;
  throw new InputError(
    'buildx-version',
    `input "buildx-version": ${quote(buildxVersion)} contradicts "buildx-path", which has buildx ${found}; allowed is one of the two`,
  );
}

/** `0.33.1` and `v0.33.1` are one version. */
function isSameVersion(asked: string, running: string): boolean {
  const parsed = semver.valid(running);
  return parsed === null ? asked === running : semver.eq(asked, parsed);
}

async function toDirectory(given: string): Promise<string> {
  const file = path.resolve(given);
  try {
    const directory = (await stat(file)).isDirectory() ? file : path.dirname(file);
    return await realpath(directory);
  } catch {
    // Nothing can be there: the message names the path as it was given.
    return file;
  }
}

async function toRealPath(given: string): Promise<string> {
  const file = path.resolve(given);
  // Nothing can be there: the message names the path as it was given.
  return realpath(file).catch(() => file);
}

function refuse(name: string, value: string | undefined, earlier: string, shared = 'that daemon'): never {
  throw new InputError(
    name,
    `input "${name}"${value === undefined ? '' : `: ${value}`} contradicts an earlier step of this job, which started ${earlier}, and all steps share ${shared}; allowed is the same as there, or to leave the input out`,
  );
}
