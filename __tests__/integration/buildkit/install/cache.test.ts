import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildkit } from '../../../../src/buildkit/install/buildkit.ts';
import {
  type InstalledBuildkit,
  type InstallOptions,
  installProduct,
} from '../../../../src/buildkit/install/install.ts';
import { rights, TestCache } from '../../../helpers/cache.ts';
import { installAndSave } from '../../../helpers/install-product.ts';
import { ReleaseHost, releaseVersion, writePrograms } from '../../../helpers/release-host.ts';

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const unreachable = { apiUrl: 'http://127.0.0.1:1', downloadUrl: 'http://127.0.0.1:1' };

let directory: string;
let host: ReleaseHost;
let cache: TestCache;
let before: NodeJS.ProcessEnv;
let runners: number;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-install-cache-'));
  host = await ReleaseHost.start(directory);
  cache = await TestCache.start();
  before = { ...process.env };
  runners = 0;
});

afterEach(async () => {
  process.env = before;
  await cache.stop();
  await host.stop();
});

/** A new runner: nothing there but the Actions cache, and the same path of the temporary directory. */
async function enterNewRunner(over: Partial<InstallOptions> = {}): Promise<InstallOptions> {
  const tempDirectory = path.join(directory, 'temp');
  const toolCacheDirectory = path.join(directory, `tools-${runners++}`);
  await rm(tempDirectory, { recursive: true, force: true });
  await mkdir(tempDirectory);
  // The real @actions/cache reads these from the environment, as the entries leave them.
  Object.assign(process.env, await cache.env(over.cache === 'read' ? rights.mainReadOnly : rights.main), {
    GITHUB_WORKSPACE: directory,
    GITHUB_SERVER_URL: 'https://github.com',
    RUNNER_TEMP: tempDirectory,
    RUNNER_TOOL_CACHE: toolCacheDirectory,
  });
  return {
    version: releaseVersion,
    exact: false,
    path: undefined,
    sha256: undefined,
    githubToken: undefined,
    tempDirectory,
    toolCacheDirectory,
    cache: 'read-write',
    env: { PATH: systemPath, HOME: directory },
    hosts: host.hosts,
    log: () => undefined,
    ...over,
  };
}

async function installOnNewRunner(over: Partial<InstallOptions> = {}): Promise<InstalledBuildkit> {
  return installAndSave(buildkit, await enterNewRunner(over));
}

describe('the Actions cache', () => {
  it('spares the next runner the download', async () => {
    await host.publish();
    expect(await installOnNewRunner()).toMatchObject({ source: 'release' });
    host.requests.length = 0;
    const second = await installOnNewRunner();
    expect(second).toMatchObject({ source: 'actions-cache', version: releaseVersion });
    expect(second.runc).toBe(path.join(second.directory, 'buildkit-runc'));
    expect(host.requests.map(({ url }) => url)).toEqual([host.apiPath]);
  });

  it('works where GitHub cannot be asked for the checksum again', async () => {
    await host.publish();
    await installOnNewRunner();
    expect(await installOnNewRunner({ hosts: unreachable })).toMatchObject({ source: 'actions-cache' });
  });

  it('is not believed when its archive is not the released one', async () => {
    await host.publish();
    await installOnNewRunner();
    await host.publish({ digest: `sha256:${'0'.repeat(64)}` });
    // The download is wrong as well, and that is an error.
    await expect(installOnNewRunner()).rejects.toMatchObject({
      code: 'checksum-mismatch',
      message: expect.stringContaining(host.downloadPath),
    });
  });

  it('satisfies "buildkit-sha256" with the right archive, and only with that', async () => {
    const sum = await host.publish();
    await installOnNewRunner({ sha256: sum });
    const offline = { hosts: unreachable };
    expect(await installOnNewRunner({ ...offline, sha256: sum })).toMatchObject({ source: 'actions-cache' });
    await expect(installOnNewRunner({ ...offline, sha256: 'f'.repeat(64) })).rejects.toMatchObject({
      code: 'no-buildkit',
    });
  });

  it('keeps what was compiled', async () => {
    const built = await writePrograms(path.join(directory, 'built'), { runc: false });
    const bin = path.join(directory, 'go-bin');
    await mkdir(bin);
    await writeFile(
      path.join(bin, 'go'),
      `#!/bin/sh\ncase "$1" in\nmod) echo '{"Dir":"${directory}"}' ;;\nbuild) mkdir -p "$6"; cp ${built}/* "$6" ;;\nesac\n`,
      { mode: 0o755 },
    );
    await writeFile(path.join(bin, 'runc'), '#!/bin/sh\n', { mode: 0o755 });
    const env = { PATH: `${bin}:${systemPath}`, HOME: directory };
    expect(await installOnNewRunner({ hosts: unreachable, env })).toMatchObject({ source: 'go' });
    await rm(path.join(bin, 'go'));
    const second = await installOnNewRunner({ hosts: unreachable, env });
    expect(second).toMatchObject({ source: 'actions-cache', runc: path.join(bin, 'runc') });
  });

  it('is not written with a token that may only read', async () => {
    await host.publish();
    expect(await installOnNewRunner({ cache: 'read' })).toMatchObject({ source: 'release' });
    expect(await installOnNewRunner()).toMatchObject({ source: 'release' });
  });

  it('is left alone without a token', async () => {
    await host.publish();
    await installOnNewRunner();
    expect(await installOnNewRunner({ cache: 'none' })).toMatchObject({ source: 'release' });
  });

  it('is neither asked nor written where its service is known not to answer', async () => {
    await host.publish();
    const lines: string[] = [];
    const installed = await installOnNewRunner({
      findCacheObstacle: async () => 'no answer in 7 s',
      log: (line) => lines.push(line),
    });
    expect(installed).toMatchObject({ source: 'release' });
    expect(lines.filter((line) => line.includes('no answer in 7 s'))).toHaveLength(1);
    const { lookup, create } = cache.statistics.calls;
    expect([lookup.count, create.count]).toEqual([0, 0]);
  });

  it('costs nothing but the download when its service is broken', async () => {
    await host.publish();
    await cache.stop();
    expect(await installOnNewRunner()).toMatchObject({ source: 'release' });
    cache = await TestCache.start();
  });
});

describe('what a runner had to fetch', () => {
  it('is at hand before it is saved: that goes on beside the build', async () => {
    await host.publish();
    const { found, save } = await installProduct(buildkit, await enterNewRunner());
    expect(found).toMatchObject({ source: 'release' });
    expect(await cache.listKeys()).toEqual([]);
    await save();
    expect(await cache.listKeys()).toHaveLength(1);
  });
});
