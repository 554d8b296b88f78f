import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { buildkit } from '../src/buildkit/install/buildkit.ts';
import { compileProduct } from '../src/buildkit/install/source.ts';
import { findProgram } from './find-program.ts';

/** The newest patch of the oldest release that Hotlayer works with. */
export const oldBuildkitVersion = 'v0.10.6';

/**
 * The directory of buildkitd and buildctl of an old BuildKit, compiled once: GitHub publishes no digest of a release of its
 * time. Throws one sentence.
 */
export async function getOldBuildkit(directory: string, log: (line: string) => void): Promise<string> {
  const target = path.join(directory, 'buildkit-old', oldBuildkitVersion);
  const bin = path.join(target, 'bin');
  if (existsSync(path.join(bin, 'buildkitd')) && existsSync(path.join(bin, 'buildctl'))) return bin;
  if ((await findProgram('go')) === undefined)
    throw new Error(`BuildKit ${oldBuildkitVersion}: install Go 1.21 or newer, then run this again.`);
  log(`Compiling BuildKit ${oldBuildkitVersion} from its Go module …`);
  const started = performance.now();
  const built = await compileProduct(buildkit, oldBuildkitVersion, directory, process.env, undefined);
  if (built.kind === 'failed') throw new Error(`BuildKit ${oldBuildkitVersion}: ${built.reason}`);
  mkdirSync(path.dirname(target), { recursive: true });
  rmSync(target, { recursive: true, force: true });
  renameSync(built.directory, target);
  log(`  BuildKit ${oldBuildkitVersion} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return bin;
}
