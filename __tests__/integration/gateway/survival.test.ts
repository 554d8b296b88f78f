import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fetchGatewayReport } from '../../../src/gateway/control/control-client.ts';
import { startGateway } from '../../../src/gateway/host/start.ts';
import { root } from '../../helpers/runner.ts';
import { save, toBlobKey, Upstream } from '../../helpers/upstream.ts';

const entry = path.join(root, 'dist', 'gateway', 'index.js');
const node24 = path.join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
const layer = Buffer.from('a layer');

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Knobs {
  readonly logFile?: string;
  /** Lines that run in the gateway's process before its own, on a signal. */
  readonly onSignal?: string;
}

async function start({ logFile = 'gateway.log', onSignal }: Knobs = {}) {
  const upstream = await Upstream.start();
  closing.push(() => upstream.close());
  const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-survival-'));
  closing.push(() => rm(directory, { recursive: true, force: true }));
  const wrapper = path.join(directory, 'entry.mjs');
  await writeFile(
    wrapper,
    `process.on('SIGUSR2', () => { ${onSignal ?? ''} });\nawait import(${JSON.stringify(pathToFileURL(entry).href)});\n`,
  );
  const jobDirectory = path.join(directory, 'job');
  const token = await upstream.token();
  const started = await startGateway({
    entry: wrapper,
    ...{ nodePath: process.execPath, jobDirectory, logFile, token, pollMs: 20 },
    upstream: { protocol: 2, url: upstream.url },
    run: { id: '1', attempt: '1' },
    plan: { imports: ['app.main'], export: 'app.main' },
    protocols: ['gha-v1', 'gha-v2', 'oci'],
    runnerPid: process.pid,
    env: { PATH: '/usr/bin:/bin' },
  });
  if (started.kind === 'refused') throw new Error(started.reason);
  const { url, pid } = started.record;
  closing.push(async () => {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await untilGone(pid);
  });
  const { client } = upstream.client(2, started.stub, url);
  return { upstream, client, address: { url, token }, pid, jobDirectory };
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

const shortly = () => new Promise((resolve) => setTimeout(resolve, 20));

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let n = 0; n < 500; n++) {
    if (await holds()) return;
    await shortly();
  }
  throw new Error('it did not come to that');
}

const untilGone = (pid: number) => until(() => !isAlive(pid));

describe('the gateway survives', () => {
  it('a log on a full disk', async () => {
    const { upstream, client, address, pid } = await start({ logFile: '/dev/full' });
    // Each of them is logged.
    const other = upstream.client(2, 'wrong', address.url).client;
    for (let n = 0; n < 3; n++) await other.lookup({ key: 'x', version: 'y' });
    expect(await save(client, upstream, toBlobKey(layer), layer)).toBe('finalized');
    expect((await fetchGatewayReport(address)).refused).toBe(3);
    expect(isAlive(pid)).toBe(true);
  });

  it('a promise that nobody waited for, and says so', async () => {
    const onSignal = "void Promise.reject(new Error('nobody waits'));";
    const { upstream, client, pid, jobDirectory } = await start({ onSignal });
    process.kill(pid, 'SIGUSR2');
    const readLog = () => readFile(path.join(jobDirectory, 'gateway.log'), 'utf8');
    await until(async () => (await readLog()).includes('internal error, left alone: nobody waits'));
    expect(await save(client, upstream, toBlobKey(layer), layer)).toBe('finalized');
  });

  it('that no file descriptor is free for a connection, more than once', async () => {
    const { upstream, client, address, pid } = await start();
    // Fewer than it has: node keeps one in reserve for this case, and that one cannot be had again.
    execFileSync('prlimit', ['--pid', String(pid), '--nofile=8:4096']);
    const { port } = new URL(address.url);
    for (let round = 0; round < 3; round++) {
      const sockets = Array.from({ length: 10 }, () => net.connect(Number(port), '127.0.0.1'));
      for (const socket of sockets) socket.on('error', () => undefined);
      await Promise.all(sockets.map((socket) => once(socket, 'connect')));
      await shortly();
      for (const socket of sockets) socket.destroy();
    }
    // It came to that: else this proves nothing.
    await expect(fetchGatewayReport(address, { timeoutMs: 300 })).rejects.toThrow();
    execFileSync('prlimit', ['--pid', String(pid), '--nofile=4096:4096']);
    expect(await save(client, upstream, toBlobKey(layer), layer)).toBe('finalized');
  });
});

it('an error that nobody caught ends it in order: nothing is left but its log, which says why', async () => {
  const { upstream, client, pid, jobDirectory } = await start({
    onSignal: "setImmediate(() => { throw new Error('who knows'); });",
  });
  expect(await save(client, upstream, toBlobKey(layer), layer)).toBe('finalized');
  process.kill(pid, 'SIGUSR2');
  await untilGone(pid);
  expect(await readdir(jobDirectory)).toEqual(['gateway.log']);
  const log = await readFile(path.join(jobDirectory, 'gateway.log'), 'utf8');
  expect(log).toMatch(/which ends the gateway: Error: who knows/);
  expect(log).toContain('ends: an internal error');
});

describe('control calls', () => {
  it.each([
    ['NODE_USE_ENV_PROXY', { NODE_USE_ENV_PROXY: '1' }],
    ['--use-env-proxy', { NODE_OPTIONS: '--use-env-proxy' }],
  ])('go past a proxy that %s turns on for all of node', async (_name, env) => {
    const { address } = await start();
    let asked = 0;
    const proxy = http.createServer((_request, response) => {
      asked += 1;
      response.writeHead(502).end();
    });
    proxy.on('connect', (_request, socket) => {
      asked += 1;
      socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    closing.push(async () => {
      proxy.closeAllConnections();
      proxy.close();
      await once(proxy, 'close');
    });
    const place = proxy.address();
    if (place === null || typeof place === 'string') throw new Error('a server on TCP has a port');
    const proxyUrl = `http://127.0.0.1:${place.port}`;
    const module = pathToFileURL(path.join(root, 'src', 'gateway', 'control', 'control-client.ts')).href;
    const script = `
      const { fetchGatewayReport } = await import(${JSON.stringify(module)});
      const report = await fetchGatewayReport(${JSON.stringify(address)});
      const other = await fetch(${JSON.stringify(address.url)}, { signal: AbortSignal.timeout(10_000) }).catch((error) => error);
      console.log(JSON.stringify({ version: report.version, other: other.status ?? 'failed' }));
      process.exit();`;
    const child = spawn(node24, ['--input-type=module', '-e', script], {
      env: { PATH: '/usr/bin:/bin', HTTP_PROXY: proxyUrl, http_proxy: proxyUrl, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    await once(child, 'close');
    // Only what goes by node's own `fetch` met the proxy.
    expect(JSON.parse(output)).toEqual({ version: 1, other: expect.anything() });
    expect(asked).toBe(1);
  });
});
