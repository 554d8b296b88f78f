import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { listProcesses } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';
import { SmallDisk } from '../helpers/small-disk.ts';

const layer = `FROM scratch
COPY rootfs/ /
RUN dd if=/dev/urandom of=/large bs=1048576 count=150
`;

describe('RUNNER_TEMP on a full disk', () => {
  const cleanUps: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function build(
    options: string,
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly main: StepResult; readonly post: StepResult | undefined; readonly disk: SmallDisk }> {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const job = await Job.start({ env: await cache.env(rights.main) });
    cleanUps.push(() => job.remove());
    const disk = SmallDisk.mount(options);
    cleanUps.push(async () => disk.unmount());
    await writeContext(job.workspace, { dockerfile: layer });
    const env = { RUNNER_TEMP: disk.directory };
    const main = await job.runMain({ scope: 'app', 'buildkit-path': buildkitDirectory(), ...inputs }, env);
    const [post] = await job.runPosts(env);
    const { directory } = disk;
    expect({ log: post?.log, exitCode: post?.exitCode }).toEqual({ log: post?.log, exitCode: 0 });
    expect(existsSync(path.join(directory, 'hotlayer'))).toBe(false);
    expect(listProcesses().filter(({ cmdline }) => cmdline.includes(directory))).toEqual([]);
    const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
    expect(mounts.filter((line) => line.includes(`${directory}/`))).toEqual([]);
    expect(readdirSync(directory).filter((name) => name.startsWith('hotlayer'))).toEqual([]);
    return { main, post, disk };
  }

  /** Green, or red for a reason that BuildKit gives and a file system that is named. */
  function expectExplained({ exitCode, log }: StepResult, disk: SmallDisk): void {
    expect(log).not.toMatch(/Internal error|Please report/);
    expect({ log, exitCode }).toEqual({ log, exitCode: exitCode === 0 ? 0 : 1 });
    // What else could not be written (the record of the job), or be started for it, has a warning of its own.
    const told = (log.match(/^::(?:error|warning).*$/gm) ?? []).filter(
      (line) => !/job\.json|The gateway to the cache is not there/.test(line),
    );
    expect(told.length).toBeLessThanOrEqual(1);
    for (const sentence of told) {
      expect(sentence).toMatch(/no space left on device|disk of the runner is full/i);
      expect(sentence).toContain(`The file system at ${disk.directory} (tmpfs, `);
      expect(sentence).toContain('Free space there');
    }
    if (exitCode === 1)
      expect(told).toEqual([
        expect.stringMatching(/^::error::(?:The build failed|No space is left for the build)/),
      ]);
  }

  it.each([120, 200, 260, 400])('of %i MB costs the export at most', async (sizeMb) => {
    const { main, disk } = await build(`size=${sizeMb}m`);
    expectExplained(main, disk);
    // The layer fits, with BuildKit's own files beside it.
    if (sizeMb >= 200)
      expect({ log: main.log, exitCode: main.exitCode }).toEqual({ log: main.log, exitCode: 0 });
  });

  it.each([30, 50, 100, 200, 800])('of %i inodes is explained', async (inodes) => {
    const { main, disk } = await build(`size=600m,nr_inodes=${inodes}`);
    expectExplained(main, disk);
  });
});
