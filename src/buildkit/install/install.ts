import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { InputError, ToolError } from '../../errors.ts';
import { packArchive, unpackArchive } from './archive.ts';
import { findOnPath, probeBuildkit } from './binaries.ts';
import { saveArchive, toArchiveFile } from './cache.ts';
import { restoreFromActionsCache } from './from-cache.ts';
import { useGivenBuildkit } from './given.ts';
import { findInToolCache, keep } from './keep.ts';
import {
  type Installation,
  type InstalledBuildkit,
  type InstallOptions,
  type LinkResult,
  toStore,
} from './options.ts';
import {
  checkArchive,
  decideChecksum,
  downloadArchive,
  fetchRelease,
  hashFile,
  publicReleaseHosts,
  type ReleaseAnswer,
  toArchiveName,
} from './release.ts';
import { compileBuildkit } from './source.ts';
import { decideCompatibility, toReleasePlatform } from './version.ts';

export type { InstalledBuildkit, InstallOptions } from './options.ts';

/**
 * Finds or gets buildkitd, buildctl and runc: `buildkit-path`, PATH, the tool cache, the Actions cache, the release
 * archive, the Go module. Throws InputError for what the user must change, ToolError `checksum-mismatch` for an archive
 * that is not the released one, ToolError `no-buildkit` with all that was tried.
 */
export async function installBuildkit(options: InstallOptions): Promise<InstalledBuildkit> {
  if (options.path !== undefined) {
    return { ...(await useGivenBuildkit(options.path, options.env)), source: 'buildkit-path' };
  }
  const installation: Installation = { options, release: askOnce(options), wrongKey: undefined };
  const links: readonly (() => Promise<LinkResult>)[] = [
    ...(options.sha256 === undefined ? [() => findInPath(options), () => findInToolCache(options)] : []),
    () => restoreFromActionsCache(installation),
    () => downloadRelease(installation),
    ...(options.sha256 === undefined ? [() => compile(installation)] : []),
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
  if (probe.clientVersion !== probe.binaries.version)
    return `PATH (buildkitd is ${probe.binaries.version}, but buildctl ${probe.clientVersion})`;
  const decision = decideCompatibility(probe.binaries.version, version, exact);
  if (!decision.compatible) return `PATH (${buildkitd} ${decision.reason})`;
  return { ...probe.binaries, source: 'path' };
}

async function downloadRelease({ options, release, wrongKey }: Installation): Promise<LinkResult> {
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
  await saveArchive('release', store, wrongKey);
  return { ...found, source: 'release' };
}

async function compile({ options, wrongKey }: Installation): Promise<LinkResult> {
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
  if (store !== undefined) await saveArchive('go', store, wrongKey);
  return { ...found, source: 'go' };
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
