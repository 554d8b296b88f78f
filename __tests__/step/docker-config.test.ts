import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  addLogin,
  addOwnLogin,
  findBuildxConfig,
  parseDockerConfig,
  removeDockerConfig,
  removeLogin,
  writeDockerConfig,
} from '../../src/step/docker-config.ts';

const login = { host: '127.0.0.1:4000', username: 'hotlayer', password: 'stub.token.x' };
const auth = Buffer.from('hotlayer:stub.token.x').toString('base64');
const added = { auths: { '127.0.0.1:4000': { auth } }, credHelpers: { '127.0.0.1:4000': '' } };

describe('the Docker config with the gateway’s login', () => {
  it.each([
    ['nothing', {}, added],
    [
      'logins in the file',
      { auths: { 'ghcr.io': { auth: 'YTpi' } } },
      { ...added, auths: { 'ghcr.io': { auth: 'YTpi' }, ...added.auths } },
    ],
    [
      'a credential store: the login is looked for in the file',
      { credsStore: 'ecr-login', auths: { 'ghcr.io': {} } },
      { ...added, credsStore: 'ecr-login', auths: { 'ghcr.io': {}, ...added.auths } },
    ],
    [
      'credential helpers',
      { credHelpers: { 'gcr.io': 'gcloud' } },
      { ...added, credHelpers: { 'gcr.io': 'gcloud', ...added.credHelpers } },
    ],
    [
      'all that is not about credentials',
      {
        HttpHeaders: { 'X-Meta': '1' },
        proxies: { default: { httpProxy: 'http://p' } },
        currentContext: 'c',
      },
      {
        ...added,
        HttpHeaders: { 'X-Meta': '1' },
        proxies: { default: { httpProxy: 'http://p' } },
        currentContext: 'c',
      },
    ],
    ['a field without value', { auths: null, credHelpers: null }, added],
  ])('keeps %s', (_, config, expected) => {
    expect(addLogin(config, login, undefined)).toEqual(expected);
  });

  it('keeps the store that docker/cli finds for a config without credentials, and only for that', () => {
    expect(addLogin({}, login, 'pass')).toEqual({ ...added, credsStore: 'pass' });
    expect(addLogin({ auths: { 'ghcr.io': {} } }, login, 'pass')).not.toHaveProperty('credsStore');
    expect(addLogin({ credHelpers: { 'gcr.io': 'gcloud' } }, login, 'pass')).not.toHaveProperty('credsStore');
    expect(addLogin({ credsStore: 'ecr-login' }, login, 'pass')).toHaveProperty('credsStore', 'ecr-login');
  });

  it('replaces a login of an earlier job for the same port', () => {
    const config = {
      auths: { '127.0.0.1:4000': { auth: 'b2xkOm9sZA==' } },
      credHelpers: { '127.0.0.1:4000': 'x' },
    };
    expect(addLogin(config, login, undefined)).toEqual(added);
  });
});

describe('the user’s Docker config', () => {
  it.each([
    ['an empty file', '', {}],
    ['white space', ' \n', {}],
    ['an empty object', '{}', {}],
    ['a login', '{"auths":{"ghcr.io":{"auth":"YTpi"}}}', { auths: { 'ghcr.io': { auth: 'YTpi' } } }],
    ['an identity token', '{"auths":{"a":{"identitytoken":"t"}}}', { auths: { a: { identitytoken: 't' } } }],
  ])('can be %s', (_, text, expected) => {
    expect(parseDockerConfig(text)).toEqual(expected);
  });

  it.each([
    ['half of one', '{"auths":'],
    ['a list', '[]'],
    ['logins that are a list', '{"auths":[]}'],
    ['a login that is not base64', '{"auths":{"a":{"auth":"***"}}}'],
    ['a login without a user', `{"auths":{"a":{"auth":"${Buffer.from(':p').toString('base64')}"}}}`],
    ['a helper that is a number', '{"credHelpers":{"a":1}}'],
    ['a store that is a list', '{"credsStore":[]}'],
  ])('is none when it is %s: docker/cli would read a part of it', (_, text) => {
    expect(parseDockerConfig(text)).toBeUndefined();
  });
});

describe('the copy that a build uses', () => {
  let directory: string;
  let user: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-docker-config-'));
    user = path.join(directory, '.docker');
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function write(): Promise<string> {
    const copy = await writeDockerConfig({
      jobDirectory: directory,
      cwd: directory,
      env: { HOME: directory },
      logins: [login],
    });
    if (copy.kind === 'unusable') throw new Error(copy.reason);
    return copy.directory;
  }

  it('has all that lies beside the user’s config, and leaves it there when it goes', async () => {
    const files = ['contexts/meta/a/meta.json', 'cli-plugins/docker-x', 'ca.pem', 'config.json'];
    for (const file of files) {
      await mkdir(path.dirname(path.join(user, file)), { recursive: true });
      await writeFile(path.join(user, file), '{}');
    }
    const copy = await write();
    for (const file of files.slice(0, -1)) expect(await readFile(path.join(copy, file), 'utf8')).toBe('{}');
    expect(JSON.parse(await readFile(path.join(copy, 'config.json'), 'utf8'))).toEqual(added);
    await removeDockerConfig(copy);
    for (const file of files) expect(await readFile(path.join(user, file), 'utf8')).toBe('{}');
  });

  it('has the login alone where the user has no Docker directory', async () => {
    expect(await readdir(await write())).toEqual(['config.json']);
  });
});

describe('buildx’s own directory of the user', () => {
  it.each([
    ['lies in the home', { HOME: '/home/me' }, '/home/me/.docker/buildx'],
    ['lies in DOCKER_CONFIG', { HOME: '/home/me', DOCKER_CONFIG: 'docker' }, '/work/docker/buildx'],
    ['is what the job says', { DOCKER_CONFIG: '/d', BUILDX_CONFIG: '/b' }, '/b'],
  ])('%s', (_, env, expected) => {
    expect(findBuildxConfig(env, '/work')).toBe(expected);
  });
});

describe('the login for later steps', () => {
  let home: string;
  let file: string;
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'hotlayer-config-'));
    file = path.join(home, '.docker', 'config.json');
  });
  afterEach(async () => {
    await rm(home, { recursive: true, force: true });
  });
  const add = () => addOwnLogin({ cwd: home, env: { HOME: home, PATH: '' }, login });

  it.each([
    ['nothing', undefined],
    ['an empty file', {}],
    ['logins and a store', { auths: { 'ghcr.io': { auth: 'YTpi' } }, credsStore: 'ecr-login' }],
    ['helpers', { credHelpers: { 'gcr.io': 'gcloud' }, HttpHeaders: { 'X-Meta': '1' } }],
  ])('is there, and gone again without a trace: %s', async (_name, config) => {
    if (config !== undefined) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify(config));
    }
    expect(await add()).toEqual({ kind: 'written', directory: path.dirname(file) });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject(added);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    // Twice in a job is as good as once.
    await add();
    await removeLogin(path.dirname(file), login.host);
    const left = await readFile(file, 'utf8').catch(() => '{}');
    expect(JSON.parse(left)).toEqual(config ?? {});
    expect(await readdir(path.dirname(file))).toEqual(left === '{}' ? [] : ['config.json']);
  });

  it('goes where a link leads, and leaves the logins of others that came meanwhile', async () => {
    const real = path.join(home, 'real.json');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(real, '{}');
    await symlink(real, file);
    await add();
    const now = JSON.parse(await readFile(real, 'utf8'));
    await writeFile(real, JSON.stringify({ ...now, auths: { ...now.auths, 'ghcr.io': { auth: 'YTpi' } } }));
    await removeLogin(path.dirname(file), login.host);
    expect(JSON.parse(await readFile(real, 'utf8'))).toEqual({ auths: { 'ghcr.io': { auth: 'YTpi' } } });
  });

  it('is not written over what is no Docker config', async () => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '[1');
    expect(await add()).toMatchObject({ kind: 'unusable' });
    expect(await readFile(file, 'utf8')).toBe('[1');
    await removeLogin(path.dirname(file), login.host);
    expect(await readFile(file, 'utf8')).toBe('[1');
  });
});
