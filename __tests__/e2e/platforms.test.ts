import { chmod, copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findOnPath } from '../../src/process/search-path.ts';
import { toForeignProgram } from '../helpers/foreign-program.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';

const foreign = process.arch === 'arm64' ? 'linux/riscv64' : 'linux/arm64';

describe('platforms that are not the runner’s', () => {
  let job: Job;
  beforeEach(async () => {
    job = await Job.start();
  });
  afterEach(async () => {
    await job.runPosts();
    expect(findLeftovers(job.directory)).toEqual([]);
    await job.remove();
  });

  const run = async (dockerfile: string, inputs: Readonly<Record<string, string>> = {}) => {
    await writeFile(path.join(job.workspace, 'Dockerfile'), dockerfile);
    return job.runMain({
      'buildkit-path': buildkitDirectory(),
      outputs: 'type=oci,dest=image.tar',
      ...inputs,
    });
  };

  it('need no emulator for an image without steps, beside the own one', async () => {
    const own = process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64';
    const result = await run('FROM scratch\nCOPY Dockerfile /\n', { platforms: `${own},${foreign}` });
    expect({ log: result.log, exitCode: result.exitCode }).toEqual({ log: result.log, exitCode: 0 });
  });

  it('are refused before the build where a step would run on them', async () => {
    const result = await run('FROM scratch\nCOPY Dockerfile /\nRUN ["/hello"]\n', { platforms: foreign });
    expect(result.exitCode).toBe(1);
    const error = /^::error.*$/m.exec(result.log)?.[0] ?? '';
    for (const part of ['"platforms"', foreign, 'line 3', 'docker/setup-qemu-action', 'native runner'])
      expect(error).toContain(part);
    expect(result.log).not.toContain('load build definition');
  });

  it('are built beside the own one with the emulator that BuildKit’s releases have', async () => {
    if (process.arch !== 'x64') return;
    const emulator = await findOnPath('qemu-aarch64-static', process.env['PATH'] ?? '');
    if (emulator === undefined)
      throw new Error('PATH has no qemu-aarch64-static: run the tests with `npm test`.');
    const bin = path.join(job.directory, 'bin');
    await mkdir(bin);
    for (const name of ['buildkitd', 'buildctl'])
      await symlink(path.join(buildkitDirectory(), name), path.join(bin, name));
    await copyFile(emulator, path.join(bin, 'buildkit-qemu-aarch64'));
    await chmod(path.join(bin, 'buildkit-qemu-aarch64'), 0o755);
    for (const architecture of ['amd64', 'arm64'] as const) {
      const file = path.join(job.workspace, `hello-${architecture}`);
      await writeFile(file, toForeignProgram(architecture, `hello from ${architecture}\n`));
      await chmod(file, 0o755);
    }
    const result = await run(
      'FROM scratch\nARG TARGETARCH\nCOPY hello-$TARGETARCH /hello\nRUN ["/hello"]\n',
      {
        'buildkit-path': bin,
        platforms: 'linux/amd64,linux/arm64',
      },
    );
    expect({ log: result.log, exitCode: result.exitCode }).toEqual({ log: result.log, exitCode: 0 });
    expect(result.log).toContain('hello from amd64');
    expect(result.log).toContain('hello from arm64');
  });
});
