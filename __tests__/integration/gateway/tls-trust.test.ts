import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  confirmExport,
  describeScopes,
  drainGateway,
  fetchGatewayReport,
  stopGateway,
} from '../../../src/gateway/control/control-client.ts';
import { startGateway } from '../../../src/gateway/host/start.ts';
import { root } from '../../helpers/runner.ts';
import { type Authority, createAuthority, startTlsFront, type TlsFront } from '../../helpers/tls-front.ts';
import { load, save, toBlobKey, Upstream } from '../../helpers/upstream.ts';

const entry = path.join(root, 'dist', 'gateway', 'index.js');
const node24 = path.join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
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

let directory: string;
let authority: Authority;
let upstream: Upstream;
let front: TlsFront;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-tls-'));
  authority = await createAuthority(directory);
  upstream = await Upstream.start();
  front = await startTlsFront(authority, upstream.url);
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(async () => {
  await front.stop();
  await upstream.close();
  await rm(directory, { recursive: true, force: true });
});

async function start(nodePath: string, env: Readonly<Record<string, string>>) {
  const jobDirectory = await mkdtemp(path.join(tmpdir(), 'hotlayer-job-'));
  const token = await upstream.token();
  const started = await startGateway({
    ...{ entry, nodePath, jobDirectory, logFile: 'gateway.log', token },
    upstream: { protocol: 2, url: front.url },
    run: { id: '1', attempt: '1' },
    plan: { imports: ['app.main'], export: 'app.main' },
    protocols: ['gha-v1', 'gha-v2', 'oci'],
    runnerPid: process.pid,
    env: { PATH: '/usr/bin:/bin', ...env },
    pollMs: 20,
  });
  if (started.kind === 'refused') throw new Error(started.reason);
  const address = { url: started.record.url, token };
  closing.push(async () => {
    await stopGateway(address);
    await rm(jobDirectory, { recursive: true, force: true });
  });
  return { address, client: upstream.client(2, started.stub, started.record.url).client };
}

const ways = (): readonly (readonly [string, Record<string, string>])[] => [
  ['NODE_EXTRA_CA_CERTS', { NODE_EXTRA_CA_CERTS: authority.file }],
  ['NODE_EXTRA_CA_CERTS of a relative path', { NODE_EXTRA_CA_CERTS: path.relative('', authority.file) }],
  ['--use-openssl-ca, SSL_CERT_FILE', { NODE_OPTIONS: '--use-openssl-ca', SSL_CERT_FILE: authority.file }],
  ['--use-openssl-ca, SSL_CERT_DIR', { NODE_OPTIONS: '--use-openssl-ca', SSL_CERT_DIR: authority.directory }],
];
const newWays: typeof ways = () => [
  ['NODE_USE_SYSTEM_CA', { NODE_USE_SYSTEM_CA: '1', SSL_CERT_FILE: authority.file }],
  ['--use-system-ca', { NODE_OPTIONS: '--use-system-ca', SSL_CERT_FILE: authority.file }],
];

describe('a cache service whose certificate only the runner knows', () => {
  it.each([
    ['this node', process.execPath, ways],
    ['node 24', node24, () => [...ways(), ...newWays()]],
  ])('serves the gateway however %s is told to trust it', async (_name, nodePath, listWays) => {
    const trusted: string[] = [];
    for (const [name, env] of listWays()) {
      const { address, client } = await start(nodePath, env);
      await describeScopes(address, ['app.main']);
      expect(await save(client, upstream, blob, layer)).toMatch(/^(?:finalized$|exists)/);
      expect(await save(client, upstream, `index-app.main-1-f921bd05#${trusted.length + 1}`, index)).toBe(
        'finalized',
      );
      await confirmExport(address, { kind: 'window', cacheScope: 'app.main', fromMs: 0, toMs: Date.now() });
      expect(await load(client, upstream, blob)).toBe(blob);
      const { outage, exports } = await drainGateway(address, { waitMs: 30_000 });
      expect([name, outage, exports[0]?.state]).toEqual([
        name,
        undefined,
        expect.stringMatching(/^(?:exported|unchanged)$/),
      ]);
      trusted.push(name);
    }
    expect(trusted).toHaveLength(listWays().length);
  });

  it.each([
    ['this node', process.execPath],
    ['node 24', node24],
  ])(
    'is away for a gateway on %s that does not trust it: one reason, and no second try',
    async (_name, nodePath) => {
      const before = front.requests.length;
      const { address } = await start(nodePath, {});
      await describeScopes(address, ['app.main']);
      const report = await fetchGatewayReport(address);
      expect(report.outage).toMatch(/localhost:\d+: .*(?:self-signed certificate|unable to (?:verify|get))/);
      expect(report).toMatchObject({ failures: [], retries: 0 });
      expect(front.requests).toHaveLength(before);
    },
  );
});
