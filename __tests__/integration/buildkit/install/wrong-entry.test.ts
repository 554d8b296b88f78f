import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import * as actionsCache from '@actions/cache';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildkit } from '../../../../src/buildkit/install/buildkit.ts';
import { type ArchiveKind, toArchiveFile, toEntryKey } from '../../../../src/buildkit/install/cache.ts';
import type { InstalledBuildkit, InstallOptions } from '../../../../src/buildkit/install/install.ts';
import { toReleasePlatform } from '../../../../src/buildkit/install/version.ts';
import { rights, TestCache } from '../../../helpers/cache.ts';
import { installAndSave } from '../../../helpers/install-product.ts';
import { ReleaseHost, releaseVersion, writePrograms } from '../../../helpers/release-host.ts';

const run = promisify(execFile);
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const unreachable = { apiUrl: 'http://127.0.0.1:1', downloadUrl: 'http://127.0.0.1:1' };
const platform = toReleasePlatform(process.arch) ?? '';

let directory: string;
let host: ReleaseHost;
let cache: TestCache;
let before: NodeJS.ProcessEnv;
let runners: number;
let warnings: string[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-wrong-entry-'));
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

async function enterNewRunner(access: Parameters<TestCache['env']>[0]): Promise<InstallOptions> {
  const tempDirectory = path.join(directory, 'temp');
  const toolCacheDirectory = path.join(directory, `tools-${runners++}`);
  await rm(tempDirectory, { recursive: true, force: true });
  await mkdir(tempDirectory);
  Object.assign(process.env, await cache.env(access), {
    GITHUB_WORKSPACE: directory,
    GITHUB_SERVER_URL: 'https://github.com',
    RUNNER_TEMP: tempDirectory,
    RUNNER_TOOL_CACHE: toolCacheDirectory,
  });
  return {
    ...{ version: releaseVersion, exact: false, path: undefined, sha256: undefined, githubToken: undefined },
    ...{ tempDirectory, toolCacheDirectory, cache: 'read-write', hosts: host.hosts },
    env: { PATH: systemPath, HOME: directory },
    log: () => undefined,
    warn: (sentence) => {
      warnings.push(sentence);
    },
  };
}

async function install(over: Partial<InstallOptions> = {}): Promise<InstalledBuildkit> {
  warnings = [];
  const access = over.cache === 'read' ? rights.mainReadOnly : rights.main;
  return installAndSave(buildkit, { ...(await enterNewRunner(access)), ...over });
}

/** Puts an entry into the cache as another run would; `write` makes what lies where the archive should be. */
async function plant(
  kind: ArchiveKind,
  write: (archive: string) => Promise<void>,
  claimed?: string,
): Promise<string> {
  const { tempDirectory } = await enterNewRunner(rights.main);
  const archive = toArchiveFile(tempDirectory, { id: 'buildkit' });
  await mkdir(path.dirname(archive));
  await write(archive);
  const sha256 =
    claimed ??
    createHash('sha256')
      .update(await readFile(archive))
      .digest('hex');
  const place = { platform, run: { id: '1', attempt: '1' } };
  const member = { id: 'buildkit', name: 'BuildKit', version: releaseVersion } as const;
  const key = toEntryKey([member], [{ kind, sha256 }], place, undefined);
  expect(await actionsCache.saveCache([path.dirname(archive)], key)).toBeGreaterThanOrEqual(0);
  return key;
}

/** An archive of programs, after a change. */
const pack =
  (change: (bin: string) => Promise<unknown>, options: Parameters<typeof writePrograms>[1] = {}) =>
  async (archive: string): Promise<void> => {
    const folder = await mkdtemp(path.join(directory, 'planted-'));
    await change(await writePrograms(folder, options));
    await run('tar', ['-cf', archive, '-C', folder, 'bin']);
  };

/** A go that compiles the right programs, with a runc beside it. */
async function writeGo(): Promise<string> {
  const built = await writePrograms(path.join(directory, 'built'), { runc: false });
  const bin = await mkdtemp(path.join(directory, 'go-bin-'));
  await writeFile(
    path.join(bin, 'go'),
    `#!/bin/sh\ncase "$1" in\nmod) echo '{"Dir":"${directory}"}' ;;\nbuild) mkdir -p "$6"; cp ${built}/* "$6" ;;\nesac\n`,
    { mode: 0o755 },
  );
  await writeFile(path.join(bin, 'runc'), '#!/bin/sh\n', { mode: 0o755 });
  return bin;
}

const nothing = async (): Promise<void> => undefined;
const proof = () => path.join(directory, 'proof');
/** A program that leaves a trace when somebody runs it. */
const leavesTrace = async (bin: string): Promise<void> => {
  const file = path.join(bin, 'buildkitd');
  const text = (await readFile(file, 'utf8')).replace('#!/bin/sh\n', `#!/bin/sh\ntouch ${proof()}\n`);
  await writeFile(file, text);
};
const wasRun = () =>
  readFile(proof()).then(
    () => true,
    () => false,
  );

/** What is wrong with the bytes under a key. */
const wrongBytes: readonly (readonly [what: string, write: (archive: string) => Promise<void>])[] = [
  ['another archive', pack(leavesTrace)],
  [
    'an archive that was cut off',
    async (archive) => {
      await pack(nothing)(archive);
      await truncate(archive, 100);
    },
  ],
  ['an empty archive', (archive) => writeFile(archive, '')],
  ['no archive', (archive) => writeFile(`${archive}.txt`, 'x')],
  ['a link in place of the archive', (archive) => symlink('/etc/hostname', archive)],
  ['a directory in place of the archive', async (archive) => void (await mkdir(archive))],
];

/** What is wrong although the digest is the one that the key names. */
const wrongContent: readonly (readonly [what: string, write: (archive: string) => Promise<void>])[] = [
  ['no archive at all', (archive) => writeFile(archive, 'not a tar')],
  ['no programs', pack((bin) => rm(path.join(bin, 'buildkitd')))],
  ['no client', pack((bin) => rm(path.join(bin, 'buildctl')))],
  ['a program that is not executable', pack((bin) => chmod(path.join(bin, 'buildctl'), 0o644))],
  ['an older version', pack(nothing, { found: 'v0.32.0' })],
  ['a newer version', pack(nothing, { found: 'v0.40.0' })],
  [
    'a client of another version',
    pack((bin) =>
      writeFile(
        path.join(bin, 'buildctl'),
        '#!/bin/sh\necho "buildctl github.com/moby/buildkit v0.20.0 1"\n',
      ),
    ),
  ],
  ['another program', pack(nothing, { daemon: 'dockerd' })],
  [
    'another architecture',
    pack((bin) => writeFile(path.join(bin, 'buildkitd'), Buffer.from('7f454c46020101', 'hex'))),
  ],
  [
    'a link to a program elsewhere',
    pack(async (bin) => {
      await rm(path.join(bin, 'buildkitd'));
      await symlink('/bin/true', path.join(bin, 'buildkitd'));
    }),
  ],
  ['a link beside the programs', pack((bin) => symlink('/etc', path.join(bin, 'etc')))],
  ['a program that runs as its owner', pack((bin) => chmod(path.join(bin, 'buildkit-qemu-aarch64'), 0o4755))],
  [
    'a member outside of its directory',
    async (archive) => {
      const folder = await mkdtemp(path.join(directory, 'planted-'));
      await writePrograms(folder);
      await writeFile(path.join(folder, 'outside'), 'x');
      const rename = ['--transform', 's,^outside,../outside-planted,', '-P'];
      await run('tar', ['-cf', archive, ...rename, '-C', folder, 'bin', 'outside']);
    },
  ],
];

describe('a wrong entry in the Actions cache', () => {
  it.each(wrongBytes)(
    'of the release (%s) is a miss with one warning, and the next runner finds the right one',
    async (_what, write) => {
      const sum = await host.publish();
      const key = await plant('release', write, sum);
      expect(await install()).toMatchObject({ source: 'release', version: releaseVersion });
      expect(warnings).toEqual([
        expect.stringContaining(`The entry ${key} of the Actions cache is not used:`),
      ]);
      expect(await wasRun()).toBe(false);
      expect(await install()).toMatchObject({ source: 'actions-cache' });
      expect(warnings).toEqual([]);
    },
  );

  it.each([...wrongBytes, ...wrongContent])(
    'of what was compiled (%s) is a miss with one warning, and the next runner finds the right one',
    async (what, write) => {
      const isBytes = wrongBytes.some(([other]) => other === what);
      const key = await plant('go', write, isBytes ? 'a'.repeat(64) : undefined);
      const bin = await writeGo();
      const offline = { hosts: unreachable, env: { PATH: `${bin}:${systemPath}`, HOME: directory } };
      expect(await install(offline)).toMatchObject({ source: 'go', version: releaseVersion });
      expect(warnings).toEqual([
        expect.stringContaining(`The entry ${key} of the Actions cache is not used:`),
      ]);
      if (isBytes) expect(await wasRun()).toBe(false);
      await rm(path.join(bin, 'go'));
      expect(await install(offline)).toMatchObject({ source: 'actions-cache' });
      expect(warnings).toEqual([]);
    },
  );

  it('that cannot be unpacked is a miss, and the next runner finds the right one', async () => {
    await host.publish();
    await install();
    expect(await cache.tamper((key) => key.startsWith('hotlayer-tools'))).toBe(1);
    expect(await install()).toMatchObject({ source: 'release' });
    // The library has warned by itself.
    expect(warnings).toEqual([]);
    expect(await install()).toMatchObject({ source: 'actions-cache' });
  });

  it('that a run may not replace is a miss for it all the same', async () => {
    const sum = await host.publish();
    await plant('release', pack(leavesTrace), sum);
    for (let count = 0; count < 2; count++) {
      expect(await install({ cache: 'read' })).toMatchObject({ source: 'release' });
      expect(warnings).toHaveLength(1);
    }
    expect(await wasRun()).toBe(false);
  });

  it('beside a wrong download is an error: that is what is run in the end', async () => {
    const sum = await host.publish();
    await plant('release', pack(leavesTrace), sum);
    host.answers.set(host.downloadPath, { status: 200, body: 'other bytes' });
    await expect(install()).rejects.toMatchObject({ code: 'checksum-mismatch' });
  });
});

describe('what was compiled by another run', () => {
  it('is not run where the release can be had: nothing but its key vouches for it', async () => {
    await host.publish();
    await plant('go', pack(leavesTrace));
    expect(await install()).toMatchObject({ source: 'release' });
    expect(await wasRun()).toBe(false);
    expect(warnings).toEqual([]);
  });

  it('does not stay in the tool cache, which runs that import nothing use as well', async () => {
    await plant('go', pack(nothing));
    const found = await install({ hosts: unreachable });
    expect(found).toMatchObject({ source: 'actions-cache' });
    expect(found.directory.startsWith(path.join(directory, 'temp'))).toBe(true);
  });
});

describe('a wrong entry in the tool cache', () => {
  it.each([
    ['that is not executable', (bin: string) => chmod(path.join(bin, 'buildkitd'), 0o644)],
    ['that was cut off', (bin: string) => writeFile(path.join(bin, 'buildctl'), '')],
    ['without its programs', (bin: string) => rm(bin, { recursive: true })],
    [
      'of another version',
      (bin: string) => writePrograms(path.dirname(bin), { found: 'v0.20.0' }).then(() => undefined),
    ],
    [
      'that is a link',
      async (bin: string) => {
        await rm(path.join(bin, 'buildkitd'));
        await symlink('/bin/true', path.join(bin, 'buildkitd'));
      },
    ],
  ])('%s is replaced, with one warning', async (_what, spoil) => {
    await host.publish();
    const options = { ...(await enterNewRunner(rights.main)), cache: 'none' } as const;
    const first = await installAndSave(buildkit, options);
    await spoil(first.directory);
    const second = await installAndSave(buildkit, options);
    expect(second).toEqual(first);
    expect(warnings).toEqual([expect.stringContaining('in the tool cache')]);
    warnings = [];
    expect(await installAndSave(buildkit, options)).toMatchObject({ source: 'tool-cache' });
    expect(warnings).toEqual([]);
  });

  it('that a killed job left half-way is not there', async () => {
    await host.publish();
    const options = { ...(await enterNewRunner(rights.main)), cache: 'none' } as const;
    const first = await installAndSave(buildkit, options);
    await rm(`${path.dirname(first.directory)}.complete`);
    await rm(path.join(first.directory, 'buildctl'));
    expect(await installAndSave(buildkit, options)).toMatchObject({ source: 'release' });
    expect(await installAndSave(buildkit, options)).toMatchObject({ source: 'tool-cache' });
  });

  it('where nothing can be written costs the next job a download, not this one', async () => {
    await host.publish();
    const options = { ...(await enterNewRunner(rights.main)), cache: 'none' } as const;
    await writeFile(options.toolCacheDirectory ?? '', 'a file');
    expect(await installAndSave(buildkit, options)).toMatchObject({
      source: 'release',
      version: releaseVersion,
    });
  });
});

describe('PATH', () => {
  it('with programs of two versions is passed over', async () => {
    await host.publish();
    const bin = await writePrograms(path.join(directory, 'installed'));
    await writeFile(
      path.join(bin, 'buildctl'),
      '#!/bin/sh\necho "buildctl github.com/moby/buildkit v0.20.0 1"\n',
    );
    const env = { PATH: `${bin}:${systemPath}`, HOME: directory };
    expect(await install({ env })).toMatchObject({ source: 'release' });
  });
});
