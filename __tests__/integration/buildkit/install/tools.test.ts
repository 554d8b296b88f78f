import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type InstallSurroundings,
  installTools,
  type ToolRequest,
} from '../../../../src/buildkit/install/install.ts';
import { rights, TestCache } from '../../../helpers/cache.ts';
import {
  buildxPlaces,
  buildxVersion,
  ReleaseHost,
  releaseVersion,
  writeBuildx,
  writePrograms,
} from '../../../helpers/release-host.ts';

const systemPath = '/usr/sbin:/usr/bin:/sbin:/bin';
const request = { exact: false, path: undefined, sha256: undefined };

let directory: string;
let host: ReleaseHost;
let cache: TestCache;
let before: NodeJS.ProcessEnv;
let runners: number;
let warnings: string[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-tools-'));
  host = await ReleaseHost.start(directory);
  cache = await TestCache.start();
  before = { ...process.env };
  runners = 0;
  warnings = [];
});

afterEach(async () => {
  process.env = before;
  await cache.stop();
  await host.stop();
});

/** Both on a new runner: nothing there but the Actions cache. Answers where they came from. */
async function install(
  over: Partial<InstallSurroundings> & {
    readonly buildkit?: Partial<ToolRequest>;
    readonly buildx?: Partial<ToolRequest>;
  } = {},
): Promise<readonly string[]> {
  const tempDirectory = path.join(directory, 'temp');
  const toolCacheDirectory = path.join(directory, `tools-${runners++}`);
  await rm(tempDirectory, { recursive: true, force: true });
  await mkdir(tempDirectory);
  Object.assign(process.env, await cache.env(over.cache === 'read' ? rights.mainReadOnly : rights.main), {
    ...{ GITHUB_WORKSPACE: directory, GITHUB_SERVER_URL: 'https://github.com' },
    ...{ RUNNER_TEMP: tempDirectory, RUNNER_TOOL_CACHE: toolCacheDirectory },
  });
  host.requests.length = 0;
  const { buildkit, buildx, ...surroundings } = over;
  const installing = installTools(
    {
      buildkit: { ...request, version: releaseVersion, ...buildkit },
      buildx: { ...request, version: buildxVersion, ...buildx },
    },
    {
      ...{
        githubToken: undefined,
        tempDirectory,
        toolCacheDirectory,
        cache: 'read-write',
        hosts: host.hosts,
      },
      env: { PATH: systemPath, HOME: directory },
      log: () => undefined,
      warn: (sentence) => {
        warnings.push(sentence);
      },
      ...surroundings,
    },
  );
  // Where one fails, the other must not write on into what the test removes.
  await Promise.allSettled([installing.buildkit, installing.buildx]);
  const found = await Promise.all([installing.buildkit, installing.buildx]);
  await installing.save();
  return found.map(({ source }) => source);
}

/** What lies about of them beside the tool cache. `@actions/cache` leaves a directory of its own. */
const listRest = async () =>
  (await readdir(path.join(directory, 'temp')))
    .filter((name) => name.startsWith('hotlayer-'))
    .map((name) => name.replace(/-[^-]+$/, ''));

const downloads = () => host.requests.map(({ url }) => url).filter((url) => url.startsWith('/download'));

describe('the daemon and the client', () => {
  it('come from their releases, and for the next runner from one entry of the Actions cache', async () => {
    await host.publish();
    await host.publishBuildx();
    expect(await install()).toEqual(['release', 'release']);
    expect(downloads().sort()).toEqual([buildxPlaces.download, host.downloadPath]);
    expect(cache.statistics.calls.create.count).toBe(1);
    expect(await listRest()).toEqual([]);
    expect(await install()).toEqual(['actions-cache', 'actions-cache']);
    expect(await listRest()).toEqual([]);
    expect(downloads()).toEqual([]);
    expect(cache.statistics.calls.create.count).toBe(1);
  });

  it('come from an entry where GitHub cannot be asked, but do not stay then', async () => {
    await host.publish();
    await host.publishBuildx();
    await install();
    const hosts = { apiUrl: 'http://127.0.0.1:1/api', downloadUrl: 'http://127.0.0.1:1/download' };
    expect(await install({ hosts })).toEqual(['actions-cache', 'actions-cache']);
    // They stay out of the tool cache.
    expect((await listRest()).sort()).toEqual(['hotlayer-buildkit', 'hotlayer-buildx']);
  });

  it('are fetched again, and saved, when the release of one is another one now', async () => {
    await host.publish();
    await host.publishBuildx();
    await install();
    await host.publishBuildx({ found: `${buildxVersion} other` });
    expect(await install()).toEqual(['release', 'release']);
    expect(await install()).toEqual(['actions-cache', 'actions-cache']);
    expect(warnings).toEqual([]);
  });

  it('have an entry without what the runner has', async () => {
    await host.publish();
    await host.publishBuildx();
    const env = { PATH: `${directory}/bin:${systemPath}`, HOME: directory };
    await writeBuildx(path.join(directory, 'bin'));
    expect(await install({ env })).toEqual(['release', 'path']);
    expect(await install({ env })).toEqual(['actions-cache', 'path']);
    // A runner of another kind: that entry has no buildx.
    expect(await install()).toEqual(['release', 'release']);
    const buildkit = { path: await writePrograms(path.join(directory, 'mine')) };
    expect(await install({ buildkit })).toEqual(['buildkit-path', 'release']);
    expect(await install({ buildkit })).toEqual(['buildkit-path', 'actions-cache']);
  });

  it('are not saved by a run that may only read', async () => {
    await host.publish();
    await host.publishBuildx();
    expect(await install({ cache: 'read' })).toEqual(['release', 'release']);
    expect(cache.statistics.calls.create.count).toBe(0);
    expect(await install()).toEqual(['release', 'release']);
  });

  it('come side by side where the line is slow', async () => {
    await host.publish();
    await host.publishBuildx();
    const [kit, x] = [host.answers.get(host.downloadPath), host.answers.get(buildxPlaces.download)];
    if (kit === undefined || x === undefined) throw new Error('not published');
    let onClient = (): void => undefined;
    const client = new Promise<void>((resolve) => {
      onClient = resolve;
    });
    const asked = {
      get after() {
        onClient();
        return undefined;
      },
    };
    // The daemon's archive comes only when somebody has asked for the client.
    host.answers.set(host.downloadPath, { ...kit, after: client });
    host.answers.set(buildxPlaces.download, Object.assign(Object.create(asked), x));
    expect(await install()).toEqual(['release', 'release']);
  });

  it('come one after another where it is not, and nobody waits until the first one has said what it is', async () => {
    const asked = path.join(directory, 'asked');
    // Less than the head start; after that, as if it were another program.
    const first = `n=0; until [ -e ${asked} ]; do n=$((n + 1)); [ $n -lt 70 ] || exit 1; sleep 0.01; done`;
    await host.publish({ first });
    await host.publishBuildx();
    const client = host.answers.get(buildxPlaces.download);
    if (client === undefined) throw new Error('not published');
    const onAsked = Object.defineProperty({ ...client }, 'after', { get: () => writeFile(asked, '') });
    host.answers.set(buildxPlaces.download, onAsked);
    expect(await install()).toEqual(['release', 'release']);
    expect(downloads()[0]).toBe(host.downloadPath);
  });

  it.each([
    ['no-buildkit', 'downloadPath'],
    ['no-buildx', 'buildx'],
  ])('fail with %s when one cannot be had, and nothing is saved', async (code, missing) => {
    await host.publish();
    await host.publishBuildx();
    host.answers.delete(missing === 'buildx' ? buildxPlaces.download : host.downloadPath);
    await expect(install()).rejects.toMatchObject({ code });
    expect(cache.statistics.calls.create.count).toBe(0);
  });

  it('fail before anything is fetched when one is given wrongly', async () => {
    await host.publish();
    await host.publishBuildx();
    const buildx = { path: '/nowhere/buildx' };
    await expect(install({ buildx })).rejects.toMatchObject({ input: 'buildx-path' });
    expect(host.requests).toEqual([]);
  });

  it('end when the step is cancelled', async () => {
    const cancelled = new AbortController();
    await host.publish();
    await host.publishBuildx();
    host.answers.set(host.downloadPath, { status: 200, body: '', after: new Promise(() => undefined) });
    const log = () => cancelled.abort(new Error('cancelled'));
    await expect(install({ signal: cancelled.signal, log })).rejects.toThrow('cancelled');
  });
});
