import { stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../errors.ts';
import { defaultBuildxVersion } from '../../inputs/single-values.ts';
import type { ChildEnvironment } from '../../process/command.ts';
import { findOnPath, isExecutable } from '../../process/search-path.ts';
import { askProgram } from './binaries.ts';
import type { Installed, Product, WantedVersion } from './product.ts';
import { decideCompatibility, findAgeObstacle, oldestBuildx } from './version.ts';

/** The client of all builds. */
export interface BuildxBinary {
  readonly directory: string;
  /** Its absolute path. */
  readonly buildx: string;
  /** As it says itself, for example `v0.37.2`. */
  readonly version: string;
}

export const buildx: Product<BuildxBinary> = {
  name: 'buildx',
  id: 'buildx',
  repository: 'docker/buildx',
  example: defaultBuildxVersion,
  oldest: oldestBuildx,
  packaging: 'program',
  checksums: 'checksums.txt',
  toAsset: (version, platform) => `buildx-${version}.${platform}`,
  source: {
    packages: ['./cmd/buildx'],
    versionVariable: 'github.com/docker/buildx/version.Version',
    duration: 'about a minute',
  },
  alternative: 'put buildx on PATH or name its file in "buildx-path"',
  useGiven: useGivenBuildx,
  findOnMachine: findBuildx,
  probe: probeBin,
};

const programs = ['buildx', 'docker-buildx'] as const;
const allowed = 'allowed is the path of an executable buildx (docker-buildx), or a directory with it';

async function useGivenBuildx(given: string, env: ChildEnvironment): Promise<BuildxBinary> {
  const file = await toProgram(path.resolve(given), given);
  const found = await probeFile(file, env);
  if (typeof found === 'string') refuse(given, found);
  const tooOld = findAgeObstacle(buildx, found.version);
  if (tooOld !== undefined) refuse(given, `${file}: ${tooOld}`);
  return found;
}

async function toProgram(file: string, given: string): Promise<string> {
  try {
    if (!(await stat(file)).isDirectory()) return file;
  } catch (error) {
    refuse(given, 'it does not exist', error);
  }
  return (await findIn(file, programs)) ?? refuse(given, 'it has no executable buildx');
}

function refuse(given: string, why: string, cause?: unknown): never {
  throw new InputError(
    'buildx-path',
    `input "buildx-path": ${JSON.stringify(given)} cannot be used: ${why}; ${allowed}`,
    cause === undefined ? {} : { cause },
  );
}

/** All places are looked through: the image of a runner often has an old plug-in before a newer one. */
async function findBuildx(
  { version, exact }: WantedVersion,
  env: ChildEnvironment,
): Promise<Installed<BuildxBinary> | string> {
  const reasons: string[] = [];
  for (const { file, source } of await listPlaces(env)) {
    const found = await probeFile(file, env);
    if (typeof found === 'string') {
      reasons.push(found);
      continue;
    }
    const decision = decideCompatibility(found.version, version, exact, oldestBuildx);
    if (decision.compatible) return { ...found, source };
    reasons.push(`${file} ${decision.reason}`);
  }
  const why = reasons.length === 0 ? 'no buildx there' : reasons.join(', ');
  return `PATH and Docker's plug-in folders (${why})`;
}

interface Place {
  readonly file: string;
  readonly source: 'path' | 'docker-plugin';
}

async function listPlaces(env: ChildEnvironment): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const name of programs) {
    const file = await findOnPath(name, env['PATH'] ?? '');
    if (file !== undefined) places.push({ file, source: 'path' });
  }
  for (const folder of listPluginFolders(env)) {
    const file = await findIn(folder, ['docker-buildx']);
    if (file !== undefined) places.push({ file, source: 'docker-plugin' });
  }
  return places;
}

/** As docker/cli has them (cli-plugins/manager), the user's own first. */
function listPluginFolders(env: ChildEnvironment): readonly string[] {
  const { DOCKER_CONFIG: config, HOME: home } = env;
  const own = [
    ...(config === undefined || config === '' ? [] : [path.resolve(config)]),
    ...(home === undefined || home === '' ? [] : [path.join(home, '.docker')]),
  ];
  return [
    ...new Set(own.map((folder) => path.join(folder, 'cli-plugins'))),
    '/usr/local/lib/docker/cli-plugins',
    '/usr/local/libexec/docker/cli-plugins',
    '/usr/lib/docker/cli-plugins',
    '/usr/libexec/docker/cli-plugins',
  ];
}

async function findIn(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const file = path.join(folder, name);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

async function probeBin(bin: string, version: string, env: ChildEnvironment): Promise<BuildxBinary | string> {
  const found = await probeFile(path.join(bin, 'buildx'), env);
  if (typeof found === 'string') return found;
  const decision = decideCompatibility(found.version, version, true);
  return decision.compatible ? found : `buildx there ${decision.reason}`;
}

async function probeFile(file: string, env: ChildEnvironment): Promise<BuildxBinary | string> {
  // Docker sets it for its plug-ins, which then wait for Docker's own way of calling them.
  const { DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: _, ...standalone } = env;
  const answer = await askProgram(file, 'version', standalone);
  if (answer.reason !== undefined) return answer.reason;
  const version = parseBuildxVersion(answer.text);
  if (version === undefined) return `${file} is not buildx`;
  return { directory: path.dirname(file), buildx: file, version };
}

/** What `buildx version` prints, for example `github.com/docker/buildx v0.37.2 1a2b3c`. */
function parseBuildxVersion(text: string): string | undefined {
  return /^\S*\/buildx (\S+)/m.exec(text)?.[1];
}
