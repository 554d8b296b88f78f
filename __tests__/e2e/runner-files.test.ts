import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';
import { SmallDisk } from '../helpers/small-disk.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Ways in which a file of the runner cannot be written; each answers the path. */
const faults: Readonly<Record<string, (directory: string) => Promise<string>>> = {
  'a directory': async (directory) => {
    await mkdir(path.join(directory, 'bad'));
    return path.join(directory, 'bad');
  },
  'a link to nowhere': async (directory) => {
    await symlink(path.join(directory, 'no', 'where'), path.join(directory, 'bad'));
    return path.join(directory, 'bad');
  },
  'a pipe that nobody reads': async (directory) => {
    execFileSync('mkfifo', [path.join(directory, 'bad')]);
    return path.join(directory, 'bad');
  },
  'on a full disk': async () => {
    const disk = SmallDisk.mount('size=8k');
    cleanUps.push(() => disk.unmount());
    const file = path.join(disk.directory, 'bad');
    await writeFile(file, '');
    await writeFile(path.join(disk.directory, 'filler'), Buffer.alloc(4096));
    await writeFile(path.join(disk.directory, 'more'), Buffer.alloc(4096)).catch(() => undefined);
    return file;
  },
};
const files = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV', 'GITHUB_PATH'];
/** Nothing is ever written there. */
const unused = new Set(['GITHUB_ENV', 'GITHUB_PATH']);
const cases = files.flatMap((file) =>
  (unused.has(file) ? ['a directory'] : Object.keys(faults)).map((fault) => [file, fault] as const),
);

describe('a file of the runner that cannot be written turns no build red, and nothing is left', () => {
  it.each(cases)('%s is %s', async (file, fault) => {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const job = await Job.start({ env: await cache.env(rights.main) });
    cleanUps.push(() => job.remove());
    const place = path.join(job.directory, 'faulty');
    await mkdir(place);
    const bad = (await faults[fault]?.(place)) ?? '';
    await writeContext(job.workspace, {
      dockerfile: 'FROM scratch\nCOPY message /\n',
      files: { message: 'hello' },
    });
    const inputs = { 'buildkit-path': buildkitDirectory(), scope: 'app', outputs: 'type=oci,dest=image.tar' };
    const main = await job.runMain(inputs, { [file]: bad });
    expect({ exitCode: main.exitCode, log: main.log }).toMatchObject({ exitCode: 0 });
    const index = execFileSync('tar', ['-xOf', path.join(job.workspace, 'image.tar'), 'index.json'], {
      encoding: 'utf8',
    });
    expect(index).toContain('"manifests"');
    const told = main.log.match(/^::warning.*$/gm) ?? [];
    expect(told).toEqual(unused.has(file) ? [] : [expect.stringContaining(file)]);

    const [post] = await job.runPosts(file === 'GITHUB_STATE' ? {} : { [file]: bad });
    expect({ exitCode: post?.exitCode, log: post?.log }).toMatchObject({ exitCode: 0 });
    expect(post?.log).not.toContain('::error');
    const toldByPost = post?.log.match(/^::warning.*$/gm) ?? [];
    const isWrittenByPost = file === 'GITHUB_STEP_SUMMARY';
    expect(toldByPost).toEqual(isWrittenByPost ? [expect.stringContaining('summary')] : []);
    await rm(place, { recursive: true, force: true });
    expect(findLeftovers(job.directory)).toEqual([]);
  });
});
