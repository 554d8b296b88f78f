import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toRepository } from '../../../src/gateway/access/oci-name.ts';
import type { GatewayProtocol } from '../../../src/gateway/access/protocols.ts';
import { fetchGatewayReport, joinGateway, stopGateway } from '../../../src/gateway/control/control-client.ts';
import { startGateway } from '../../../src/gateway/host/start.ts';
import { OciClient } from '../../helpers/oci-client.ts';
import { save, toBlobKey, Upstream, version } from '../../helpers/upstream.ts';

const entry = path.join(import.meta.dirname, '../../../dist/gateway/index.js');
const logFile = 'gateway.log';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(protocols: readonly GatewayProtocol[]) {
  const upstream = await Upstream.start();
  closing.push(() => upstream.close());
  const jobDirectory = await mkdtemp(path.join(tmpdir(), 'hotlayer-job-'));
  const token = await upstream.token();
  const started = await startGateway({
    ...{ entry, nodePath: process.execPath, jobDirectory, logFile, token, protocols },
    upstream: { protocol: 2, url: upstream.url },
    run: { id: '1', attempt: '1' },
    plan: { imports: ['app.main'], export: 'app.main' },
    runnerPid: process.pid,
    env: { PATH: '/usr/bin:/bin' },
    pollMs: 20,
  });
  if (started.kind === 'refused') throw new Error(started.reason);
  const address = { url: started.record.url, token };
  closing.push(async () => {
    await stopGateway(address);
    await rm(jobDirectory, { recursive: true, force: true });
  });
  const readLog = () => readFile(path.join(jobDirectory, logFile), 'utf8');
  return { upstream, address, stub: started.stub, readLog };
}

const layer = randomBytes(3000);
const key = toBlobKey(layer);
const blobUrl = '/devstoreaccount1/actions-cache/1';

/** What BuildKit may ask in each protocol: method, path, and the answer when it is offered. */
const requests: Readonly<
  Record<GatewayProtocol, readonly (readonly [method: string, path: string, status: number])[]>
> = {
  'gha-v1': [
    ['GET', `/_apis/artifactcache/cache?keys=${key}&version=${version}`, 204],
    ['POST', '/_apis/artifactcache/caches', 400],
    ['GET', `/any/prefix/_apis/artifactcache/cache?keys=${key}&version=${version}`, 204],
  ],
  'gha-v2': [
    ['POST', '/twirp/github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL', 400],
    ['POST', '/twirp/github.actions.results.api.v1.CacheService/CreateCacheEntry', 400],
    // Nobody has signed it.
    ['PUT', `${blobUrl}?comp=block&blockid=AAAA`, 403],
  ],
  oci: [
    ['GET', '/v2/', 200],
    ['GET', `/v2/${toRepository('app.main')}/manifests/cache`, 200],
    ['POST', `/v2/${toRepository('app.main')}/blobs/uploads/`, 202],
  ],
};
const all = ['gha-v1', 'gha-v2', 'oci'] as const;

async function ask(url: string, stub: string, protocol: GatewayProtocol): Promise<readonly number[]> {
  const basic = `Basic ${Buffer.from(`hotlayer:${stub}`).toString('base64')}`;
  const authorization = protocol === 'oci' ? basic : `Bearer ${stub}`;
  const statuses = [];
  for (const [method, target] of requests[protocol]) {
    const response = await fetch(`${url}${target}`, { method, headers: { authorization } });
    await response.arrayBuffer();
    statuses.push(response.status);
  }
  return statuses;
}

describe('a gateway that offers', () => {
  it.each([[['gha-v1']], [['gha-v2']], [['oci']], [['gha-v1', 'oci']], [[]]] as const)(
    '%j serves that, and of the others nothing is there, whoever asks',
    async (offered: readonly GatewayProtocol[]) => {
      const { address, stub, readLog } = await start(offered);
      let refused = 0;
      for (const protocol of all) {
        const isOffered = offered.includes(protocol);
        const wanted = requests[protocol].map(([, , status]) => (isOffered ? status : 404));
        expect([protocol, await ask(address.url, stub, protocol)]).toEqual([protocol, wanted]);
        if (!isOffered) {
          // No word of who would be let in.
          expect(await ask(address.url, 'nobody', protocol)).toEqual(wanted);
          refused += 2 * wanted.length;
        } else if (protocol === 'gha-v2') refused += 1;
      }
      expect((await fetchGatewayReport(address)).refused).toBe(refused);
      const log = await readLog();
      for (const protocol of all)
        expect(log.includes(`this job does not offer ${protocol}`)).toBe(!offered.includes(protocol));
    },
  );

  it('one protocol serves another one from when a step that offers it has joined', async () => {
    const { upstream, address, stub } = await start(['gha-v1']);
    const registry = new OciClient(`${address.url}/`, toRepository('app.main'), `hotlayer:${stub}`);
    const { client } = upstream.client(2, stub, address.url);
    const push = () => registry.pushCache([{ bytes: layer }]);
    expect(await push()).toMatch(/^404/);
    await joinGateway(address, { plan: { imports: [], export: null }, protocols: ['oci'] });
    expect(await push()).toBe('created');
    expect(await save(client, upstream, toBlobKey(randomBytes(9)), randomBytes(9))).toContain('404');
    expect(await save(upstream.client(1, stub, address.url).client, upstream, key, layer)).toMatch(/exists/);
  });

  it('v1 still serves its downloads, whose URLs v2 has too, and no uploads to such a URL', async () => {
    const { address, stub } = await start(['gha-v1']);
    const headers = { authorization: `Bearer ${stub}` };
    const unsigned = await fetch(`${address.url}${blobUrl}`, { headers });
    expect(unsigned.status).toBe(403);
    const upload = await fetch(`${address.url}${blobUrl}`, { method: 'PUT', headers, body: 'x' });
    expect(upload.status).toBe(404);
  });
});
