import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toJobPrefix } from '../../src/buildkit/daemon/names.ts';
import { isRecord } from '../../src/json.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers, listProcesses } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';
import { runAsRoot } from '../helpers/small-disk.ts';

/** As a cancelled neighbour's clean-up does it: what is busy stays, the rest goes. */
function remove(...files: readonly string[]): void {
  // A mount point cannot be removed while it is one; rm goes on beside it, and says so.
  runAsRoot(['sh', '-c', 'rm -rf -- "$@" || true', 'sh', ...files]);
}

const inTemp = (job: Job, ...names: readonly string[]) => path.join(job.temp, 'hotlayer', ...names);

/** The state directory of the daemon that is on record. */
function findState(job: Job): string {
  const record: unknown = JSON.parse(readFileSync(inTemp(job, 'job.json'), 'utf8'));
  const daemon = isRecord(record) && isRecord(record['daemon']) ? record['daemon'] : {};
  return String(daemon['stateDirectory']);
}

/** What goes, by a name. */
const deletions: Readonly<Record<string, (job: Job) => void>> = {
  'all of RUNNER_TEMP': (job) => {
    const names = readdirSync(job.temp).filter(
      (name) => !/^(?:output|state|env|path|summary|event)/.test(name),
    );
    remove(...names.map((name) => path.join(job.temp, name)));
  },
  'the record': (job) => remove(inTemp(job, 'job.json')),
  'the socket': (job) => remove(path.join(findState(job), 'buildkitd.sock')),
  'the root of the daemon': (job) => remove(path.join(findState(job), 'root')),
  'the state of the daemon': (job) => remove(findState(job)),
  'the files of the gateway': (job) => remove(inTemp(job, 'gateway')),
  'the logs': (job) => remove(inTemp(job, 'gateway.log'), inTemp(job, 'buildkitd.log')),
};

const countDaemons = (job: Job) =>
  listProcesses().filter(({ cmdline }) => {
    const [program = '', ...words] = cmdline.split('\0');
    return program.endsWith('buildkitd') && words.some((word) => word.startsWith(inTemp(job)));
  }).length;

/** Cgroups of this job. */
function listCgroups(job: Job): readonly string[] {
  const prefix = toJobPrefix(path.join(realpathSync(job.temp), 'hotlayer'));
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.includes(' - cgroup'))
    .map((line) => line.split(' ')[4] ?? '')
    .flatMap((root) => readdirSync(root).map((name) => path.join(root, name)))
    .filter((file) => path.basename(file).startsWith(prefix));
}

describe('RUNNER_TEMP is emptied under a running job', () => {
  const cleanUps: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function startJob(): Promise<Job> {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const job = await Job.start({ env: await cache.env(rights.main) });
    cleanUps.push(() => job.remove());
    for (const name of ['one', 'two']) {
      const files = { message: name };
      await writeContext(path.join(job.workspace, name), { dockerfile: toDockerfile(name), files });
    }
    return job;
  }

  const toInputs = (name: string) => ({ context: name, scope: name, 'buildkit-path': buildkitDirectory() });

  async function expectNothingLeft(job: Job): Promise<void> {
    const posts = await job.runPosts();
    const logs = posts.map(({ log }) => log);
    expect({ logs, codes: posts.map(({ exitCode }) => exitCode) }).toEqual({
      logs,
      codes: posts.map(() => 0),
    });
    expect({ logs, left: findLeftovers(job.directory) }).toEqual({ logs, left: [] });
    expect(listCgroups(job)).toEqual([]);
  }

  it.each(Object.keys(deletions))('%s goes between two steps', async (name) => {
    const job = await startJob();
    expect((await job.runMain(toInputs('one'))).exitCode).toBe(0);
    deletions[name]?.(job);
    const second = await job.runMain(toInputs('two'));
    expect({ log: second.log, exitCode: second.exitCode }).toEqual({ log: second.log, exitCode: 0 });
    expect(countDaemons(job)).toBe(1);
    // What is looked for afterwards is there before.
    expect(listCgroups(job)).not.toEqual([]);
    await expectNothingLeft(job);
  });

  it.each(['all of RUNNER_TEMP', 'the record', 'the state of the daemon'])(
    '%s goes before the posts',
    async (name) => {
      const job = await startJob();
      expect((await job.runMain(toInputs('one'))).exitCode).toBe(0);
      expect((await job.runMain(toInputs('two'))).exitCode).toBe(0);
      deletions[name]?.(job);
      await expectNothingLeft(job);
    },
  );

  it.each(['all of RUNNER_TEMP', 'the record', 'the root of the daemon'])(
    '%s goes during a build',
    async (name) => {
      const job = await startJob();
      await writeContext(path.join(job.workspace, 'slow'), {
        dockerfile: 'FROM scratch\nCOPY rootfs/ /\nRUN echo step-is-running && sleep 600\n',
      });
      const step = await job.startMain(toInputs('slow'));
      await step.waitFor('| step-is-running');
      deletions[name]?.(job);
      step.kill('SIGKILL');
      await step.result;
      await expectNothingLeft(job);
    },
  );

  it('and a job of another runner on the machine goes on', async () => {
    const other = await startJob();
    expect((await other.runMain(toInputs('one'))).exitCode).toBe(0);
    const job = await startJob();
    expect((await job.runMain(toInputs('one'))).exitCode).toBe(0);
    deletions['all of RUNNER_TEMP']?.(job);
    await job.runPosts();
    expect(findLeftovers(job.directory)).toEqual([]);
    expect(countDaemons(other)).toBe(1);
    const second = await other.runMain(toInputs('two'));
    expect(second.exitCode).toBe(0);
    expect(second.log).toContain('of an earlier step');
    await other.runPosts();
    expect(findLeftovers(other.directory)).toEqual([]);
  });

  it('where the path of RUNNER_TEMP is too long for a socket', async () => {
    const long = mkdtempSync(path.join(tmpdir(), `hotlayer-${'x'.repeat(100)}-`));
    cleanUps.push(async () => rmSync(long, { recursive: true, force: true }));
    const job = await startJob();
    const env = { RUNNER_TEMP: long };
    expect((await job.runMain(toInputs('one'), env)).exitCode).toBe(0);
    remove(path.join(long, 'hotlayer'));
    const sockets = readdirSync(tmpdir()).filter((name) => /^hotlayer-[0-9a-f]{12}-/.test(name));
    const posts = await job.runPosts(env);
    expect(posts.map(({ exitCode }) => exitCode)).toEqual([0]);
    expect(listProcesses().filter(({ cmdline }) => cmdline.includes(long))).toEqual([]);
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(long);
    const left = readdirSync(tmpdir()).filter((name) => sockets.includes(name));
    expect(left.length).toBeLessThan(sockets.length);
  });
});
