import path from 'node:path';
import { defaultBuildkitVersion } from '../../inputs/single-values.ts';
import type { ChildEnvironment } from '../../process/command.ts';
import { findOnPath } from '../../process/search-path.ts';
import { type BuildkitBinaries, probeBuildkit } from './binaries.ts';
import { useGivenBuildkit } from './given.ts';
import type { Installed, Product, WantedVersion } from './product.ts';
import { decideCompatibility, oldestBuildkit } from './version.ts';

/** The daemon, and the client that asks it what builds do not: is it ready, what does it keep. */
export const buildkit: Product<BuildkitBinaries> = {
  name: 'BuildKit',
  id: 'buildkit',
  repository: 'moby/buildkit',
  example: defaultBuildkitVersion,
  oldest: oldestBuildkit,
  packaging: 'tar.gz',
  checksums: undefined,
  toAsset: (version, platform) => `buildkit-${version}.${platform}.tar.gz`,
  source: {
    packages: ['./cmd/buildctl', './cmd/buildkitd'],
    versionVariable: 'github.com/moby/buildkit/version.Version',
    duration: 'about two minutes',
  },
  alternative: 'put buildkitd, buildctl and runc on PATH or name their directory in "buildkit-path"',
  useGiven: useGivenBuildkit,
  findOnMachine: findBuildkitInPath,
  probe: probeBin,
};

async function findBuildkitInPath(
  { version, exact }: WantedVersion,
  env: ChildEnvironment,
): Promise<Installed<BuildkitBinaries> | string> {
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

async function probeBin(
  bin: string,
  version: string,
  env: ChildEnvironment,
): Promise<BuildkitBinaries | string> {
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
