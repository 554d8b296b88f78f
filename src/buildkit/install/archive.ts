import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { getExecOutput } from '@actions/exec';
import { ToolError, toMessage } from '../../errors.ts';
import type { ChildEnvironment } from '../../process/command.ts';

/** Unpacks a BuildKit archive (its programs lie in `bin/`) into a new directory below `parent`, and answers it. */
export async function unpackArchive(archive: string, parent: string, env: ChildEnvironment): Promise<string> {
  await mkdir(parent, { recursive: true });
  const target = await mkdtemp(path.join(parent, 'hotlayer-buildkit-'));
  try {
    await runTar(['-x', '-z', '-f', archive, '-C', target, '--no-same-owner'], `unpack ${archive}`, env);
    return target;
  } catch (error) {
    await rm(target, { recursive: true, force: true });
    throw error;
  }
}

/** Packs the `bin/` of a directory as a release archive does. */
export async function packArchive(directory: string, archive: string, env: ChildEnvironment): Promise<void> {
  await mkdir(path.dirname(archive), { recursive: true });
  await runTar(['-c', '-z', '-f', archive, '-C', directory, 'bin'], `pack ${directory}`, env);
}

async function runTar(args: readonly string[], purpose: string, env: ChildEnvironment): Promise<void> {
  const passed = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const options = { env: Object.fromEntries(passed), silent: true, ignoreReturnCode: true };
  let outcome: string;
  try {
    const { exitCode, stderr } = await getExecOutput('tar', [...args], options);
    if (exitCode === 0) return;
    outcome = `tar ended with exit code ${exitCode}: ${stderr.trim()}`;
  } catch (error) {
    outcome = toMessage(error);
  }
  throw new ToolError('archive', `Cannot ${purpose}: ${outcome}. tar and gzip must be on PATH.`);
}
