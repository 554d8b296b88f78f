import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toRepository } from '../../../src/gateway/access/oci-name.ts';
import { deriveStubToken } from '../../../src/gateway/access/stub-token.ts';
import {
  confirmExport,
  describeScopes,
  drainGateway,
  fetchGatewayReport,
  joinGateway,
  stopGateway,
} from '../../../src/gateway/control/control-client.ts';
import { nonceHeader, proofHeader, signRequest } from '../../../src/gateway/control/handshake.ts';
import {
  type GatewayRecord,
  type StartGatewayOptions,
  startGateway,
} from '../../../src/gateway/host/start.ts';
import { readString } from '../../../src/json.ts';
import { OciClient } from '../../helpers/oci-client.ts';
import { load, save, toBlobKey, Upstream, version } from '../../helpers/upstream.ts';

const entry = path.join(import.meta.dirname, '../../../dist/gateway/index.js');

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Running {
  readonly upstream: Upstream;
  readonly record: GatewayRecord;
  readonly stub: string;
  readonly token: string;
  readonly jobDirectory: string;
}

async function start(
  options: Partial<StartGatewayOptions> = {},
  faults: readonly object[] = [],
): Promise<Running> {
  const upstream = await Upstream.start(faults);
  closing.push(() => upstream.close());
  return startAt(upstream, options);
}

async function startAt(upstream: Upstream, options: Partial<StartGatewayOptions> = {}): Promise<Running> {
  const jobDirectory = await mkdtemp(path.join(tmpdir(), 'hotlayer-job-'));
  const token = await upstream.token();
  const started = await startGateway({
    entry,
    nodePath: process.execPath,
    jobDirectory,
    logFile: 'gateway.log',
    token,
    upstream: { protocol: 2, url: upstream.url },
    run: { id: '1', attempt: '1' },
    plan: { imports: ['app.main'], export: 'app.main' },
    protocols: ['gha-v1', 'gha-v2', 'oci'],
    runnerPid: process.pid,
    env: { ...process.env, ACTIONS_RUNTIME_TOKEN: token },
    pollMs: 20,
    ...options,
  });
  if (started.kind === 'refused') throw new Error(started.reason);
  closing.push(async () => {
    if (isAlive(started.record.pid)) process.kill(started.record.pid, 'SIGKILL');
    await untilGone(started.record.pid);
    await rm(jobDirectory, { recursive: true, force: true });
  });
  return { upstream, record: started.record, stub: started.stub, token, jobDirectory };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: gone.
    return false;
  }
}

/** Polls, with a bound: the process is no child that would tell. */
async function untilGone(pid: number): Promise<void> {
  for (let n = 0; n < 500; n++) {
    if (!isAlive(pid)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`process ${pid} is still there`);
}

const layer = randomBytes(200_000);
const key = toBlobKey(layer);
const indexKey = 'index-app.main-1-f921bd05#1';

function toIndex(bytes: Buffer): Buffer {
  const blob = toBlobKey(bytes).slice('buildkit-blob-1-'.length);
  const layers = [{ blob, parent: -1, annotations: { mediaType: 'x', diffID: blob, size: bytes.length } }];
  return Buffer.from(JSON.stringify({ layers, records: [{ digest: blob, layers: [{ layer: 0 }] }] }));
}
const index = toIndex(layer);

/** As main does at the end of a build. */
const confirm = (address: { readonly url: string; readonly token: string }) =>
  confirmExport(address, { kind: 'window', cacheScope: 'app.main', fromMs: 0, toMs: Date.now() });

describe('the process', () => {
  it('serves BuildKit, uploads in the background, reports, and ends when told to, with nothing left but its log', async () => {
    const { upstream, record, stub, token, jobDirectory } = await start({}, [
      { call: 'upload', delayMs: 300 },
    ]);
    const { client } = upstream.client(2, stub, record.url);
    expect(await save(client, upstream, key, layer)).toBe('finalized');
    expect(await save(client, upstream, indexKey, index)).toBe('finalized');
    expect(await load(client, upstream, key)).toBe(key);
    const address = { url: record.url, token };
    expect(await confirm(address)).toEqual({ kind: 'confirmed', dropped: 0 });
    const before = await fetchGatewayReport(address);
    expect(before).toMatchObject({ blobsStored: 1, indexesStored: 1, hits: 1, pending: 1 });
    expect(before.exports).toMatchObject([{ cacheScope: 'app.main', state: 'pending' }]);
    const drained = await drainGateway(address, { waitMs: 30_000 });
    expect(drained).toMatchObject({ pending: 0, exports: [{ state: 'exported', packs: 1, blobs: 1 }] });
    expect(drained.times.drain).toBeGreaterThan(0);
    const report = await stopGateway(address);
    expect(report).toMatchObject({ exports: [{ state: 'exported' }], exportFailures: 0 });
    await untilGone(record.pid);
    expect(await readdir(jobDirectory)).toEqual(['gateway.log']);
    expect(await readFile(path.join(jobDirectory, 'gateway.log'), 'utf8')).toContain('ends: stop');
    expect(await upstream.listKeys('hotlayer-')).toHaveLength(2);
  });

  it('waits no longer than it is told to, says how far it is, and leaves no half export', async () => {
    const { upstream, record, stub, token } = await start({}, [{ call: 'upload', delayMs: 20_000 }]);
    const { client } = upstream.client(2, stub, record.url);
    expect(await save(client, upstream, key, layer)).toBe('finalized');
    expect(await save(client, upstream, indexKey, index)).toBe('finalized');
    const address = { url: record.url, token };
    await confirm(address);
    const progress: number[] = [];
    const waited = await drainGateway(address, {
      waitMs: 5500,
      onProgress: ({ pending }) => progress.push(pending),
    });
    expect(waited.pending).toBe(1);
    expect(progress).toEqual([1]);
    const report = await stopGateway(address);
    expect(report).toMatchObject({ pending: 0, exports: [{ state: 'failed' }] });
    await untilGone(record.pid);
    expect(await upstream.listKeys('')).toEqual([]);
  });

  it('serves BuildKit as a registry on the same port, and tells what cache scopes hold', async () => {
    const plan = { imports: ['app.main', 'App.old'], export: 'app.main' };
    const { upstream, record, stub, token, jobDirectory } = await start({ plan }, [
      { call: 'lookup', delayMs: 200 },
    ]);
    const address = { url: record.url, token };
    const nothing = { base: [], own: [], result: [] };
    // Asked before they are loaded.
    expect(await describeScopes(address, ['App.old', 'other.main', 'app.main'])).toEqual([
      { name: 'App.old', fitsOci: true, layers: nothing },
      { name: 'app.main', fitsOci: true, layers: nothing },
    ]);
    const registry = new OciClient(`${record.url}/`, toRepository('app.main'), `hotlayer:${stub}`);
    expect(await registry.pushCache([{ bytes: layer }])).toBe('created');
    expect(await describeScopes(address, ['app.main'])).toMatchObject([{ layers: nothing }]);
    await confirm(address);
    expect(await describeScopes(address, ['app.main'])).toEqual([
      { name: 'app.main', fitsOci: true, layers: { ...nothing, base: ['zstd'] } },
    ]);
    // Half of a blob, and a config without a manifest, are nobody's when it ends.
    await registry.call(await registry.begin(), { method: 'PATCH', body: layer });
    expect(await registry.pushBlob(Buffer.from('{}'))).toBe('created');
    const drained = await drainGateway(address, { waitMs: 30_000 });
    expect(drained).toMatchObject({ pending: 0, blobsStored: 1, exports: [{ state: 'exported', blobs: 1 }] });
    await stopGateway(address);
    await untilGone(record.pid);
    expect(await readdir(jobDirectory)).toEqual(['gateway.log']);
    const log = await readFile(path.join(jobDirectory, 'gateway.log'), 'utf8');
    expect(log).not.toContain(stub);
    const next = await startAt(upstream);
    const reader = new OciClient(`${next.record.url}/`, toRepository('app.main'), `hotlayer:${next.stub}`);
    expect(await reader.readCache()).toMatchObject({ layers: [{ size: layer.length }] });
  });

  it('gives up to describe cache scopes that do not load in time', async () => {
    const { record, token } = await start({}, [{ call: 'lookup', delayMs: 900 }]);
    const asked = describeScopes({ url: record.url, token }, ['app.main'], { timeoutMs: 300 });
    await expect(asked).rejects.toThrow(/did not answer to describe/);
  });

  it('that is killed in the middle of an export leaves the cache before as it was', async () => {
    const { upstream, record, stub, token } = await start();
    const { client } = upstream.client(2, stub, record.url);
    expect(await save(client, upstream, key, layer)).toBe('finalized');
    expect(await save(client, upstream, indexKey, index)).toBe('finalized');
    await confirm({ url: record.url, token });
    await drainGateway({ url: record.url, token }, { waitMs: 30_000 });
    process.kill(record.pid, 'SIGKILL');

    await upstream.restart([{ call: 'upload', key: 'hotlayer-manifest-', delayMs: 20_000 }]);
    const second = await startAt(upstream);
    const writer = upstream.client(2, second.stub, second.record.url).client;
    const other = randomBytes(1000);
    expect(await save(writer, upstream, toBlobKey(other), other)).toBe('finalized');
    expect(await save(writer, upstream, indexKey, toIndex(other))).toBe('finalized');
    await confirm({ url: second.record.url, token: second.token });
    // Its pack is there, its manifest is reserved.
    for (let n = 0; n < 500 && upstream.statistics.calls.upload.count < 2; n++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    process.kill(second.record.pid, 'SIGKILL');
    await untilGone(second.record.pid);

    await upstream.restart();
    const third = await startAt(upstream);
    const reader = upstream.client(2, third.stub, third.record.url).client;
    expect(await load(reader, upstream, key)).toBe(key);
    expect(await load(reader, upstream, indexKey.replace('#1', ''))).toMatch(/^buildkit-blob/);
    expect(await reader.lookup({ key: toBlobKey(other), version })).toEqual({ kind: 'miss' });
  });

  it('ends when the directory of the job is removed', async () => {
    const { record, jobDirectory } = await start();
    await rm(jobDirectory, { recursive: true, force: true });
    await untilGone(record.pid);
    expect(existsSync(jobDirectory)).toBe(false);
  });

  it('ends when the runner is gone', async () => {
    const runner = spawn('sleep', ['1000'], { stdio: 'ignore' });
    const exited = once(runner, 'exit');
    const { record } = await start({ runnerPid: runner.pid });
    expect(isAlive(record.pid)).toBe(true);
    runner.kill('SIGKILL');
    await exited;
    await untilGone(record.pid);
  });

  it('ends on SIGTERM and removes its spool', async () => {
    const { record, jobDirectory } = await start();
    expect(existsSync(path.join(jobDirectory, 'gateway'))).toBe(true);
    process.kill(record.pid, 'SIGTERM');
    await untilGone(record.pid);
    expect(existsSync(path.join(jobDirectory, 'gateway'))).toBe(false);
  });

  it('ends when its time is up', async () => {
    const { record } = await start({ maxLifetimeMs: 100 });
    await untilGone(record.pid);
  });

  it('outlives the process that started it', async () => {
    const { upstream, record, stub } = await start();
    // In a session of its own: no signal to the group of main reaches it, and no pipe holds it.
    const stat = await readFile(`/proc/${record.pid}/stat`, 'utf8');
    const [, , group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    expect([group, session]).toEqual([String(record.pid), String(record.pid)]);
    const { client } = upstream.client(2, stub, record.url);
    expect(await client.lookup({ key, version })).toEqual({ kind: 'miss' });
  });

  it('does not open a debugger', async () => {
    const { upstream, record, stub, jobDirectory } = await start();
    process.kill(record.pid, 'SIGUSR1');
    const { client } = upstream.client(2, stub, record.url);
    expect(await client.lookup({ key, version })).toEqual({ kind: 'miss' });
    expect(await readFile(path.join(jobDirectory, 'gateway.log'), 'utf8')).not.toContain('Debugger');
  });

  it('refuses a token that BuildKit could not use', async () => {
    const jobDirectory = await mkdtemp(path.join(tmpdir(), 'hotlayer-job-'));
    closing.push(() => rm(jobDirectory, { recursive: true, force: true }));
    const result = await startGateway({
      entry,
      nodePath: process.execPath,
      jobDirectory,
      logFile: 'gateway.log',
      token: 'ghs_opaque',
      upstream: { protocol: 2, url: 'http://127.0.0.1:1/' },
      run: { id: '1', attempt: '1' },
      plan: { imports: [], export: null },
      protocols: [],
      runnerPid: undefined,
      env: {},
    });
    expect(result).toMatchObject({ kind: 'refused', code: 'token-opaque' });
    expect(await readdir(jobDirectory)).toEqual([]);
  });

  it.each([
    ['an entry that is not there', '/nowhere/index.js', /did not start: it ended with code 1/],
    ['an entry that says nothing', '-v', /did not start/],
  ])('is an error in words with %s', async (_name, badEntry, message) => {
    await expect(start({ entry: badEntry, readyTimeoutMs: 5000 })).rejects.toThrow(message);
  });
});

describe('the token', () => {
  it('is in no environment, argument or file of the gateway, whole or in part', async () => {
    const { upstream, record, stub, token, jobDirectory } = await start();
    const { client } = upstream.client(1, stub, record.url);
    expect(await save(client, upstream, key, layer)).toBe('finalized');
    expect(await load(client, upstream, key)).toBe(key);
    expect(await load(upstream.client(2, 'wrong', record.url).client, upstream, key)).toMatch(
      /^unauthenticated/,
    );
    const texts = [
      await readFile(`/proc/${record.pid}/environ`, 'utf8'),
      await readFile(`/proc/${record.pid}/cmdline`, 'utf8'),
    ];
    for (const file of await readdir(jobDirectory, { recursive: true, withFileTypes: true })) {
      if (file.isFile()) texts.push(await readFile(path.join(file.parentPath, file.name), 'latin1'));
    }
    const signature = token.split('.')[2] ?? '';
    const stubSecret = stub.split('.')[2] ?? '';
    expect(signature.length).toBeGreaterThan(20);
    expect(texts.length).toBeGreaterThan(3);
    for (const text of texts) {
      for (const secret of [token, signature, stubSecret, 'sig=']) expect(text.includes(secret)).toBe(false);
    }
    expect(JSON.stringify(record)).not.toContain(stubSecret);
  });

  it('gives a second step the same stub from the record of the job', async () => {
    const { record, stub, token } = await start();
    expect(deriveStubToken(token, record.nonce, Date.now())).toMatchObject({ token: stub });
  });
});

describe('control', () => {
  async function challenge(url: string): Promise<string> {
    const response = await fetch(`${url}/_hotlayer/challenge`, { method: 'POST' });
    return readString(await response.json(), 'nonce') ?? '';
  }
  const post = (url: string, action: string, body: string, headers: Record<string, string>) =>
    fetch(`${url}/_hotlayer/${action}`, { method: 'POST', body, headers });

  it('takes the plan of a step that holds the runtime token', async () => {
    const { upstream, record, stub, token } = await start({ plan: { imports: ['app.main'], export: null } });
    const { client } = upstream.client(2, stub, record.url);
    expect(await save(client, upstream, key, layer)).toMatch(/^denied/);
    await joinGateway(
      { url: record.url, token },
      { plan: { imports: [], export: 'tool.main' }, protocols: [] },
    );
    expect(await save(client, upstream, key, layer)).toBe('finalized');
  });

  it('refuses who holds another token, or only the stub', async () => {
    const { upstream, record, stub } = await start();
    for (const token of [await upstream.token(), stub]) {
      await expect(stopGateway({ url: record.url, token })).rejects.toThrow('401');
    }
    expect(isAlive(record.pid)).toBe(true);
  });

  it('refuses a challenge that is used up, made up, or meant for something else', async () => {
    const { record, token } = await start();
    const { url } = record;
    const nonce = await challenge(url);
    const headers = { [nonceHeader]: nonce, [proofHeader]: signRequest(token, 'report', nonce, '{}') };
    expect((await post(url, 'report', '{}', headers)).status).toBe(200);
    expect((await post(url, 'report', '{}', headers)).status).toBe(401);

    const made = 'ab'.repeat(32);
    const ownNonce = { [nonceHeader]: made, [proofHeader]: signRequest(token, 'report', made, '{}') };
    expect((await post(url, 'report', '{}', ownNonce)).status).toBe(401);

    const fresh = await challenge(url);
    const forReport = { [nonceHeader]: fresh, [proofHeader]: signRequest(token, 'report', fresh, '{}') };
    expect((await post(url, 'stop', '{}', forReport)).status).toBe(401);

    const other = await challenge(url);
    const empty = { [nonceHeader]: other, [proofHeader]: signRequest(token, 'join', other, '{}') };
    expect(
      (await post(url, 'join', '{"plan":{"imports":[],"export":"x"},"protocols":[]}', empty)).status,
    ).toBe(401);
    expect((await post(url, 'report', '{}', {})).status).toBe(401);
    expect(isAlive(record.pid)).toBe(true);
  });

  it('knows no other action and no other method', async () => {
    const { record } = await start();
    expect((await post(record.url, 'dump', '', {})).status).toBe(404);
    expect((await fetch(`${record.url}/_hotlayer/report`)).status).toBe(405);
  });

  it('does not believe who merely sits on the port', async () => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    await expect(fetchGatewayReport({ url: upstream.url.replace(/\/$/, ''), token: 't' })).rejects.toThrow(
      'did not answer to report',
    );
  });
});
