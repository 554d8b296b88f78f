import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InputError } from '../../src/errors.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import type { Inputs } from '../../src/inputs/types.ts';
import {
  checkGivenClient,
  checkGivenVersion,
  listIgnoredSettings,
  readDaemonSettings,
  refuseOtherClient,
  refuseOtherDaemon,
} from '../../src/step/daemon-settings.ts';
import { toInputVariables } from '../helpers/input-variables.ts';

const sum = 'a'.repeat(64);
const config = '[registry."docker.io"]\nmirrors = ["mirror.example"]\n[dns]\nnameservers = ["10.0.0.1"]\n';

/** Without a file, whose text is read elsewhere. */
function readSettings(inputs: Inputs, env: Record<string, string>) {
  const { buildkitdConfigInline: toml } = inputs.daemon;
  const text = toml === undefined ? undefined : ({ input: 'buildkitd-config-inline', toml } as const);
  return readDaemonSettings(inputs, env, '/workspace', text);
}

describe('a second step of a job', () => {
  let bin: string;
  beforeEach(async () => {
    bin = await mkdtemp(path.join(tmpdir(), 'hotlayer-bin-'));
    for (const name of ['buildkitd', 'buildctl', 'buildx']) await writeFile(path.join(bin, name), '');
    await mkdir(path.join(bin, 'other'));
    await symlink(bin, path.join(bin, 'link'));
  });
  afterEach(() => rm(bin, { recursive: true, force: true }));

  const read = (inputs: Readonly<Record<string, string>>, env = {}) =>
    readSettings(parseInputs(toInputVariables(inputs)), env);

  async function findRefusal(
    first: Readonly<Record<string, string>>,
    second: Readonly<Record<string, string>>,
    version = 'v0.33.1',
  ): Promise<InputError | undefined> {
    const running = { buildctl: path.join(bin, 'buildctl'), version };
    try {
      const [asked, earlier] = [await read(second), await read(first)];
      await refuseOtherDaemon(asked, earlier, running);
      await refuseOtherClient(asked, earlier, { buildx: path.join(bin, 'buildx') });
      return undefined;
    } catch (error) {
      if (error instanceof InputError) return error;
      throw error;
    }
  }

  it.each<[string, Record<string, string>, Record<string, string>, string?]>([
    ['nothing', { 'buildkit-sha256': sum, 'buildkitd-config-inline': config }, {}],
    ['nothing, of another version', { 'buildkit-version': 'v0.30.0' }, {}, 'v0.30.0'],
    [
      'the same version, written otherwise',
      { 'buildkit-version': 'v0.30.0' },
      { 'buildkit-version': '0.30.0' },
      'v0.30.0',
    ],
    ['the version that the machine had anyway', {}, { 'buildkit-version': 'v0.30.0' }, 'v0.30.0'],
    ['the same checksum in upper case', { 'buildkit-sha256': sum }, { 'buildkit-sha256': sum.toUpperCase() }],
    ['the same configuration', { 'buildkitd-config-inline': config }, { 'buildkitd-config-inline': config }],
    [
      'the same configuration in another order and layout',
      { 'buildkitd-config-inline': config },
      {
        'buildkitd-config-inline':
          '# ours\ndns.nameservers = [ "10.0.0.1" ]\nregistry."docker.io".Mirrors = ["mirror.example"]\n',
      },
    ],
    ['a configuration that says nothing', {}, { 'buildkitd-config-inline': '# nothing' }],
  ])('may give %s', async (_, first, second, version = 'v0.33.1') => {
    expect(await findRefusal(first, second, version)).toBeUndefined();
  });

  it('may name the directory of the running BuildKit in any way', async () => {
    for (const given of [
      bin,
      `${bin}/`,
      `${bin}/other/..`,
      `${bin}/link`,
      `${bin}/buildkitd`,
      `${bin}/link/buildctl`,
    ]) {
      expect(await findRefusal({ 'buildkit-path': bin }, { 'buildkit-path': given })).toBeUndefined();
      // The first step found it on PATH.
      expect(await findRefusal({}, { 'buildkit-path': given })).toBeUndefined();
    }
  });

  it('may name the running client in any way', async () => {
    for (const given of [
      bin,
      `${bin}/buildx`,
      `${bin}/link`,
      `${bin}/link/buildx`,
      `${bin}/other/../buildx`,
    ]) {
      expect(await findRefusal({ 'buildx-path': bin }, { 'buildx-path': given })).toBeUndefined();
      expect(await findRefusal({}, { 'buildx-path': given })).toBeUndefined();
    }
    const same = { 'buildx-version': 'v0.36.0', 'buildx-sha256': sum };
    expect(await findRefusal(same, { 'buildx-version': '0.36.0', 'buildx-sha256': sum })).toBeUndefined();
  });

  it.each<[string, Record<string, string>, Record<string, string>, readonly string[]]>([
    ['buildx-version', {}, { 'buildx-version': 'v0.36.0' }, ['"v0.36.0"', 'buildx without', 'that client']],
    [
      'buildx-version',
      { 'buildx-version': 'v0.35.0' },
      { 'buildx-version': 'v0.36.0' },
      ['"v0.36.0"', 'with "buildx-version" "v0.35.0"'],
    ],
    ['buildx-path', {}, { 'buildx-path': '/some/buildx' }, ['"/some/buildx"', 'without "buildx-path"']],
    ['buildx-sha256', {}, { 'buildx-sha256': sum }, [sum, 'without "buildx-sha256"']],
    ['buildkit-version', {}, { 'buildkit-version': 'v0.30.0' }, ['"v0.30.0"', 'BuildKit v0.33.1']],
    [
      'buildkit-version',
      { 'buildkit-path': '/some/bin' },
      { 'buildkit-version': 'v0.30.0' },
      ['"v0.30.0"', 'v0.33.1', '"buildkit-path" "/some/bin"'],
    ],
    ['buildkit-path', {}, { 'buildkit-path': '/some/bin' }, ['"/some/bin"', 'without "buildkit-path"']],
    [
      'buildkit-path',
      { 'buildkit-path': '/a/bin' },
      { 'buildkit-path': '/b/bin' },
      ['"/b/bin"', 'with "buildkit-path" "/a/bin"'],
    ],
    ['buildkit-sha256', {}, { 'buildkit-sha256': sum }, [sum, 'without "buildkit-sha256"']],
    [
      'buildkit-sha256',
      { 'buildkit-sha256': 'b'.repeat(64) },
      { 'buildkit-sha256': sum },
      [sum, `with "buildkit-sha256" "${'b'.repeat(64)}"`],
    ],
    [
      'buildkitd-config-inline',
      {},
      { 'buildkitd-config-inline': config },
      ['without "buildkitd-config-inline"'],
    ],
    [
      'buildkitd-config-inline',
      { 'buildkitd-config-inline': config },
      { 'buildkitd-config-inline': config.replace('10.0.0.1', '10.0.0.2') },
      ['another "buildkitd-config-inline"'],
    ],
  ])('may not give another %s: %j, then %j', async (name, first, second, words) => {
    const refusal = await findRefusal(first, second);
    expect(refusal?.input).toBe(name);
    for (const word of [`input "${name}"`, 'earlier step', 'allowed', ...words])
      expect(refusal?.message).toContain(word);
  });

  it('is told of variables that reach only a daemon that it starts itself, by name', async () => {
    const first = await read({}, { HTTP_PROXY: 'http://user:hunter2@a', NO_PROXY: 'x', PATH: '/bin' });
    const second = await read(
      {},
      { HTTP_PROXY: 'http://user:hunter3@a', NO_PROXY: 'x', TZ: 'UTC', PATH: '/usr/bin' },
    );
    expect(JSON.stringify(first)).not.toContain('hunter2');
    expect(listIgnoredSettings(second, first)).toEqual([expect.stringMatching(/: HTTP_PROXY, TZ\.$/)]);
    expect(listIgnoredSettings(first, first)).toEqual([]);
  });

  it('is told that its drain-timeout comes too late, if it gives one', async () => {
    const told = async (first: string, second: string) =>
      listIgnoredSettings(await read({ 'drain-timeout': second }), await read({ 'drain-timeout': first }));
    expect(await told('10m', '1h')).toEqual([expect.stringMatching(/"drain-timeout".*600 s/)]);
    expect(await told('1h', '3600s')).toEqual([]);
    // The default is what the runner sets when nobody has given it.
    expect(await told('1h', '')).toEqual([]);
  });

  it('keeps in the record what JSON can hold', async () => {
    const settings = await read(
      { 'buildkit-version': 'v0.30.0', 'buildkit-path': bin, 'buildkitd-config-inline': config },
      { HTTPS_PROXY: 'http://p' },
    );
    expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
  });
});

describe('checkGivenVersion', () => {
  const check = (inputs: Readonly<Record<string, string>>, found: string) => () =>
    checkGivenVersion(parseInputs(toInputVariables(inputs)).daemon, found);
  it('refuses a version that buildkit-path does not have', () => {
    expect(check({ 'buildkit-path': '/x', 'buildkit-version': 'v0.30.0' }, 'v0.33.1')).toThrow(
      /"buildkit-version".*"v0.30.0".*"buildkit-path".*v0.33.1/,
    );
    expect(check({ 'buildkit-path': '/x', 'buildkit-version': 'v0.30.0' }, 'dev')).toThrow(/dev/);
  });
  it('takes the one that it has, and any where no version was asked for', () => {
    expect(check({ 'buildkit-path': '/x', 'buildkit-version': '0.30.0' }, 'v0.30.0')).not.toThrow();
    expect(check({ 'buildkit-path': '/x' }, 'v0.20.0')).not.toThrow();
    expect(check({ 'buildkit-version': 'v0.30.0' }, 'v0.30.0')).not.toThrow();
  });
});

describe('checkGivenClient', () => {
  const check = (inputs: Readonly<Record<string, string>>, found: string) => () =>
    checkGivenClient(parseInputs(toInputVariables(inputs)).daemon, found);
  it('refuses a version that buildx-path does not have, and no other', () => {
    const given = { 'buildx-path': '/x', 'buildx-version': 'v0.36.0' };
    expect(check(given, 'v0.37.2')).toThrow(/"buildx-version".*"v0.36.0".*"buildx-path".*v0.37.2/);
    expect(check(given, 'v0.36.0')).not.toThrow();
    expect(check({ 'buildx-path': '/x' }, 'v0.20.0')).not.toThrow();
  });
});
