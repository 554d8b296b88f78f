import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toDaemonPlaces } from '../../../src/buildkit/daemon/names.ts';
import { readProcess } from '../../../src/process/identity.ts';
import { findLeftovers } from '../../helpers/leftovers.ts';
import { Job, type StepResult } from '../../helpers/runner.ts';
import { runAsRoot } from '../../helpers/small-disk.ts';

const id = '0123456789ab';

/** Post, the real bundle, with a state and a record that somebody else wrote. */
describe('planted state', () => {
  let job: Job;
  /** What must be as it was afterwards. */
  let victim: string;
  let bystander: ChildProcess;
  beforeEach(async () => {
    job = await Job.start({ env: { ACTIONS_RUNTIME_TOKEN: 'x'.repeat(40) } });
    victim = await mkdtemp(path.join(tmpdir(), 'hotlayer-victim-'));
    await writeFile(path.join(victim, 'precious'), 'precious');
    bystander = spawn('sleep', ['1000'], { cwd: victim, stdio: 'ignore' });
  });
  afterEach(async () => {
    bystander.kill('SIGKILL');
    await job.remove();
    await rm(victim, { recursive: true, force: true });
  });

  const directory = () => path.join(realpathSync(job.temp), 'hotlayer');
  const own = () => ({ owns: 'job', 'job-directory': directory(), 'drain-timeout-ms': '0', summary: 'true' });

  async function plant(record: unknown): Promise<void> {
    await mkdir(directory(), { recursive: true, mode: 0o700 });
    const text = typeof record === 'string' ? record : JSON.stringify(record);
    await writeFile(path.join(directory(), 'job.json'), text);
  }

  async function identify() {
    const identity = await readProcess(bystander.pid ?? 0);
    if (identity === undefined) throw new Error('no bystander');
    return { pid: identity.pid, pidStartTime: identity.startTime };
  }

  /** Green, the victim as it was, and no fault of ours told as a bug. */
  function expectHarmless({ exitCode, log }: StepResult): void {
    expect({ exitCode, log }).toEqual({ exitCode: 0, log });
    expect(log).not.toMatch(/Internal error|::error/);
    expect(readFileSync(path.join(victim, 'precious'), 'utf8')).toBe('precious');
    expect([bystander.exitCode, bystander.signalCode]).toEqual([null, null]);
    expect(existsSync(`/proc/${bystander.pid}`)).toBe(true);
  }

  const warnings = ({ log }: StepResult) => log.match(/^::warning.*$/gm) ?? [];

  it.each([
    ['another directory', () => victim],
    ['the directory above', () => path.dirname(directory())],
    ['a directory below', () => path.join(directory(), 'hotlayer')],
    ['a path that climbs', () => `${directory()}/../../${path.basename(victim)}`],
    ['the root', () => '/'],
    ['a relative path', () => 'hotlayer'],
    ['a directory of the right name elsewhere', () => path.join(victim, 'hotlayer')],
  ])('that names %s is refused in one sentence', async (_, name) => {
    await mkdir(path.join(victim, 'hotlayer'));
    await writeFile(path.join(victim, 'hotlayer', 'precious'), '');
    await writeFile(path.join(victim, 'job.json'), JSON.stringify({ daemon: { stateDirectory: victim } }));
    const result = await job.runPostWith({ ...own(), 'job-directory': name() });
    expectHarmless(result);
    expect(existsSync(path.join(victim, 'hotlayer', 'precious'))).toBe(true);
    expect(warnings(result)).toEqual([expect.stringMatching(/names .* is left alone\.$/)]);
  });

  it('that names the directory by a link to RUNNER_TEMP is the same one', async () => {
    await plant({});
    const link = path.join(victim, 'temp');
    await symlink(job.temp, link);
    const result = await job.runPostWith({ ...own(), 'job-directory': path.join(link, 'hotlayer') });
    expectHarmless(result);
    expect(warnings(result)).toEqual([]);
    expect(existsSync(directory())).toBe(false);
  });

  it('leads nowhere where the directory is a link', async () => {
    await symlink(victim, directory());
    await writeFile(path.join(victim, 'job.json'), '{}');
    const result = await job.runPostWith(own());
    expectHarmless(result);
    expect(warnings(result)).toEqual([expect.stringContaining('it is a symbolic link')]);
    expect(existsSync(path.join(victim, 'job.json'))).toBe(true);
  });

  it.each([
    ['belongs to another user', () => chown(directory(), 12_345, 12_345), 'belongs to another user'],
    ['every user may write to', () => chmod(directory(), 0o777), 'every user may write'],
  ])('leads nowhere where the directory is one that %s', async (_, change, told) => {
    await plant({});
    await change();
    const result = await job.runPostWith(own());
    expectHarmless(result);
    expect(warnings(result)).toEqual([expect.stringContaining(told)]);
    expect(existsSync(path.join(directory(), 'job.json'))).toBe(true);
  });

  it('leads nowhere where the directory is a file', async () => {
    await writeFile(directory(), 'a file');
    const result = await job.runPostWith(own());
    expectHarmless(result);
    expect(warnings(result)).toEqual([expect.stringContaining('it is not a directory')]);
  });

  it.each([
    ['a state directory', () => ({ stateDirectory: victim })],
    ['a socket directory', () => ({ socketDirectory: victim })],
    ['a cgroup', () => ({ cgroupParent: '..' })],
    ['a log', () => ({ logFile: path.join(victim, 'precious') })],
    ['a root', () => ({ root: victim })],
  ])('with %s that is not the daemon’s own', async (_, over) => {
    const places = toDaemonPlaces(directory(), id, undefined);
    await plant({ daemon: { ...places, sudo: false, ...(await identify()), ...over() } });
    const result = await job.runPostWith(own());
    expectHarmless(result);
    expect(result.log).not.toContain('precious');
    expect(warnings(result)).toEqual([expect.stringContaining('daemon')]);
    expect(existsSync(directory())).toBe(false);
  });

  it('with the pid and the right start time of a process that is not the daemon', async () => {
    const places = toDaemonPlaces(directory(), id, undefined);
    const { pid, pidStartTime } = await identify();
    await plant({
      daemon: { ...places, sudo: false, pid, pidStartTime },
      gateway: { url: 'http://127.0.0.1:9', pid, nonce: 'a'.repeat(32) },
      client: { pid, startTime: pidStartTime, state: 'S' },
    });
    const result = await job.runPostWith(own());
    expectHarmless(result);
    expect(existsSync(directory())).toBe(false);
  });

  it.each([1, 0, -1, 2 ** 53])('with the pid %s', async (pid) => {
    const places = toDaemonPlaces(directory(), id, undefined);
    await plant({
      daemon: { ...places, sudo: false, pid, pidStartTime: 1 },
      gateway: { url: 'http://127.0.0.1:9', pid, nonce: 'a'.repeat(32) },
      client: { pid, startTime: 1, state: 'S' },
    });
    expectHarmless(await job.runPostWith(own()));
    expect(existsSync(directory())).toBe(false);
  });

  it('sends no proof to an address that is not the gateway’s', async () => {
    const asked: string[] = [];
    const server: Server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { pid } = await identify();
    for (const url of [`http://localhost:${port}`, `http://127.0.0.1:${port}`]) {
      await plant({ gateway: { url, pid, nonce: 'a'.repeat(32) } });
      expectHarmless(await job.runPostWith(own()));
    }
    expect(asked).toEqual([]);
    server.closeAllConnections();
    server.close();
  });

  it('goes through no link and no mount in the directory', async () => {
    const state = path.join(directory(), `buildkit-${id}`);
    await plant({});
    await mkdir(path.join(state, 'mounted'), { recursive: true });
    await symlink(victim, path.join(directory(), 'docker-link'));
    await symlink(victim, path.join(state, 'link'));
    runAsRoot(['mount', '--bind', victim, path.join(state, 'mounted')]);
    const result = await job.runPostWith(own());
    expectHarmless(result);
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it.each([
    ['empty', ''],
    ['torn', '{"daemon":{"pid":77,'],
    ['binary', '\0\u0001\u0002'],
    ['a number', '7'],
    ['null', 'null'],
    ['an array', '[]'],
    ['too large', `{"seen":"${'x'.repeat(2 << 20)}"}`],
  ])('whose record is %s is cleaned up without it', async (_, text) => {
    await plant(text);
    await mkdir(path.join(directory(), 'docker-x'));
    const result = await job.runPostWith(own());
    expectHarmless(result);
    expect(warnings(result)).toEqual([expect.stringContaining('job.json')]);
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it.each([
    ['a pipe', (file: string) => execFileSync('mkfifo', [file])],
    ['a directory', (file: string) => execFileSync('mkdir', [file])],
    ['a link', (file: string) => execFileSync('ln', ['-s', path.join(victim, 'precious'), file])],
  ])('whose record is %s is cleaned up without it', async (_, make) => {
    await mkdir(directory(), { mode: 0o700 });
    make(path.join(directory(), 'job.json'));
    const result = await job.runPostWith(own());
    expectHarmless(result);
    expect(result.log).not.toContain('precious');
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it.each(['NaN', '-1', '99999999999999'])('with the drain timeout %j is cleaned up', async (text) => {
    await plant({});
    expectHarmless(await job.runPostWith({ ...own(), 'drain-timeout-ms': text, summary: text }));
    expect(existsSync(directory())).toBe(false);
  });

  it('that is missing is no reason to leave anything', async () => {
    await plant({});
    expectHarmless(await job.runPostWith({}));
    expect(existsSync(directory())).toBe(false);
  });

  it('cannot be brought to a step that joined: that step says that it owns nothing', async () => {
    await plant({});
    expectHarmless(await job.runPostWith({ owns: 'nothing', 'job-directory': victim }));
    expect(existsSync(directory())).toBe(true);
  });

  it('of another runner on the same machine is left alone', async () => {
    const other = await Job.start();
    try {
      const places = toDaemonPlaces(path.join(realpathSync(other.temp), 'hotlayer'), id, undefined);
      await mkdir(places.stateDirectory, { recursive: true });
      const daemon = spawn('sleep', ['1000'], {
        argv0: 'buildkitd',
        cwd: places.stateDirectory,
        stdio: 'ignore',
      });
      const names = [
        'sh',
        '-c',
        'sleep 1000; :',
        'sh',
        '--config',
        `${places.stateDirectory}/buildkitd.toml`,
      ];
      const shell = spawn(names[0] ?? '', names.slice(1), { stdio: 'ignore', detached: true });
      try {
        await plant({ daemon: { ...places, sudo: false } });
        expectHarmless(await job.runPostWith(own()));
        expect([daemon.exitCode, daemon.signalCode, shell.exitCode, shell.signalCode]).toEqual([
          null,
          null,
          null,
          null,
        ]);
        expect(existsSync(places.stateDirectory)).toBe(true);
        // The post of that runner does end it.
        await other.runPostWith({});
        await new Promise((resolve) =>
          shell.signalCode === null ? shell.once('exit', resolve) : resolve(0),
        );
        expect(existsSync(places.stateDirectory)).toBe(false);
      } finally {
        daemon.kill('SIGKILL');
        // With the sleep below it.
        if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGKILL');
      }
    } finally {
      await other.remove();
    }
  });
});
