import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeContext } from '../helpers/build-context.ts';
import { Buildkitd } from '../helpers/buildkitd.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { findFreePort } from '../helpers/registry.ts';
import { Job } from '../helpers/runner.ts';
import { type Authority, createAuthority } from '../helpers/tls-front.ts';

/** Values of BUILDER_NODE_0_AUTH_TLS_…, by the end of the name. */
type Certificates = Readonly<Partial<Record<'CACERT' | 'CERT' | 'KEY' | 'SERVERNAME', string>>>;

/** buildx itself would try for 20 seconds. */
const patienceMs = 8000;

let directory: string;
let own: Authority;
let other: Authority;
let daemon: Buildkitd;
let job: Job;
const servers: net.Server[] = [];
/** `tcp://` of: the daemon, a server whose certificate is over, one that speaks no TLS. */
const addresses = { daemon: '', expired: '', plain: '' };

async function listen(server: net.Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server on TCP has a port');
  return `tcp://127.0.0.1:${address.port}`;
}

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-tls-'));
  const places = ['own', 'other'].map((name) => path.join(directory, name));
  for (const place of places) await mkdir(place);
  const [first = '', second = ''] = places;
  [own, other] = await Promise.all([createAuthority(first), createAuthority(second)]);
  const files = { cert: path.join(first, 'cert.pem'), key: path.join(first, 'key.pem') };
  addresses.daemon = `tcp://127.0.0.1:${await findFreePort()}`;
  const options = ['--tlscert', files.cert, '--tlskey', files.key, '--tlscacert', own.file];
  daemon = await Buildkitd.start(['--addr', addresses.daemon, ...options]);
  const expired = await own.issue('expired', { days: -1 });
  addresses.expired = await listen(tls.createServer({ key: expired.key, cert: expired.certificate }));
  addresses.plain = await listen(net.createServer((socket) => socket.end('220 mail.example ESMTP\r\n')));
  job = await Job.start();
  await writeContext(job.workspace, { dockerfile: 'FROM scratch\nCOPY Dockerfile /\n' });
});

afterAll(async () => {
  await job.runPosts();
  const left = findLeftovers(job.directory);
  await job.remove();
  await daemon.stop();
  for (const server of servers) server.close();
  await rm(directory, { recursive: true, force: true });
  expect(left).toEqual([]);
});

async function build(endpoint: string, certificates: Certificates, inputs = {}) {
  const startedMs = Date.now();
  const variables = Object.entries(certificates).map(([name, text]) => [
    `BUILDER_NODE_0_AUTH_TLS_${name}`,
    text,
  ]);
  const given = { endpoint, cache: 'none', outputs: 'type=cacheonly', ...inputs };
  const result = await job.runMain(given, Object.fromEntries(variables));
  return { ...result, ms: Date.now() - startedMs };
}

const ca = async (authority: Authority) => ({ CACERT: await readFile(authority.file, 'utf8') });
const pair = (authority: Authority) => ({
  CERT: authority.certificate.toString('utf8'),
  KEY: authority.key.toString('utf8'),
});

describe('a daemon behind TLS', () => {
  it.each<[string, () => Promise<Certificates>]>([
    ['with the right certificate', async () => ({ ...(await ca(own)), ...pair(own) })],
    [
      'by a name that the certificate has',
      async () => ({ ...(await ca(own)), ...pair(own), SERVERNAME: 'localhost' }),
    ],
  ])('builds %s', async (_, toCertificates) => {
    const result = await build(addresses.daemon, await toCertificates());
    expect({ log: result.log, exitCode: result.exitCode }).toEqual({ log: result.log, exitCode: 0 });
  });

  it.each<[string, keyof typeof addresses, () => Promise<Certificates>, RegExp]>([
    [
      'a client certificate of another authority',
      'daemon',
      async () => ({ ...(await ca(own)), ...pair(other) }),
      /does not take the certificate of BUILDER_NODE_0_AUTH_TLS_CERT/,
    ],
    [
      'no client certificate',
      'daemon',
      async () => ca(own),
      /wants a certificate of the client: give BUILDER_NODE_0_AUTH_TLS_CERT and/,
    ],
    [
      'no certificates at all',
      'daemon',
      async () => ({}),
      /a daemon with TLS wants BUILDER_NODE_0_AUTH_TLS_CACERT/,
    ],
    [
      'another authority than the daemon has',
      'daemon',
      async () => ({ ...(await ca(other)), ...pair(own) }),
      /not of the authority in BUILDER_NODE_0_AUTH_TLS_CACERT/,
    ],
    [
      'another name than the daemon has',
      'daemon',
      async () => ({ ...(await ca(own)), ...pair(own), SERVERNAME: 'builder.example' }),
      /for another name: .*builder\.example/,
    ],
    [
      'a key that is not of the certificate',
      'daemon',
      async () => ({ ...(await ca(own)), ...pair(own), KEY: pair(other).KEY }),
      /BUILDER_NODE_0_AUTH_TLS_KEY: it is not the key of the certificate/,
    ],
    [
      'a certificate of the daemon that is over',
      'expired',
      async () => ({ ...(await ca(own)), ...pair(own) }),
      /the certificate of the daemon is over/,
    ],
    [
      'a server without TLS',
      'plain',
      async () => ({ ...(await ca(own)), ...pair(own) }),
      /does not speak TLS/,
    ],
  ])('is not built with: %s', async (_, name, toCertificates, expected) => {
    const result = await build(addresses[name], await toCertificates());
    expect(result.exitCode).toBe(1);
    const errors = result.log.match(/^::error.*$/gm) ?? [];
    expect(errors).toEqual([expect.stringMatching(expected)]);
    expect(result.log).not.toContain('load build definition');
    expect(result.ms).toBeLessThan(patienceMs);
  });
});
