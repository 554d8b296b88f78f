import { chmod, copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findOnPath } from '../../src/process/search-path.ts';
import { registerRiscv64 } from '../helpers/binfmt.ts';
import { toForeignProgram } from '../helpers/foreign-program.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

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
    const emulator = await findEmulator('qemu-aarch64-static');
    const bin = path.join(job.directory, 'bin');
    await mkdir(bin);
    for (const name of ['buildkitd', 'buildctl'])
      await symlink(path.join(buildkitDirectory(), name), path.join(bin, name));
    await copyFile(emulator, path.join(bin, 'buildkit-qemu-aarch64'));
    await chmod(path.join(bin, 'buildkit-qemu-aarch64'), 0o755);
    await writePrograms('arm64');
    const result = await run(hello, { 'buildkit-path': bin, platforms: 'linux/amd64,linux/arm64' });
    expectGreetings(result, 'arm64');
  });

  it('are built beside the own one with an emulator that the kernel knows', async () => {
    if (process.arch !== 'x64') return;
    const registration = registerRiscv64(await findEmulator('qemu-riscv64-static'));
    if (registration.kind === 'refused') {
      console.warn(`Not run, since this kernel takes no emulator: ${registration.reason}`);
      return;
    }
    try {
      await writePrograms('riscv64');
      expectGreetings(await run(hello, { platforms: 'linux/amd64,linux/riscv64' }), 'riscv64');
      const other = await run(hello, { platforms: 'linux/loong64' });
      expect(other.exitCode).toBe(1);
      expect(other.log).toMatch(/^::error.*"linux\/loong64" is foreign.* allowed are .*linux\/riscv64/m);
    } finally {
      registration.undo();
    }
  });

  const hello = 'FROM scratch\nARG TARGETARCH\nCOPY hello-$TARGETARCH /hello\nRUN ["/hello"]\n';

  async function findEmulator(name: string): Promise<string> {
    const emulator = await findOnPath(name, process.env['PATH'] ?? '');
    if (emulator === undefined) throw new Error(`PATH has no ${name}: run the tests with \`npm test\`.`);
    return emulator;
  }

  /** What `hello` copies, for the own platform and another. */
  async function writePrograms(other: 'arm64' | 'riscv64'): Promise<void> {
    for (const architecture of ['amd64', other] as const) {
      const file = path.join(job.workspace, `hello-${architecture}`);
      await writeFile(file, toForeignProgram(architecture, `hello from ${architecture}\n`));
      await chmod(file, 0o755);
    }
  }

  function expectGreetings({ log, exitCode }: StepResult, other: string): void {
    expect({ log, exitCode }).toEqual({ log, exitCode: 0 });
    for (const architecture of ['amd64', other]) expect(log).toContain(`hello from ${architecture}`);
  }
});
