import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  confirmExport,
  describeScopes,
  drainGateway,
  fetchGatewayReport,
  stopGateway,
} from '../../../src/gateway/control/control-client.ts';
import { startGateway } from '../../../src/gateway/host/start.ts';
import { findClosedPort, MuteListener } from '../../helpers/away.ts';
import { root } from '../../helpers/runner.ts';
import { save, toBlobKey, Upstream } from '../../helpers/upstream.ts';

const entry = path.join(root, 'dist', 'gateway', 'index.js');
const layer = Buffer.from('a layer');
const blob = toBlobKey(layer);
const digest = blob.slice('buildkit-blob-1-'.length);
const index = Buffer.from(
  JSON.stringify({
    layers: [
      { blob: digest, parent: -1, annotations: { mediaType: 'x', diffID: digest, size: layer.length } },
    ],
    records: [{ digest, layers: [{ layer: 0 }] }],
  }),
);

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** In front of the service: does with each request what it is told, and counts them by their last word. */
class Front {
  readonly calls: string[] = [];
  /** Which calls get no answer. */
  isMute: (call: string) => boolean = () => false;
  delayMs: (call: string) => number = () => 0;
  readonly #server: http.Server;

  constructor(target: string) {
    this.#server = http.createServer((request, response) => {
      const call = (request.url ?? '').split('/').at(-1)?.split('?')[0] ?? '';
      this.calls.push(call);
      if (this.isMute(call)) return;
      const headers = { ...request.headers, host: new URL(target).host };
      const options = { method: request.method ?? 'GET', headers, agent: false } as const;
      const passed = http.request(new URL(request.url ?? '/', target), options, (answer) => {
        setTimeout(() => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        }, this.delayMs(call));
      });
      passed.on('error', () => response.destroy());
      request.pipe(passed);
    });
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('a server on TCP has a port');
    return `http://127.0.0.1:${address.port}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

async function start(url: string, upstream: Upstream) {
  const jobDirectory = await mkdtemp(path.join(tmpdir(), 'hotlayer-job-'));
  const token = await upstream.token();
  const started = await startGateway({
    ...{ entry, nodePath: process.execPath, jobDirectory, logFile: 'gateway.log', token, pollMs: 20 },
    upstream: { protocol: 2, url },
    run: { id: '1', attempt: '1' },
    plan: { imports: ['app.main', 'app.old'], export: 'app.main' },
    protocols: ['gha-v1', 'gha-v2', 'oci'],
    runnerPid: process.pid,
    env: { PATH: '/usr/bin:/bin' },
  });
  if (started.kind === 'refused') throw new Error(started.reason);
  const address = { url: started.record.url, token };
  closing.push(async () => {
    await stopGateway(address);
    await rm(jobDirectory, { recursive: true, force: true });
  });
  const { client } = upstream.client(2, started.stub, started.record.url);
  const exportCache = async () => {
    expect(await save(client, upstream, blob, layer)).toBe('finalized');
    expect(await save(client, upstream, 'index-app.main-1-f921bd05#1', index)).toBe('finalized');
    await confirmExport(address, { kind: 'window', cacheScope: 'app.main', fromMs: 0, toMs: Date.now() });
  };
  return { address, client, exportCache };
}

async function startUpstream(): Promise<Upstream> {
  const upstream = await Upstream.start();
  closing.push(() => upstream.close());
  return upstream;
}

describe('a cache service that', () => {
  it('is away is told with one reason, and takes the export when it is back before the end of the job', async () => {
    const upstream = await startUpstream();
    const port = await findClosedPort();
    const { address, exportCache } = await start(`http://127.0.0.1:${port}/`, upstream);
    await describeScopes(address, ['app.main']);
    const report = await fetchGatewayReport(address);
    expect(report).toMatchObject({ failures: [], outage: expect.stringContaining('ECONNREFUSED') });
    await exportCache();
    const front = new Front(upstream.url);
    await front.listen(port);
    closing.push(() => front.stop());
    const drained = await drainGateway(address, { waitMs: 30_000 });
    expect(drained).toMatchObject({ pending: 0, exports: [{ state: 'exported', blobs: 1 }] });
  });

  it('is away until the end is asked once more then, and the export is given up', async () => {
    const upstream = await startUpstream();
    const { address, exportCache } = await start(`http://127.0.0.1:${await findClosedPort()}/`, upstream);
    await describeScopes(address, ['app.main']);
    await exportCache();
    const drained = await drainGateway(address, { waitMs: 600_000 });
    expect(drained).toMatchObject({ pending: 0, exports: [{ state: 'failed' }] });
    expect(drained.exports[0]?.reason).toContain('ECONNREFUSED');
  });

  it('answers nobody is waited for once by the calls of that moment', async () => {
    const upstream = await startUpstream();
    const mute = await MuteListener.start();
    closing.push(() => mute.stop());
    const { address, exportCache } = await start(mute.url, upstream);
    await describeScopes(address, ['app.main']);
    // The manifest and BuildKit's own index, of two cache scopes.
    expect(mute.connections).toBe(4);
    await exportCache();
    const drained = await drainGateway(address, { waitMs: 600_000 });
    expect(drained).toMatchObject({ pending: 0, exports: [{ state: 'failed' }] });
    expect(mute.connections).toBeLessThanOrEqual(6);
  });

  it.each(['FinalizeCacheEntryUpload', 'CreateCacheEntry'])(
    'falls silent at %s while the end of the job waits is asked on the side, and given up',
    async (silentCall) => {
      const upstream = await startUpstream();
      const front = new Front(upstream.url);
      await front.listen(await findClosedPort());
      closing.push(() => front.stop());
      const { address, exportCache } = await start(front.url, upstream);
      await describeScopes(address, ['app.main']);
      let isSilent = false;
      front.isMute = (call) => {
        isSilent ||= call === silentCall;
        return isSilent;
      };
      await exportCache();
      const drained = await drainGateway(address, { waitMs: 600_000 });
      expect(drained).toMatchObject({ pending: 0, exports: [{ state: 'failed' }] });
      expect(isSilent).toBe(true);
    },
  );

  it('is only slow to store is waited for', async () => {
    const upstream = await startUpstream();
    const front = new Front(upstream.url);
    await front.listen(await findClosedPort());
    closing.push(() => front.stop());
    const { address, exportCache } = await start(front.url, upstream);
    await describeScopes(address, ['app.main']);
    front.delayMs = (call) => (call === 'FinalizeCacheEntryUpload' ? 10_000 : 0);
    await exportCache();
    const drained = await drainGateway(address, { waitMs: 30_000 });
    expect(drained).toMatchObject({ exports: [{ state: 'exported' }] });
  });
});
