import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { toRepository } from '../../src/gateway/access/oci-name.ts';
import { deriveStubToken } from '../../src/gateway/access/stub-token.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { toConfig, toDigest, toManifest } from '../helpers/oci-client.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** One HTTP request with a body, as the bytes that a step can send with nc. */
function toRequest(gateway: URL, stub: string, line: string, body: Buffer): Buffer {
  const head = [
    `${line} HTTP/1.1`,
    `Host: ${gateway.host}`,
    `Authorization: Basic ${Buffer.from(`hotlayer:${stub}`).toString('base64')}`,
    `Content-Length: ${body.length}`,
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

/** What a step stores that knows the stub: a layer, and an index that names it. */
function toAttack(gateway: URL, stub: string, cacheScope: string): readonly Buffer[] {
  const layer = Buffer.from('this is no layer of any build');
  const config = toConfig([layer]);
  const repository = toRepository(cacheScope);
  const upload = (bytes: Buffer) =>
    toRequest(gateway, stub, `POST /v2/${repository}/blobs/uploads/?digest=${toDigest(bytes)}`, bytes);
  const manifest = toManifest([{ bytes: layer }], config);
  return [
    upload(layer),
    upload(config),
    toRequest(gateway, stub, `PUT /v2/${repository}/manifests/cache`, manifest),
  ];
}

describe.each(['gzip', 'zstd'] as const)('a build step that has sniffed the stub (%s)', (compression) => {
  async function startJob() {
    const cache = await TestCache.start();
    cleanUps.push(() => cache.stop());
    const env = await cache.env(rights.main);
    const job = await Job.start({ env });
    cleanUps.push(() => job.remove());
    const context = { dockerfile: toDockerfile('sniffed'), files: { message: 'hello' } };
    const inputs = { scope: 'app', compression, 'buildkit-path': buildkitDirectory() };
    await writeContext(job.workspace, context);
    // With gzip alone the gateway is no registry, and the requests below would meet nobody.
    const first = await job.runMain({ ...inputs, compression: 'zstd' });
    expect(first.outputs.get('cache-export')).toBe('pending');

    // What the step would read off the wire, handed to it.
    const record = JSON.parse(await readFile(path.join(job.temp, 'hotlayer', 'job.json'), 'utf8'));
    const stub = deriveStubToken(env['ACTIONS_RUNTIME_TOKEN'] ?? '', record.gateway.nonce, Date.now());
    if (stub.kind === 'refused') throw new Error(stub.reason);
    const gateway = new URL(record.gateway.url);
    const cacheScope = JSON.parse(first.outputs.get('cache-plan') ?? '{}').export;
    for (const [index, bytes] of toAttack(gateway, stub.token, cacheScope).entries())
      await writeFile(path.join(job.workspace, `request-${index}`), bytes);
    // The pause keeps the connection open until the answer is there.
    const send = [0, 1, 2].map(
      (index) =>
        `(cat /request-${index}; sleep 1) | /bin/busybox nc ${gateway.hostname} ${gateway.port} > /answer-${index}`,
    );
    const attack = [...send, '/bin/busybox grep "201" /answer-2 > /dev/null'].join(' && ');
    const attackWith = async (end: string) => {
      const copies = ['COPY rootfs/ /', 'COPY request-* /'];
      await writeFile(
        path.join(job.workspace, 'Dockerfile'),
        ['FROM scratch', ...copies, `RUN ${attack} && echo stored the index ${end}`].join('\n'),
      );
      return await job.runMain(inputs);
    };
    const listManifests = async () =>
      (await cache.listKeys()).filter((key) => key.startsWith('hotlayer-manifest-'));
    return { cache, job, attackWith, listManifests };
  }

  it('and then fails leaves no index', async () => {
    const { job, attackWith, listManifests } = await startJob();
    const step = await attackWith('&& false');
    expect(step.exitCode).not.toBe(0);
    expect(step.log).toContain('stored the index');
    expect(step.outputs.get('cache-export')).toBe('skipped');
    expect(step.log).toMatch(/::warning.*stored 1 indexes of the cache scope/);
    const [, post] = await job.runPosts();
    expect(post?.log.match(/^cache export of app\S*: exported/gm)).toHaveLength(1);
    expect(await listManifests()).toHaveLength(1);
    expect(findLeftovers(job.directory)).toEqual([]);
  });

  it('in a build that ends well leaves no index but that of the build', async () => {
    const { cache, job, attackWith } = await startJob();
    const step = await attackWith('&& sleep 2');
    expect({ log: step.log, exitCode: step.exitCode }).toEqual({ log: step.log, exitCode: 0 });
    expect(step.outputs.get('cache-export')).toBe('pending');
    expect(step.log).toMatch(/::warning.*stored 1 indexes of the cache scope/);
    const [, post] = await job.runPosts();
    expect(post?.log.match(/^cache export of app\S*: exported/gm)).toHaveLength(2);
    const next = await Job.start({ env: await cache.env(rights.main) });
    cleanUps.push(() => next.remove());
    await writeContext(next.workspace, { dockerfile: 'FROM scratch\nCOPY rootfs/ /\n' });
    const warm = await next.runMain({ scope: 'app', compression, 'buildkit-path': buildkitDirectory() });
    expect(warm.outputs.get('cached-steps')).toBe(warm.outputs.get('total-steps'));
    await next.runPosts();
  });
});
