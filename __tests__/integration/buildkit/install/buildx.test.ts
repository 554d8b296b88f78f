import { chmod, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildx } from '../../../../src/buildkit/install/buildx.ts';
import type { InstallOptions } from '../../../../src/buildkit/install/install.ts';
import { InputError } from '../../../../src/errors.ts';
import { installAndSave } from '../../../helpers/install-product.ts';
import { buildxPlaces, buildxVersion, ReleaseHost, writeBuildx } from '../../../helpers/release-host.ts';

const systemPath = '/usr/sbin:/usr/bin:/sbin:/bin';
const offline = { apiUrl: 'http://127.0.0.1:1/api', downloadUrl: 'http://127.0.0.1:1/download' };

let directory: string;
let host: ReleaseHost;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-buildx-'));
  host = await ReleaseHost.start(directory);
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
    ...{ version: buildxVersion, exact: false, path: undefined, sha256: undefined, githubToken: undefined },
    tempDirectory: path.join(directory, 'temp'),
    toolCacheDirectory: path.join(directory, 'tools'),
    cache: 'none',
    env: { PATH: systemPath, HOME: directory },
    hosts: host.hosts,
    log: () => undefined,
    ...over,
  };
}

const catchError = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the machine', () => {
  const inPath = { PATH: `bin:${systemPath}` };
  it.each([
    ['buildx on PATH', 'bin/buildx', inPath, 'path'],
    ['docker-buildx on PATH', 'bin/docker-buildx', inPath, 'path'],
    ["the user's plug-in", '.docker/cli-plugins/docker-buildx', {}, 'docker-plugin'],
    [
      'the plug-in beside $DOCKER_CONFIG',
      'conf/cli-plugins/docker-buildx',
      { DOCKER_CONFIG: 'conf' },
      'docker-plugin',
    ],
    [
      'a plug-in that Docker has started this process from',
      '.docker/cli-plugins/docker-buildx',
      { DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: '/usr/bin/docker' },
      'docker-plugin',
    ],
  ])('has %s', async (_what, file, variables, source) => {
    const place = path.join(directory, file);
    await writeBuildx(path.dirname(place), path.basename(place));
    const env = {
      ...{ PATH: systemPath, HOME: directory },
      ...Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [
          name,
          value.replace(/^(?:bin|conf)/, (folder) => path.join(directory, folder)),
        ]),
      ),
    };
    expect(await installAndSave(buildx, toOptions({ env, hosts: offline }))).toEqual({
      ...{ buildx: place, directory: path.dirname(place), version: buildxVersion, source },
    });
  });

  it.each([
    ['a newer release than the default', 'v0.40.0', false, 'path'],
    ['the oldest that works', 'v0.31.0', false, 'path'],
    ['one that is too old', 'v0.30.1', false, 'release'],
    ['what Docker Desktop has', 'v0.37.2-desktop.1', false, 'path'],
    ['one that does not know its version', 'v0.0.0+unknown', false, 'release'],
    ['another one than was asked for', 'v0.36.0', true, 'release'],
  ])('may have %s', async (_what, found, exact, source) => {
    await host.publishBuildx();
    await writeBuildx(path.join(directory, 'bin'), 'buildx', found);
    const env = { PATH: `${directory}/bin:${systemPath}`, HOME: directory };
    expect(await installAndSave(buildx, toOptions({ env, exact }))).toMatchObject({ source });
  });

  it('has an old one before a new one', async () => {
    await writeBuildx(path.join(directory, 'bin'), 'buildx', 'v0.20.1');
    await writeBuildx(path.join(directory, '.docker', 'cli-plugins'), 'docker-buildx');
    const env = { PATH: `${directory}/bin:${systemPath}`, HOME: directory };
    expect(await installAndSave(buildx, toOptions({ env, hosts: offline }))).toMatchObject({
      source: 'docker-plugin',
    });
  });

  it('does not count when "buildx-sha256" asks for a certain file', async () => {
    const sha256 = await host.publishBuildx();
    await writeBuildx(path.join(directory, 'bin'));
    const env = { PATH: `${directory}/bin:${systemPath}`, HOME: directory };
    expect(await installAndSave(buildx, toOptions({ env, sha256 }))).toMatchObject({ source: 'release' });
  });
});

describe('the release', () => {
  it('is one program, and in the tool cache the next time', async () => {
    await host.publishBuildx();
    const first = await installAndSave(buildx, toOptions());
    expect(first).toMatchObject({ source: 'release', version: buildxVersion });
    expect(first.buildx).toBe(path.join(first.directory, 'buildx'));
    host.requests.length = 0;
    expect(await installAndSave(buildx, toOptions())).toEqual({ ...first, source: 'tool-cache' });
    expect(host.requests).toEqual([]);
  });

  it('is refused when it is not what was published', async () => {
    await host.publishBuildx({ digest: `sha256:${'0'.repeat(64)}` });
    const error = await catchError(installAndSave(buildx, toOptions()));
    expect(error).toMatchObject({ code: 'checksum-mismatch' });
    expect(String(error)).toContain("not the archive that buildx's maintainers released");
  });

  it.each([
    ['the API has no calls left', { status: 403, body: '{"message":"rate limit"}' }],
    ['the API is broken', { status: 500, body: '' }],
  ])('is checked against its list of checksums when %s', async (_what, answer) => {
    await host.publishBuildx();
    host.answers.set(buildxPlaces.api, answer);
    expect(await installAndSave(buildx, toOptions())).toMatchObject({ source: 'release' });
  });

  it('without a digest is checked against its list of checksums, and refused where that says otherwise', async () => {
    await host.publishBuildx({ digest: null });
    expect(await installAndSave(buildx, toOptions({ toolCacheDirectory: undefined }))).toMatchObject({
      source: 'release',
    });
    host.answers.set(buildxPlaces.download, { status: 200, body: 'other bytes' });
    expect(await catchError(installAndSave(buildx, toOptions()))).toMatchObject({
      code: 'checksum-mismatch',
    });
  });

  it('that nothing vouches for needs "buildx-sha256"', async () => {
    const sha256 = await host.publishBuildx({ digest: null });
    host.answers.delete(buildxPlaces.download.replace(/[^/]+$/, 'checksums.txt'));
    expect(await catchError(installAndSave(buildx, toOptions()))).toMatchObject({ input: 'buildx-sha256' });
    expect(await installAndSave(buildx, toOptions({ sha256 }))).toMatchObject({ source: 'release' });
  });

  it('gets no token, and the API does', async () => {
    await host.publishBuildx();
    await installAndSave(buildx, toOptions({ githubToken: 'ghs_secret' }));
    expect(host.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      [buildxPlaces.api, 'Bearer ghs_secret'],
      [buildxPlaces.download, undefined],
    ]);
  });

  it('that breaks off every time is passed over, and all that was tried is told', async () => {
    await host.publishBuildx();
    const answer = host.answers.get(buildxPlaces.download);
    if (answer === undefined) throw new Error('not published');
    host.answers.set(buildxPlaces.download, { ...answer, breakAfter: 20 });
    const error = await catchError(installAndSave(buildx, toOptions()));
    expect(error).toMatchObject({ code: 'no-buildx' });
    expect(String(error)).toMatch(
      /buildx v0\.37\.2 could not be had\. Tried: PATH and Docker's plug-in folders \(no buildx there\); the tool cache .*; the Actions cache .*; the release .*; source \(go is not on PATH\)\. Allow .*"buildx-path"/,
    );
    expect(host.requests.filter(({ url }) => url === buildxPlaces.download)).toHaveLength(3);
  });

  it('that is of another version than it says is not used', async () => {
    await host.publishBuildx({ found: 'v0.36.0' });
    expect(String(await catchError(installAndSave(buildx, toOptions())))).toContain(
      'the release (buildx there is v0.36.0, not v0.37.2)',
    );
  });

  it('of a version that there is not is an error of the input', async () => {
    const error = await catchError(installAndSave(buildx, toOptions({ version: 'v0.99.0', exact: true })));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ input: 'buildx-version' });
  });
});

describe('source', () => {
  it('is compiled where no release can be reached, and told its version', async () => {
    const bin = path.join(directory, 'go-bin');
    const built = await writeBuildx(path.join(directory, 'built'));
    await mkdir(bin);
    await writeFile(
      path.join(bin, 'go'),
      `#!/bin/sh
case "$1" in
mod) echo "$4" > ${directory}/module; echo '{"Dir":"${directory}"}' ;;
build) printf '%s\\n' "$@" > ${directory}/call; mkdir -p "$6"; cp ${built} "$6" ;;
esac
`,
      { mode: 0o755 },
    );
    const env = { PATH: `${bin}:${systemPath}`, HOME: directory };
    expect(await installAndSave(buildx, toOptions({ env, hosts: offline }))).toMatchObject({ source: 'go' });
    expect((await readFile(path.join(directory, 'module'), 'utf8')).trim()).toBe(
      'github.com/docker/buildx@v0.37.2',
    );
    const call = (await readFile(path.join(directory, 'call'), 'utf8')).trim().split('\n');
    expect(call.filter((_, index) => index !== 5)).toEqual([
      ...['build', '-trimpath', '-ldflags'],
      ...['-s -w -X github.com/docker/buildx/version.Version=v0.37.2', '-o', './cmd/buildx'],
    ]);
  });
});

describe('"buildx-path"', () => {
  it.each([
    ['its file', 'mine/docker-buildx'],
    ['a directory with it', 'mine'],
    ['a link to it', 'link'],
  ])('may be %s, of whatever version', async (_what, given) => {
    await writeBuildx(path.join(directory, 'mine'), 'docker-buildx', 'v0.0.0+unknown');
    await symlink('mine/docker-buildx', path.join(directory, 'link'));
    const installed = await installAndSave(
      buildx,
      toOptions({ path: path.join(directory, given), hosts: offline }),
    );
    expect(installed).toMatchObject({ source: 'buildx-path', version: 'v0.0.0+unknown' });
  });

  it.each([
    ['nothing', '/nowhere/buildx', 'it does not exist'],
    ['a directory without it', '/usr', 'it has no executable buildx'],
    ['another program', '/bin/true', '/bin/true is not buildx'],
  ])('must not be %s', async (_what, given, why) => {
    const error = await catchError(installAndSave(buildx, toOptions({ path: given })));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ input: 'buildx-path' });
    expect(String(error)).toContain(`input "buildx-path": "${given}" cannot be used: ${why}; allowed is`);
  });

  it('must be executable', async () => {
    const file = await writeBuildx(path.join(directory, 'mine'));
    await chmod(file, 0o644);
    expect(String(await catchError(installAndSave(buildx, toOptions({ path: file }))))).toContain(
      'is not executable',
    );
  });
});
