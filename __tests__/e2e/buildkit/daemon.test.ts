import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type DaemonOptions, type DaemonRecord, startDaemon } from '../../../src/buildkit/daemon/daemon.ts';
import { decidePrivilege } from '../../../src/buildkit/daemon/privilege.ts';
import { isDaemonAlive, readDaemonLog } from '../../../src/buildkit/daemon/record.ts';
import { stopDaemon } from '../../../src/buildkit/daemon/stop.ts';
import { type BuildkitBinaries, probeBuildkit } from '../../../src/buildkit/install/binaries.ts';
import { writeContext } from '../../helpers/build-context.ts';
import { buildkitDirectory } from '../../helpers/runner.ts';

jest.setTimeout(60_000);

const run = promisify(execFile);
const uid = process.getuid?.() ?? 0;
const env = { PATH: process.env['PATH'], CANARY: 'must not be inherited' };
let directory: string;
let records: DaemonRecord[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-daemon-'));
  records = [];
});

afterEach(async () => {
  for (const record of records) await stopDaemon(record, { env });
  await rm(directory, { recursive: true, force: true });
});

/** The daemon may be another user's: hosted runners start it by sudo. */
async function asRoot(command: string, ...args: string[]): Promise<string> {
  const [file, ...rest] = uid === 0 ? [command, ...args] : ['sudo', '-n', command, ...args];
  return (await run(file ?? '', rest)).stdout;
}

async function findBinaries(): Promise<BuildkitBinaries> {
  const bin = buildkitDirectory();
  const probe = await probeBuildkit(
    { buildkitd: path.join(bin, 'buildkitd'), buildctl: path.join(bin, 'buildctl') },
    env,
  );
  if (probe.kind === 'unusable') throw new Error(probe.reason);
  return probe.binaries;
}

const toInline = (toml: string) => ({ input: 'buildkitd-config-inline', toml }) as const;

async function toOptions(over: Partial<DaemonOptions> = {}): Promise<DaemonOptions> {
  return {
    jobDirectory: directory,
    binaries: await findBinaries(),
    privilege: await decidePrivilege(uid, env),
    owner: { uid, gid: process.getgid?.() ?? 0 },
    debug: false,
    env,
    onRecord: async (record) => {
      // As in production, where it goes through a JSON file.
      records.push(JSON.parse(JSON.stringify(record)));
    },
    ...over,
  };
}

/** What is on this machine of a daemon: processes, mounts, cgroups, sockets and files. */
function findTraces(record: DaemonRecord): readonly string[] {
  const read = (file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return '';
    }
  };
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter(
      (name) =>
        read(`/proc/${name}/cgroup`).includes(record.cgroupParent) ||
        read(`/proc/${name}/cmdline`).includes(record.stateDirectory),
    )
    .map((name) => `process ${name} ${read(`/proc/${name}/cmdline`).replaceAll('\0', ' ')}`);
  const lines = (file: string, text: string): string[] =>
    read(file)
      .split('\n')
      .filter((line) => line.includes(text));
  const cgroups = lines('/proc/self/mountinfo', ' - cgroup')
    .map((line) => path.join(line.split(' ')[4] ?? '', record.cgroupParent))
    .filter((folder) => existsSync(folder));
  return [
    ...processes,
    ...lines('/proc/self/mountinfo', record.stateDirectory),
    ...lines('/proc/net/unix', record.socket),
    ...cgroups,
    ...[record.stateDirectory, record.socket, record.socketDirectory ?? ''].filter((file) =>
      existsSync(file),
    ),
  ];
}

async function listWorkers(record: DaemonRecord): Promise<string> {
  const { stdout } = await run(
    path.join(buildkitDirectory(), 'buildctl'),
    ['--addr', `unix://${record.socket}`, 'debug', 'workers', '--verbose'],
    { env },
  );
  return stdout;
}

/** Starts a build whose only RUN step says that it runs, by way of its argument in /proc, and then sleeps. */
async function startSleepingBuild(record: DaemonRecord): Promise<{ stop: () => void; stepPid: number }> {
  const context = path.join(directory, 'context');
  const seconds = `${1000 + (randomBytes(2).readUInt16BE() % 5000)}.5`;
  await writeContext(context, { dockerfile: `FROM scratch\nCOPY rootfs/ /\nRUN sleep ${seconds}\n` });
  const args = [
    '--frontend',
    'dockerfile.v0',
    '--local',
    `context=${context}`,
    '--local',
    `dockerfile=${context}`,
  ];
  const child = spawn(
    path.join(buildkitDirectory(), 'buildctl'),
    ['--addr', `unix://${record.socket}`, 'build', '--progress', 'plain', ...args],
    { env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const deadline = Date.now() + 60_000;
  for (;;) {
    const stepPid = readdirSync('/proc').find((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8') === `sleep\0${seconds}\0`;
      } catch {
        return false;
      }
    });
    if (stepPid !== undefined) return { stop: () => void child.kill('SIGKILL'), stepPid: Number(stepPid) };
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the step never ran:\n${output}`);
    await delay(50);
  }
}

describe('startDaemon', () => {
  it('answers a daemon that serves calls, with a record that survives JSON', async () => {
    const record = await startDaemon(await toOptions());
    expect(await listWorkers(record)).toContain('Platforms:');
    expect(records.at(-1)).toEqual(record);
    expect(record.pid).toBeGreaterThan(1);
    expect(readFileSync(`/proc/${record.pid}/comm`, 'utf8')).toBe('buildkitd\n');
    expect(await isDaemonAlive(record)).toBe(true);
    expect((await readDaemonLog(record, 3)).length).toBeGreaterThan(0);
  });

  it('gives the daemon nothing of the environment but what it needs', async () => {
    const record = await startDaemon(
      await toOptions({ env: { ...env, HTTPS_PROXY: "http://u:it's@127.0.0.1:9" } }),
    );
    const environ = (await asRoot('cat', `/proc/${record.pid}/environ`)).split('\0');
    expect(environ).toContain("HTTPS_PROXY=http://u:it's@127.0.0.1:9");
    expect(environ).toContain(`TMPDIR=${path.join(record.stateDirectory, 'tmp')}`);
    expect(environ.join('\n')).not.toContain('CANARY');
    expect(readFileSync(`/proc/${record.pid}/cmdline`, 'utf8')).not.toContain("it's");
  });

  it('refuses an unknown key before anything is started', async () => {
    const options = await toOptions({ config: toInline('[worker.oci]\nmax-paralelism = 4\n') });
    await expect(startDaemon(options)).rejects.toThrow(
      /buildkitd-config-inline.*worker\.oci\.max-paralelism.*max-parallelism/,
    );
    expect(records).toEqual([]);
    expect(existsSync(path.join(directory, 'buildkitd.log'))).toBe(false);
  });

  it('shows the end of the log of a daemon that dies early', async () => {
    const options = await toOptions({ config: toInline('[worker.oci]\nsnapshotter = "no-such"\n') });
    const error = await startDaemon(options).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'daemon-start' });
    expect(String(error)).toMatch(/buildkitd ended with exit code 1 before it was ready[\s\S]*no-such/);
    const record = records.at(-1);
    expect(record).toBeDefined();
    if (record === undefined) return;
    expect((await stopDaemon(record, { env })).leftovers).toEqual([]);
    expect(findTraces(record)).toEqual([]);
  });

  it.each([
    [107, 'here'],
    [108, 'elsewhere'],
    [160, 'elsewhere'],
  ])('puts sockets of which the longest would have %d bytes %s', async (bytes, place) => {
    const longest = '/buildkit-0123456789ab/tmp/.buildkit-ssh-sock0123456789/ssh_auth_sock';
    const long = path.join(directory, 'x'.repeat(bytes - longest.length - directory.length - 1));
    await mkdir(long);
    const record = await startDaemon(await toOptions({ jobDirectory: long }));
    expect(record.socket.startsWith(long)).toBe(place === 'here');
    expect(record.socketDirectory === undefined).toBe(place === 'here');
    expect(await listWorkers(record)).toContain('Platforms:');
    expect((await stopDaemon(record, { env })).ended).toBe('SIGTERM');
    expect(findTraces(record)).toEqual([]);
  });

  it('can be cleaned up after a cancellation at any moment', async () => {
    const cancelled = new AbortController();
    const options = await toOptions();
    const start = startDaemon({
      ...options,
      signal: cancelled.signal,
      onRecord: async (record) => {
        await options.onRecord(record);
        if (record.pid !== undefined) cancelled.abort();
      },
    });
    await expect(start).rejects.toThrow(/abort/i);
    const [planned] = records;
    if (planned === undefined) throw new Error('no record before the start');
    // Post may know the first record only, the one without a pid.
    expect(planned.pid).toBeUndefined();
    const report = await stopDaemon(planned, { env });
    expect(report).toMatchObject({ leftovers: [] });
    expect(report.ended).not.toBe('was-not-running');
    expect(findTraces(planned)).toEqual([]);
  });
});

describe('stopDaemon', () => {
  it('stops the daemon and leaves nothing but its log; a second call finds nothing to do', async () => {
    const record = await startDaemon(await toOptions());
    const report = await stopDaemon(record, { env });
    expect(report).toMatchObject({ ended: 'SIGTERM', leftovers: [] });
    expect(findTraces(record)).toEqual([]);
    expect(readdirSync(directory)).toEqual(['buildkitd.log']);
    expect(await isDaemonAlive(record)).toBe(false);
    expect(await stopDaemon(record, { env })).toEqual({
      ended: 'was-not-running',
      orphans: [],
      unmounted: [],
      leftovers: [],
    });
  });

  it('stops a daemon in the middle of a RUN step', async () => {
    const record = await startDaemon(await toOptions());
    const build = await startSleepingBuild(record);
    try {
      // The client stays: the daemon would wait for it.
      const report = await stopDaemon(record, { env, termTimeoutMs: 1_000 });
      expect(report.leftovers).toEqual([]);
      expect(existsSync(`/proc/${build.stepPid}`)).toBe(false);
      expect(findTraces(record)).toEqual([]);
    } finally {
      build.stop();
    }
  });

  it('removes the step, mounts and cgroups of a daemon that was killed in the middle of a RUN step', async () => {
    const record = await startDaemon(await toOptions());
    const build = await startSleepingBuild(record);
    try {
      if (record.pid === undefined) throw new Error('no pid');
      await asRoot('sh', '-c', `kill -KILL ${record.pid}`);
      while (await isDaemonAlive(record)) await delay(20);
      expect(existsSync(`/proc/${build.stepPid}`)).toBe(true);
      const report = await stopDaemon(record, { env });
      expect(report).toMatchObject({ ended: 'was-not-running', leftovers: [] });
      expect(report.orphans.length).toBeGreaterThan(0);
      expect(report.unmounted.length).toBeGreaterThan(0);
      expect(existsSync(`/proc/${build.stepPid}`)).toBe(false);
      expect(findTraces(record)).toEqual([]);
    } finally {
      build.stop();
    }
  });

  it('kills a daemon that does not listen to SIGTERM', async () => {
    const record = await startDaemon(await toOptions());
    if (record.pid === undefined) throw new Error('no pid');
    await asRoot('sh', '-c', `kill -STOP ${record.pid}`);
    expect(await stopDaemon(record, { env, termTimeoutMs: 300 })).toMatchObject({
      ended: 'SIGKILL',
      leftovers: [],
    });
    expect(findTraces(record)).toEqual([]);
  });

  it('never signals another process that has got the same pid', async () => {
    const record = await startDaemon(await toOptions());
    const bystander = spawn('sleep', ['1000'], { stdio: 'ignore' });
    try {
      if (bystander.pid === undefined) throw new Error('no bystander');
      const report = await stopDaemon({ ...record, pid: bystander.pid }, { env });
      expect(report.ended).toBe('was-not-running');
      expect(bystander.exitCode).toBeNull();
      expect(existsSync(`/proc/${bystander.pid}`)).toBe(true);
      // The daemon itself is still found, by the state directory that no other process knows.
      expect(report.orphans).toContain(record.pid);
      expect(findTraces(record)).toEqual([]);
    } finally {
      bystander.kill('SIGKILL');
    }
  });
});

describe('decidePrivilege', () => {
  it('says in one sentence what is missing for a user without root and sudo', async () => {
    const bin = path.join(directory, 'bin');
    await mkdir(bin);
    await writeFile(path.join(bin, 'sudo'), '#!/bin/sh\necho "sudo: a password is required" >&2\nexit 1\n', {
      mode: 0o755,
    });
    const missing = decidePrivilege(1234, { PATH: directory });
    await expect(missing).rejects.toMatchObject({ code: 'needs-root' });
    await expect(decidePrivilege(1234, { PATH: `${bin}:/bin` })).rejects.toThrow(
      /^BuildKit needs root, but this process is user 1234 and cannot use sudo without a password: [^.]+\.$/,
    );
    expect(await decidePrivilege(0, { PATH: directory })).toBe('root');
  });
});
