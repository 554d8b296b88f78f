import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildkit } from '../../../../src/buildkit/install/buildkit.ts';
import type { InstallOptions } from '../../../../src/buildkit/install/install.ts';
import { InputError, ToolError } from '../../../../src/errors.ts';
import { installAndSave } from '../../../helpers/install-product.ts';
import { ReleaseHost, releaseVersion as version, writePrograms } from '../../../helpers/release-host.ts';

const run = promisify(execFile);
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

let directory: string;
let host: ReleaseHost;
let lines: string[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-install-'));
  host = await ReleaseHost.start(directory);
  lines = [];
  process.env['RUNNER_TOOL_CACHE'] = path.join(directory, 'tools');
  process.env['RUNNER_TEMP'] = path.join(directory, 'temp');
});

afterEach(async () => {
  delete process.env['RUNNER_TOOL_CACHE'];
  delete process.env['RUNNER_TEMP'];
  await host.stop();
});

function toOptions(over: Partial<InstallOptions> = {}): InstallOptions {
  return {
    version,
    exact: false,
    path: undefined,
    sha256: undefined,
    githubToken: undefined,
    tempDirectory: path.join(directory, 'temp'),
    toolCacheDirectory: path.join(directory, 'tools'),
    cache: 'none',
    // No Go there: what is compiled would come from elsewhere.
    env: { PATH: systemPath, HOME: directory },
    hosts: host.hosts,
    log: (line) => {
      lines.push(line);
    },
    ...over,
  };
}

async function catchError(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('the release archive', () => {
  it('is unpacked whole when its checksum is the published one', async () => {
    await host.publish();
    const installed = await installAndSave(buildkit, toOptions());
    expect(installed).toMatchObject({ source: 'release', version });
    expect(installed.runc).toBe(path.join(installed.directory, 'buildkit-runc'));
    expect(existsSync(path.join(installed.directory, 'buildkit-qemu-aarch64'))).toBe(true);
    expect((await run(installed.buildctl, ['--version'])).stdout).toContain(version);
    expect(existsSync(path.join(directory, 'temp', 'hotlayer-tools'))).toBe(false);
  });

  it('is asked what it is once, where it stays', async () => {
    const asked = path.join(directory, 'asked');
    await host.publish({ first: `echo "$0" >> ${asked}` });
    const installed = await installAndSave(buildkit, toOptions());
    expect(await readFile(asked, 'utf8')).toBe(`${installed.buildkitd}\n`);
    expect(installed.directory).toContain(path.join('hotlayer-buildkit', version.slice(1)));
  });

  it('that is another program is not in the tool cache afterwards', async () => {
    await host.publish({ daemon: 'otherd' });
    const error = await catchError(installAndSave(buildkit, toOptions()));
    expect(String(error)).toContain("is not BuildKit's buildkitd");
    expect(await readdir(path.join(directory, 'temp'))).toEqual([]);
    const options = toOptions();
    const kept = path.join(options.toolCacheDirectory ?? '', 'hotlayer-buildkit', version.slice(1));
    expect(await readdir(kept)).toEqual([]);
  });

  it('is taken from the tool cache the next time, without asking anyone', async () => {
    await host.publish();
    const first = await installAndSave(buildkit, toOptions());
    host.requests.length = 0;
    const second = await installAndSave(buildkit, toOptions());
    expect(second).toEqual({ ...first, source: 'tool-cache' });
    expect(host.requests).toEqual([]);
  });

  it('sends the token to the API and to nobody else', async () => {
    await host.publish();
    await installAndSave(buildkit, toOptions({ githubToken: 'ghs_secret' }));
    expect(host.requests.map(({ url, headers }) => [url.split('/')[1], headers.authorization])).toEqual([
      ['api', 'Bearer ghs_secret'],
      ['download', undefined],
    ]);
  });

  describe('when the API', () => {
    const seen = () => host.requests.map(({ url, headers }) => [url, headers.authorization]);
    const withToken = { githubToken: 'ghs_secret' };
    const limit = { 'x-ratelimit-remaining': '0' };

    it.each([
      ['takes the token for a wrong one', { status: 401, body: '{"message":"Bad credentials"}' }],
      ['refuses the token', { status: 403, body: '{"message":"Forbidden"}' }],
      ['has no calls left for the token', { status: 403, body: '{}', headers: limit }],
      ['has no calls left for the token, in new words', { status: 429, body: '{}', headers: limit }],
    ])('%s, it is asked once more without it', async (_what, answer) => {
      await host.publish();
      host.answerToToken = answer;
      expect(await installAndSave(buildkit, toOptions(withToken))).toMatchObject({ source: 'release' });
      expect(seen()).toEqual([
        [host.apiPath, 'Bearer ghs_secret'],
        [host.apiPath, undefined],
        [host.downloadPath, undefined],
      ]);
    });

    it('refuses everybody, it is asked twice and no more', async () => {
      host.answers.set(host.apiPath, { status: 403, body: '{}' });
      const error = await catchError(installAndSave(buildkit, toOptions(withToken)));
      expect(String(error)).toContain('answered 403');
      expect(seen()).toEqual([
        [host.apiPath, 'Bearer ghs_secret'],
        [host.apiPath, undefined],
      ]);
    });

    it('refuses who comes without a token, it is asked once', async () => {
      host.answers.set(host.apiPath, { status: 403, body: '{}' });
      await catchError(installAndSave(buildkit, toOptions()));
      expect(seen()).toHaveLength(1);
    });

    it('has moved on the same server, the token goes along', async () => {
      await host.publish();
      const answer = host.answers.get(host.apiPath);
      if (answer === undefined) throw new Error('not published');
      host.answers.set('/api/repositories/1', answer);
      host.answers.set(host.apiPath, { status: 301, body: '', headers: { location: '/api/repositories/1' } });
      expect(await installAndSave(buildkit, toOptions(withToken))).toMatchObject({ source: 'release' });
      expect(seen().slice(0, 2)).toEqual([
        [host.apiPath, 'Bearer ghs_secret'],
        ['/api/repositories/1', 'Bearer ghs_secret'],
      ]);
    });

    it.each([
      ['another port of the same host', '127.0.0.1'],
      ['another host', 'localhost'],
    ])('sends on to %s, the token stays', async (_what, name) => {
      await host.publish();
      const other = await ReleaseHost.start(await mkdtemp(path.join(directory, 'other-')));
      try {
        const answer = host.answers.get(host.apiPath);
        if (answer === undefined) throw new Error('not published');
        other.answers.set(host.apiPath, answer);
        const location = `${other.origin.replace('127.0.0.1', name)}${host.apiPath}`;
        host.answers.set(host.apiPath, { status: 307, body: '', headers: { location } });
        expect(await installAndSave(buildkit, toOptions(withToken))).toMatchObject({ source: 'release' });
        expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
      } finally {
        await other.stop();
      }
    });

    it('sends on for ever, that ends', async () => {
      host.answers.set(host.apiPath, { status: 302, body: '', headers: { location: host.apiPath } });
      expect(String(await catchError(installAndSave(buildkit, toOptions(withToken))))).toContain('redirects');
    });
  });

  it('is refused when it is not what was published, and nothing else is tried', async () => {
    await host.publish({ digest: `sha256:${'0'.repeat(64)}` });
    const error = await catchError(installAndSave(buildkit, toOptions()));
    expect(error).toBeInstanceOf(ToolError);
    expect(error).toMatchObject({ code: 'checksum-mismatch' });
    expect(String(error)).toMatch(new RegExp(`has SHA-256 [0-9a-f]{64}, expected ${'0'.repeat(64)}`));
    expect(existsSync(path.join(directory, 'tools'))).toBe(false);
    expect(lines.join('\n')).not.toContain('Compiling');
  });

  it('is compared with "buildkit-sha256" as well', async () => {
    const sum = await host.publish();
    expect(await installAndSave(buildkit, toOptions({ sha256: sum }))).toMatchObject({ source: 'release' });
    const error = await catchError(installAndSave(buildkit, toOptions({ sha256: 'f'.repeat(64) })));
    expect(error).toMatchObject({ code: 'checksum-mismatch' });
    expect(String(error)).toContain('f'.repeat(64));
    expect(String(error)).toContain(sum);
  });

  it('is downloaded without the API when "buildkit-sha256" says what is right', async () => {
    const sum = await host.publish();
    host.answers.set(host.apiPath, { status: 403, body: '{"message":"rate limit"}' });
    expect(await installAndSave(buildkit, toOptions({ sha256: sum }))).toMatchObject({ source: 'release' });
    const error = await catchError(installAndSave(buildkit, toOptions({ sha256: 'f'.repeat(64) })));
    expect(error).toMatchObject({ code: 'checksum-mismatch' });
  });

  it('of an old release without a digest needs "buildkit-sha256"', async () => {
    const sum = await host.publish({ digest: null });
    const error = await catchError(installAndSave(buildkit, toOptions()));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ input: 'buildkit-sha256' });
    expect(await installAndSave(buildkit, toOptions({ sha256: sum }))).toMatchObject({ source: 'release' });
  });

  it('without a runc works with the one on PATH', async () => {
    await host.publish({ runc: false });
    const bin = path.join(directory, 'runc-bin');
    await mkdir(bin);
    await writeFile(path.join(bin, 'runc'), '#!/bin/sh\n', { mode: 0o755 });
    const installed = await installAndSave(
      buildkit,
      toOptions({ env: { PATH: `${bin}:/usr/bin:/bin`, HOME: directory } }),
    );
    expect(installed).toMatchObject({ source: 'release', runc: path.join(bin, 'runc') });
  });

  it('of a version that was never released is an error of the input', async () => {
    const error = await catchError(installAndSave(buildkit, toOptions({ version: 'v0.99.0', exact: true })));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ input: 'buildkit-version' });
    expect(String(error)).toContain('v0.99.0');
  });

  it.each([
    ['the API answers 503', 503],
    ['the API refuses', 403],
  ])('is passed over when %s, and all that was tried is told', async (_, status) => {
    host.answers.set(host.apiPath, { status, body: '' });
    const error = await catchError(installAndSave(buildkit, toOptions()));
    expect(error).toMatchObject({ code: 'no-buildkit' });
    expect(String(error)).toMatch(
      new RegExp(`PATH.*tool cache.*Actions cache.*answered ${status}.*go is not on PATH`),
    );
    expect(String(error)).toContain('buildkit-path');
  });

  it('is passed over when no host can be reached', async () => {
    const hosts = { apiUrl: 'http://127.0.0.1:1/api', downloadUrl: 'http://127.0.0.1:1/download' };
    const error = await catchError(installAndSave(buildkit, toOptions({ hosts })));
    expect(error).toMatchObject({ code: 'no-buildkit' });
    expect(String(error)).toContain('ECONNREFUSED');
  });

  it('that breaks off every time is passed over, not used', async () => {
    await host.publish();
    const answer = host.answers.get(host.downloadPath);
    if (answer === undefined) throw new Error('not published');
    host.answers.set(host.downloadPath, { ...answer, breakAfter: 100 });
    const error = await catchError(installAndSave(buildkit, toOptions()));
    expect(error).toMatchObject({ code: 'no-buildkit' });
    expect(host.requests.filter(({ url }) => url.startsWith('/download')).length).toBe(3);
  });

  it('that cannot be had says that nothing else has the checksum asked for', async () => {
    const hosts = { apiUrl: 'http://127.0.0.1:1/api', downloadUrl: 'http://127.0.0.1:1/download' };
    const error = await catchError(installAndSave(buildkit, toOptions({ hosts, sha256: 'f'.repeat(64) })));
    expect(error).toMatchObject({ code: 'no-buildkit' });
    expect(String(error)).toContain('Only a release can have the checksum of "buildkit-sha256"');
  });
});

describe('source', () => {
  /** A go that does as the real one where it succeeds, or fails with its words. */
  async function writeGo(script: string): Promise<string> {
    const bin = path.join(directory, 'go-bin');
    await mkdir(bin);
    await writeFile(path.join(bin, 'go'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    await writeFile(path.join(bin, 'runc'), '#!/bin/sh\n', { mode: 0o755 });
    return bin;
  }
  const offline = { apiUrl: 'http://127.0.0.1:1', downloadUrl: 'http://127.0.0.1:1' };

  it('is compiled where no release can be reached, with runc from PATH', async () => {
    const programs = await writePrograms(path.join(directory, 'built'), { runc: false });
    const module = path.join(directory, 'module');
    await mkdir(module);
    const bin = await writeGo(
      `case "$1" in
mod) echo '{"Dir":"${module}"}' ;;
build) printf '%s\\n' "$PWD" "$CGO_ENABLED" "$@" > ${directory}/call; cp ${programs}/* "$6" ;;
esac`,
    );
    const env = { PATH: `${bin}:/usr/bin:/bin`, HOME: directory };
    // cp needs the directory that go build makes itself.
    await writeFile(
      path.join(bin, 'cp'),
      '#!/bin/sh\nfor last; do :; done\nmkdir -p "$last"\nexec /bin/cp "$@"\n',
      {
        mode: 0o755,
      },
    );
    const installed = await installAndSave(buildkit, toOptions({ hosts: offline, env }));
    expect(installed).toMatchObject({ source: 'go', runc: path.join(bin, 'runc'), version });
    const call = (await readFile(path.join(directory, 'call'), 'utf8')).trim().split('\n');
    expect(call.filter((_, index) => index !== 7)).toEqual([
      ...[module, '0', 'build', '-trimpath', '-ldflags'],
      ...[`-s -w -X github.com/moby/buildkit/version.Version=${version}`, '-o'],
      ...['./cmd/buildctl', './cmd/buildkitd'],
    ]);
  });

  it('that has no such version is an error of the input', async () => {
    const bin = await writeGo(
      `echo '{"Error":"github.com/moby/buildkit@v0.99.0: invalid version: unknown revision v0.99.0"}'; exit 1`,
    );
    const env = { PATH: `${bin}:/usr/bin:/bin`, HOME: directory };
    const error = await catchError(
      installAndSave(buildkit, toOptions({ hosts: offline, env, version: 'v0.99.0', exact: true })),
    );
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ input: 'buildkit-version' });
  });

  it('that needs a newer Go says so', async () => {
    const bin = await writeGo(
      `[ "$1" = mod ] && echo '{"Dir":"/tmp"}' && exit 0
echo 'go: go.mod requires go >= 1.26.8 (running go 1.24.1; GOTOOLCHAIN=local)' >&2; exit 1`,
    );
    const env = { PATH: `${bin}:/usr/bin:/bin`, HOME: directory };
    const error = await catchError(installAndSave(buildkit, toOptions({ hosts: offline, env })));
    expect(String(error)).toMatch(/go build needs Go 1\.26\.8 or newer/);
  });
});

describe('PATH', () => {
  it.each([
    ['a newer release than the default', 'v0.40.0', false, 'path'],
    ['the oldest that works', 'v0.20.0', false, 'path'],
    ['one that is too old', 'v0.19.0', false, 'release'],
    ['another one than was asked for', 'v0.32.0', true, 'release'],
  ])('%s', async (_, found, exact, source) => {
    await host.publish();
    const bin = await writePrograms(path.join(directory, 'installed'), { found });
    const env = { PATH: `${bin}:${systemPath}`, HOME: directory };
    expect(await installAndSave(buildkit, toOptions({ env, exact }))).toMatchObject({ source });
  });

  it('does not count when "buildkit-sha256" asks for a certain archive', async () => {
    const sum = await host.publish();
    const bin = await writePrograms(path.join(directory, 'installed'));
    const env = { PATH: `${bin}:${systemPath}`, HOME: directory };
    expect(await installAndSave(buildkit, toOptions({ env, sha256: sum }))).toMatchObject({
      source: 'release',
    });
  });
});

describe('"buildkit-path"', () => {
  it.each([
    ['a directory', ''],
    ['the path of buildkitd', 'buildkitd'],
  ])('may be %s', async (_, name) => {
    const bin = await writePrograms(path.join(directory, 'mine'), { found: 'v0.0.0+unknown' });
    const installed = await installAndSave(buildkit, toOptions({ path: path.join(bin, name) }));
    expect(installed).toMatchObject({
      source: 'buildkit-path',
      directory: bin,
      buildctl: path.join(bin, 'buildctl'),
    });
    expect(host.requests).toEqual([]);
  });

  it('must exist', async () => {
    await expectRefusal(path.join(directory, 'nowhere'), 'does not exist');
  });

  it('must hold buildkitd', async () => {
    await mkdir(path.join(directory, 'empty'));
    await expectRefusal(path.join(directory, 'empty'), 'buildkitd does not exist');
  });

  it('must be executable', async () => {
    const bin = await writePrograms(path.join(directory, 'mine'));
    await chmod(path.join(bin, 'buildkitd'), 0o644);
    await expectRefusal(bin, 'buildkitd is not executable');
  });

  it('must be BuildKit', async () => {
    const bin = await writePrograms(path.join(directory, 'mine'), { daemon: 'dockerd' });
    await expectRefusal(bin, "is not BuildKit's buildkitd");
  });

  it('must not be another program', async () => {
    await expectRefusal('/bin/sh', 'it is a file of another name than buildkitd');
  });

  async function expectRefusal(given: string, why: string): Promise<void> {
    const error = await catchError(installAndSave(buildkit, toOptions({ path: given })));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ input: 'buildkit-path' });
    expect(String(error)).toContain(`input "buildkit-path": "${given}" cannot be used:`);
    expect(String(error)).toContain(why);
    expect(String(error)).toContain('allowed is a directory with the executables buildkitd and buildctl');
  }
});
