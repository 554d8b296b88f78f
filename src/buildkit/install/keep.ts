import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as toolCache from '@actions/tool-cache';
import { toMessage } from '../../errors.ts';
import { type BuildkitBinaries, probeBuildkit } from './binaries.ts';
import { type InstallOptions, type LinkResult, warn } from './options.ts';
import { decideCompatibility } from './version.ts';

const toolName = 'hotlayer-buildkit';

/**
 * Checks what was unpacked or built, and moves it to the tool cache for the next job where there is one. A string says why
 * it is of no use; it is gone then.
 */
export async function keep(options: InstallOptions, directory: string): Promise<BuildkitBinaries | string> {
  const probe = await probeDirectory(directory, options);
  if (typeof probe === 'string') await rm(directory, { recursive: true, force: true });
  if (typeof probe === 'string' || options.toolCacheDirectory === undefined) return probe;
  try {
    const kept = await toolCache.cacheDir(directory, toolName, options.version.slice(1));
    const moved = await probeDirectory(kept, options);
    if (typeof moved === 'string') throw new Error(moved);
    await rm(directory, { recursive: true, force: true });
    return moved;
  } catch (error) {
    options.log(`BuildKit was not kept in the tool cache: ${toMessage(error)}`);
    return probe;
  }
}

export async function findInToolCache(options: InstallOptions): Promise<LinkResult> {
  const { version, toolCacheDirectory } = options;
  if (toolCacheDirectory === undefined) return 'the tool cache (RUNNER_TOOL_CACHE is not set)';
  const directory = toolCache.find(toolName, version.slice(1));
  if (directory === '') return 'the tool cache (not there)';
  const found = await probeDirectory(directory, options);
  if (typeof found !== 'string') return { ...found, source: 'tool-cache' };
  warn(options, `BuildKit in the tool cache (${directory}) is not used: ${found}. It will be replaced.`);
  return `the tool cache (${found})`;
}

/** The programs in `bin/`, or why they are not BuildKit of the version that is wanted. */
export async function probeDirectory(
  directory: string,
  { env, version }: Pick<InstallOptions, 'env' | 'version'>,
): Promise<BuildkitBinaries | string> {
  const bin = path.join(directory, 'bin');
  const odd = await findOddity(directory, bin);
  if (odd !== undefined) return odd;
  const probe = await probeBuildkit(
    { buildkitd: path.join(bin, 'buildkitd'), buildctl: path.join(bin, 'buildctl') },
    env,
  );
  if (probe.kind === 'unusable') return probe.reason;
  for (const found of [probe.binaries.version, probe.clientVersion]) {
    const decision = decideCompatibility(found, version, true);
    if (!decision.compatible) return `BuildKit there ${decision.reason}`;
  }
  return probe.binaries;
}

/** A release holds programs and nothing else: no links to other places, no programs that run as somebody else. */
async function findOddity(directory: string, bin: string): Promise<string | undefined> {
  try {
    if (!(await lstat(bin)).isDirectory()) return `${bin} is not a directory`;
    for (const name of await readdir(bin)) {
      const file = path.join(bin, name);
      const found = await lstat(file);
      if (!found.isFile()) return `${file} is not a file`;
      if ((found.mode & 0o6000) !== 0) return `${file} would run as another user`;
    }
    return undefined;
  } catch (error) {
    return `${directory} cannot be read (${toMessage(error)})`;
  }
}
