import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  addLogin,
  findBuildxConfig,
  parseDockerConfig,
  removeDockerConfig,
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
