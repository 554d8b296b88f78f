import { stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../errors.ts';
import type { ChildEnvironment } from '../../process/command.ts';
import { type BuildkitBinaries, probeBuildkit } from './binaries.ts';
import { findAgeObstacle, oldestBuildkit } from './version.ts';

const allowed =
  'allowed is a directory with the executables buildkitd and buildctl, or the path of such a buildkitd';

/** The BuildKit that the `buildkit-path` input names. Throws InputError when it is none. */
export async function useGivenBuildkit(given: string, env: ChildEnvironment): Promise<BuildkitBinaries> {
  const directory = await toDirectory(path.resolve(given), given);
  const probe = await probeBuildkit(
    { buildkitd: path.join(directory, 'buildkitd'), buildctl: path.join(directory, 'buildctl') },
    env,
  );
  if (probe.kind === 'unusable') refuse(given, probe.reason);
  const tooOld = findAgeObstacle({ name: 'BuildKit', oldest: oldestBuildkit }, probe.binaries.version);
  if (tooOld !== undefined) refuse(given, `${probe.binaries.buildkitd}: ${tooOld}`);
  return probe.binaries;
}

async function toDirectory(file: string, given: string): Promise<string> {
  try {
    if ((await stat(file)).isDirectory()) return file;
  } catch (error) {
    refuse(given, 'it does not exist', error);
  }
  if (!['buildkitd', 'buildctl'].includes(path.basename(file))) {
    refuse(given, 'it is a file of another name than buildkitd');
  }
  return path.dirname(file);
}

function refuse(given: string, why: string, cause?: unknown): never {
  throw new InputError(
    'buildkit-path',
    `input "buildkit-path": ${JSON.stringify(given)} cannot be used: ${why}; ${allowed}`,
    cause === undefined ? {} : { cause },
  );
}
