import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as toolCache from '@actions/tool-cache';
import { InputError, ToolError, toMessage } from '../errors.ts';
import type { ChildEnvironment } from './command.ts';
import { packArchive, unpackArchive } from './install-archive.ts';
import { type BuildkitBinaries, findOnPath, probeBuildkit } from './install-binaries.ts';
import {
  type ArchiveKind,
  type ArchiveStore,
  type CacheUse,
  restoreArchive,
  saveArchive,
  toArchiveFile,
} from './install-cache.ts';
import { useGivenBuildkit } from './install-given.ts';
import {
  checkArchive,
  decideChecksum,
  downloadArchive,
  fetchRelease,
  hashFile,
  publicReleaseHosts,
  type ReleaseAnswer,
  type ReleaseHosts,
  toArchiveName,
} from './install-release.ts';
import { compileBuildkit } from './install-source.ts';
import { decideCompatibility, toReleasePlatform } from './install-version.ts';

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
  /** Why the Actions cache is not asked; undefined: it answers. Asked only where it is of use. */
  readonly findCacheObstacle?: () => Promise<string | undefined>;
  /** The whole environment of every program that is started. */
  readonly env: ChildEnvironment;
  readonly hosts?: ReleaseHosts;
  readonly signal?: AbortSignal | undefined;
  readonly log: (line: string) => void;
}

export type InstallSource = 'buildkit-path' | 'path' | 'tool-cache' | 'actions-cache' | 'release' | 'go';

export interface InstalledBuildkit extends BuildkitBinaries {
  readonly source: InstallSource;
}

/** One link of the chain: BuildKit, or why there is none here. */
type LinkResult = InstalledBuildkit | string;

const toolName = 'hotlayer-buildkit';

/**
 * Finds or gets buildkitd, buildctl and runc: `buildkit-path`, PATH, the tool cache, the Actions cache, the release
 * archive, the Go module. Throws InputError for what the user must change, ToolError `checksum-mismatch` for an archive
 * that is not the released one, ToolError `no-buildkit` with all that was tried.
 */
export async function installBuildkit(options: InstallOptions): Promise<InstalledBuildkit> {
  if (options.path !== undefined) {
    return { ...(await useGivenBuildkit(options.path, options.env)), source: 'buildkit-path' };
  }
  const release = askOnce(options);
  const links: readonly (() => Promise<LinkResult>)[] = [
    ...(options.sha256 === undefined ? [() => findInPath(options), () => findInToolCache(options)] : []),
    () => restoreFromActionsCache(options, release),
    () => downloadRelease(options, release),
    ...(options.sha256 === undefined ? [() => compile(options)] : []),
  ];
  const tried: string[] = [];
  options.signal?.throwIfAborted();
  for (const link of links) {
    const result = await link();
    options.signal?.throwIfAborted();
    if (typeof result !== 'string') return result;
    tried.push(result);
    options.log(`  not from ${result}`);
  }
  const remedy =
    options.sha256 === undefined
      ? 'Allow the runner to reach github.com, or install Go, or put buildkitd, buildctl and runc on PATH or name their directory in "buildkit-path".'
      : 'Only a release archive can have the checksum of "buildkit-sha256": allow the runner to reach github.com, or leave that input out.';
  throw new ToolError(
    'no-buildkit',
    `BuildKit ${options.version} could not be had. Tried: ${tried.join('; ')}. ${remedy}`,
  );
}

async function findInPath({ env, version, exact }: InstallOptions): Promise<LinkResult> {
  const searchPath = env['PATH'] ?? '';
  const buildkitd = await findOnPath('buildkitd', searchPath);
  const buildctl = await findOnPath('buildctl', searchPath);
  if (buildkitd === undefined || buildctl === undefined) return 'PATH (no buildkitd and buildctl there)';
  const probe = await probeBuildkit({ buildkitd, buildctl }, env);
  if (probe.kind === 'unusable') return `PATH (${probe.reason})`;
  const decision = decideCompatibility(probe.binaries.version, version, exact);
  if (!decision.compatible) return `PATH (${buildkitd} ${decision.reason})`;
  return { ...probe.binaries, source: 'path' };
}

async function findInToolCache({ env, version, toolCacheDirectory }: InstallOptions): Promise<LinkResult> {
  if (toolCacheDirectory === undefined) return 'the tool cache (RUNNER_TOOL_CACHE is not set)';
  const directory = toolCache.find(toolName, version.slice(1));
  if (directory === '') return 'the tool cache (not there)';
  const found = await probeDirectory(directory, env);
  return typeof found === 'string' ? `the tool cache (${found})` : { ...found, source: 'tool-cache' };
}

async function restoreFromActionsCache(
  options: InstallOptions,
  release: () => Promise<ReleaseAnswer>,
): Promise<LinkResult> {
  const store = toStore(options);
  if (store === undefined || store.use === 'none') return 'the Actions cache (not available)';
  const kinds: readonly ArchiveKind[] = options.sha256 === undefined ? ['release', 'go'] : ['release'];
  const restored = await restoreArchive(kinds, store);
  if (restored === undefined) return 'the Actions cache (not there)';
  const archive = toArchiveFile(options.tempDirectory);
  if (restored.kind === 'release') await checkRestored(options, archive, restored.key, await release());
  try {
    const found = await keep(options, await unpackArchive(archive, options.tempDirectory, options.env));
    return typeof found === 'string' ? `the Actions cache (${found})` : { ...found, source: 'actions-cache' };
  } catch (error) {
    // A damaged entry only costs the time of the next link.
    return `the Actions cache (${toMessage(error)})`;
  }
}

async function checkRestored(
  { version, sha256, log }: InstallOptions,
  archive: string,
  key: string,
  answer: ReleaseAnswer,
): Promise<void> {
  const published = answer.kind === 'asset' ? answer.sha256 : undefined;
  if (sha256 === undefined && published === undefined) {
    log(
      `The archive of BuildKit ${version} from the Actions cache was checked when it was saved; GitHub could not be asked again.`,
    );
    return;
  }
  checkArchive(
    `The archive under the key ${key} of the Actions cache (delete that entry)`,
    decideChecksum(key, published, sha256),
    await hashFile(archive),
  );
}

async function downloadRelease(
  options: InstallOptions,
  release: () => Promise<ReleaseAnswer>,
): Promise<LinkResult> {
  const store = toStore(options);
  if (store === undefined) return `the release (none is published for ${process.arch})`;
  const { version, sha256, tempDirectory } = options;
  const name = toArchiveName(version, store.platform);
  const answer = await release();
  let url: string;
  switch (answer.kind) {
    case 'no-release':
      throw new InputError(
        'buildkit-version',
        `input "buildkit-version": moby/buildkit has no release ${version}; allowed is a released version, for example v0.33.1`,
      );
    case 'no-archive':
      return `the release (${version} has no ${name})`;
    case 'unreachable':
      // With a checksum of the user's own the API is not needed to know what is right.
      if (sha256 === undefined) return `the release (${answer.reason})`;
      url = `${(options.hosts ?? publicReleaseHosts).downloadUrl}/${version}/${name}`;
      break;
    case 'asset':
      url = answer.url;
      break;
  }
  const expected = decideChecksum(name, answer.kind === 'asset' ? answer.sha256 : undefined, sha256);
  const archive = toArchiveFile(tempDirectory);
  await rm(path.dirname(archive), { recursive: true, force: true });
  await mkdir(path.dirname(archive), { recursive: true });
  const failure = await downloadArchive(url, archive);
  if (failure !== undefined) return `the release (${failure})`;
  checkArchive(url, expected, await hashFile(archive));
  const found = await keep(options, await unpackArchive(archive, tempDirectory, options.env));
  if (typeof found === 'string') return `the release (${found})`;
  await saveArchive('release', store);
  return { ...found, source: 'release' };
}

async function compile(options: InstallOptions): Promise<LinkResult> {
  const { version, tempDirectory, env, log, signal } = options;
  log(`Compiling BuildKit ${version} from its Go module (about two minutes) …`);
  const built = await compileBuildkit(version, tempDirectory, env, signal);
  if (built.kind === 'failed') return `source (${built.reason})`;
  const store = toStore(options);
  if (store?.use === 'read-write') {
    const archive = toArchiveFile(tempDirectory);
    await rm(path.dirname(archive), { recursive: true, force: true });
    await packArchive(built.directory, archive, env);
  }
  const found = await keep(options, built.directory);
  if (typeof found === 'string') return `source (${found})`;
  if (store !== undefined) await saveArchive('go', store);
  return { ...found, source: 'go' };
}

/** Checks what was unpacked or built, and moves it to the tool cache for the next job where there is one. */
async function keep(options: InstallOptions, directory: string): Promise<BuildkitBinaries | string> {
  const probe = await probeDirectory(directory, options.env);
  if (typeof probe === 'string' || options.toolCacheDirectory === undefined) return probe;
  const kept = await toolCache.cacheDir(directory, toolName, options.version.slice(1));
  await rm(directory, { recursive: true, force: true });
  return probeDirectory(kept, options.env);
}

async function probeDirectory(directory: string, env: ChildEnvironment): Promise<BuildkitBinaries | string> {
  const bin = path.join(directory, 'bin');
  const probe = await probeBuildkit(
    { buildkitd: path.join(bin, 'buildkitd'), buildctl: path.join(bin, 'buildctl') },
    env,
  );
  return probe.kind === 'usable' ? probe.binaries : probe.reason;
}

function toStore(options: InstallOptions): ArchiveStore | undefined {
  const { cache, tempDirectory, version, log } = options;
  const platform = toReleasePlatform(process.arch);
  const findObstacle = options.findCacheObstacle ?? (async () => undefined);
  return platform === undefined
    ? undefined
    : { use: cache, tempDirectory, version, platform, findObstacle, log };
}

/** Two links need GitHub's answer: it is asked for once, and only if one of them is reached. */
function askOnce({ version, hosts, githubToken }: InstallOptions): () => Promise<ReleaseAnswer> {
  let answer: Promise<ReleaseAnswer> | undefined;
  return () => {
    answer ??= fetchRelease(
      version,
      toReleasePlatform(process.arch) ?? '',
      hosts ?? publicReleaseHosts,
      githubToken,
    );
    return answer;
  };
}
