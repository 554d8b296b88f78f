import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeForeignFiles } from '../../../src/inputs/foreign-files.ts';
import { parseInputs } from '../../../src/inputs/inputs.ts';
import { checkPlaces, prepareDestinations } from '../../../src/inputs/places.ts';
import { toInputVariables } from '../../helpers/input-variables.ts';

describe('places of a build', () => {
  let base: string;
  let workspace: string;
  let temp: string;
  let job: string;
  beforeEach(async () => {
    base = await mkdtemp(path.join(tmpdir(), 'hotlayer-places-'));
    workspace = path.join(base, 'workspace');
    temp = path.join(base, 'temp');
    job = path.join(temp, 'hotlayer');
    await mkdir(path.join(workspace, 'app'), { recursive: true });
    await mkdir(path.join(job, 'buildkit-1'), { recursive: true });
    await symlink(temp, path.join(workspace, 'to-temp'));
    await symlink(job, path.join(workspace, 'to-job'));
    await writeFile(path.join(workspace, 'file'), '');
  });
  afterEach(() => rm(base, { recursive: true, force: true }));

  const parse = (inputs: Readonly<Record<string, string>>) =>
    parseInputs(
      toInputVariables(
        Object.fromEntries(
          Object.entries(inputs).map(([name, value]) => [
            name,
            value.replaceAll('BASE', base).replaceAll('TEMP', temp),
          ]),
        ),
      ),
    );
  const check = (inputs: Readonly<Record<string, string>>) =>
    checkPlaces(parse(inputs), workspace, {
      jobDirectory: job,
      runnerFiles: [path.join(temp, 'files', 'output'), path.join(temp, 'files', 'env')],
    });
  const prepare = (outputs: string) => prepareDestinations(parse({ outputs }).image, workspace);

  describe('the state of BuildKit stays out of a build', () => {
    it.each([
      'TEMP',
      'TEMP/',
      'TEMP/../temp',
      'BASE',
      '/',
      '..',
      '../temp',
      'to-temp',
      'to-temp/.',
      'to-job',
      'TEMP/hotlayer',
      'TEMP/hotlayer/buildkit-1',
    ])('context: %s', async (context) => {
      await expect(check({ context })).rejects.toMatchObject({
        code: 'input',
        input: 'context',
        message: expect.stringMatching(/"context".*(holds|lies in).*hotlayer.*allowed/),
      });
    });

    it.each(['TEMP', 'TEMP/hotlayer/x', 'to-job'])('caches: %s', async (place) => {
      const cache = { cache: 'local', 'cache-to-attrs': `dest=${place}` };
      await expect(check(cache)).rejects.toMatchObject({ input: 'cache-to-attrs' });
      const apart = {
        cache: 'local',
        'cache-to-attrs': 'dest=BASE/caches',
        'cache-from-attrs': `src=${place}`,
      };
      await expect(check(apart)).rejects.toMatchObject({ input: 'cache-from-attrs' });
      await check({ cache: 'local', 'cache-to-attrs': 'dest=BASE/caches' });
    });

    it('also before the job has a directory', async () => {
      await rm(job, { recursive: true });
      await expect(check({ context: 'TEMP' })).rejects.toMatchObject({ input: 'context' });
      await expect(check({ outputs: 'type=local,dest=TEMP/hotlayer/x' })).rejects.toMatchObject({
        input: 'outputs',
      });
    });

    it.each([
      'type=local,dest=TEMP',
      'type=local,dest=to-temp',
      'type=local,dest=BASE',
      'to-temp/hotlayer/x',
      'type=tar,dest=TEMP/hotlayer/job.json',
      'type=oci,dest=to-job/x.tar',
      'type=oci,tar=false,dest=TEMP',
      'type=docker,dest=to-job',
    ])('outputs: %s', async (outputs) => {
      await expect(check({ outputs })).rejects.toMatchObject({
        code: 'input',
        input: 'outputs',
        message: expect.stringMatching(/"outputs".*hotlayer.*allowed/),
      });
    });

    it.each<[Record<string, string>]>([
      [{ context: '.' }],
      [{ context: 'TEMP/app' }],
      [{ context: 'TEMP/hotlayer-of-mine' }],
      [{ context: 'TEMP/..hotlayer' }],
      [{ context: 'https://github.com/o/r.git' }],
      [{ outputs: 'type=local,dest=TEMP/out' }],
      [{ outputs: 'type=tar,dest=TEMP/out.tar' }],
      [{ outputs: 'type=tar,dest=TEMP/hotlayer.tar' }],
      [{ outputs: 'type=image,name=a' }],
    ])('%j is none of it', async (inputs) => {
      await expect(check(inputs)).resolves.toBeUndefined();
    });
  });

  describe('the state of BuildKit and the files of the runner are not replaced', () => {
    it.each([
      ['outputs', 'type=tar,dest=TEMP/files/output'],
      ['outputs', 'type=oci,dest=to-temp/files/env'],
      ['outputs', 'type=docker,dest=TEMP/files/../files/env'],
      ['outputs', 'type=local,dest=TEMP/files'],
      ['outputs', 'type=local,dest=TEMP/files/env/x'],
      ['outputs', 'type=oci,tar=false,dest=to-temp/files'],
      ['cache-to', 'type=local,dest=TEMP/files'],
      ['cache-to', 'type=local,mode=max,dest=TEMP/files/output'],
      ['cache-to', 'type=local,dest=TEMP/hotlayer/buildkit-1'],
      ['cache-to', 'type=local,dest=BASE'],
    ])('%s: %s', async (input, entry) => {
      await expect(check({ [input]: entry })).rejects.toMatchObject({
        code: 'input',
        input,
        message: expect.stringMatching(
          new RegExp(
            `^input "${input}": dest=.*(?:a file of the runner|the state of BuildKit).*; allowed is`,
          ),
        ),
      });
    });

    it.each([
      ['outputs', 'type=tar,dest=TEMP/files/other'],
      ['outputs', 'type=local,dest=TEMP/files-of-mine'],
      ['cache-to', 'type=local,dest=TEMP/cache'],
      ['cache-to', 'type=registry,ref=a/b'],
      ['context', 'TEMP/files'],
    ])('%s: %s is beside them', async (input, entry) => {
      await expect(check({ [input]: entry })).resolves.toBeUndefined();
    });
  });

  describe('where the outputs go', () => {
    const isDirectory = async (...parts: readonly string[]) =>
      (await stat(path.join(workspace, ...parts))).isDirectory();

    it('is made where it is missing', async () => {
      await prepare('type=local,dest=a/b/c\ntype=tar,dest=d/e/image.tar\ntype=oci,tar=false,dest=f/g');
      expect(await isDirectory('a', 'b', 'c')).toBe(true);
      expect(await isDirectory('d', 'e')).toBe(true);
      await expect(stat(path.join(workspace, 'd', 'e', 'image.tar'))).rejects.toThrow('ENOENT');
      expect(await isDirectory('f', 'g')).toBe(true);
    });

    it('may be there already', async () => {
      await expect(prepare('type=local,dest=app\ntype=tar,dest=file')).resolves.toBeUndefined();
    });

    it.each([
      ['type=tar,dest=app', 'is a directory'],
      ['type=oci,dest=to-temp', 'is a directory'],
      ['type=local,dest=file', 'leads to or through a file'],
      ['type=local,dest=file/x', 'leads to or through a file'],
      ['type=tar,dest=file/x/y.tar', 'leads to or through a file'],
      ['type=local,dest=/proc/nowhere/x', 'cannot be made'],
      ['type=local,dest=out\ntype=local,dest=./out/', 'given twice'],
      ['type=tar,dest=x.tar\ntype=oci,dest=app/../x.tar', 'given twice'],
    ])('%j is told: %s', async (outputs, why) => {
      await expect(prepare(outputs)).rejects.toMatchObject({
        code: 'input',
        input: 'outputs',
        message: expect.stringMatching(new RegExp(`"outputs": dest=.*${why}.*allowed`)),
      });
    });
  });

  describe('files that buildx reads', () => {
    const describeFiles = (env: Readonly<Record<string, string>> = {}) =>
      describeForeignFiles({ HOME: base, ...env }, workspace);
    const write = async (file: string, text: string) => {
      await mkdir(path.dirname(path.join(base, file)), { recursive: true });
      await writeFile(path.join(base, file), text);
    };

    it('make no noise when they are not there', async () => {
      await write('.docker/config.json', '{"auths":{},"proxies":{"default":{}}}');
      expect(await describeFiles()).toBeUndefined();
    });

    it.each<[string, string, Record<string, string>, string]>([
      ['.docker/buildx/buildkitd.default.toml', '', {}, 'buildkitd-config-inline'],
      ['buildx/buildkitd.default.toml', '', { BUILDX_CONFIG: '../buildx' }, 'buildkitd.default.toml'],
      ['cfg/buildx/buildkitd.default.toml', '', { DOCKER_CONFIG: '../cfg' }, 'buildkitd.default.toml'],
    ])('are told by name: %s', async (file, text, env, word) => {
      await write(file, text);
      expect(await describeFiles(env)).toContain(word);
    });

    it('make no noise where they work: scoped logins, proxies, a policy', async () => {
      await write('.docker/buildx/config/ghcr.io/config.json', '{}');
      await write('.docker/config.json', '{"proxies":{"default":{"httpProxy":"http://p"}}}');
      await write('workspace/Dockerfile.rego', 'package docker');
      expect(await describeFiles()).toBeUndefined();
    });
  });
});
