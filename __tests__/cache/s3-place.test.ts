import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { findGatewayToken, makeJobSecret } from '../../src/cache/job-secret.ts';
import { listIdleS3Attributes, readS3Place } from '../../src/cache/s3-place.ts';
import { toJobToken } from '../../src/gateway/access/job-token.ts';
import { deriveStubToken, isStub } from '../../src/gateway/access/stub-token.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';

function parse(to: string, more: Readonly<Record<string, string>> = {}) {
  return parseInputs({ INPUT_CACHE: 's3', 'INPUT_CACHE-TO-ATTRS': to, ...more }).cache;
}

function read(to: string, env: Readonly<Record<string, string>> = {}, repository = 'Acme/App') {
  return readS3Place(parse(to), repository, env);
}

describe('the place of cache: s3', () => {
  it.each<[string, string, Readonly<Record<string, string>>, object]>([
    [
      'the repository is in the prefix',
      'bucket=ci,region=eu-west-1',
      {},
      { bucket: 'ci', region: 'eu-west-1', usePathStyle: false, prefix: 'hotlayer/acme/app/' },
    ],
    [
      'a prefix that is given is the whole prefix',
      'bucket=ci,region=x1,prefix=/shared/',
      {},
      { prefix: 'shared/' },
    ],
    ['the region of the environment', 'bucket=ci', { AWS_REGION: 'eu-north-1' }, { region: 'eu-north-1' }],
    ['the other region of the environment', 'bucket=ci', { AWS_DEFAULT_REGION: 'a-1' }, { region: 'a-1' }],
    [
      'a store of others has no region',
      'bucket=ci,endpoint_url=http://minio:9000,use_path_style=true',
      {},
      { region: 'us-east-1', endpointUrl: 'http://minio:9000', usePathStyle: true },
    ],
  ])('%s', (_what, to, env, bucket) => {
    expect(read(to, env).upstream.bucket).toMatchObject(bucket);
  });

  it.each([
    ['no region', 'bucket=ci', /there is no region; allowed is for example/],
    ['a region that is none', 'bucket=ci,region=evil.example/', /is no region/],
    ['a bucket that is none', 'bucket=../x,region=eu-west-1', /is no name of a bucket/],
    ['a way up', 'bucket=ci,region=eu-west-1,prefix=a/../b', /is no prefix/],
    ['an empty part', 'bucket=ci,region=eu-west-1,prefix=a//b', /is no prefix/],
    ['a question in the prefix', 'bucket=ci,region=eu-west-1,prefix=a?b', /is no prefix/],
    [
      'a password in the URL',
      'bucket=ci,endpoint_url=https://u:hush@h',
      /^(?!.*hush).*is not the URL of a store/,
    ],
    ['another protocol', 'bucket=ci,endpoint_url=file:///x', /is not the URL of a store/],
    ['half of the credentials', 'bucket=ci,region=x1,access_key_id=hush', /^(?!.*hush).*belong together/],
    ['a session without a key', 'bucket=ci,region=x1,session_token=hush', /^(?!.*hush).*belong together/],
  ])('refuses %s, and says what is allowed', (_what, to, message) => {
    expect(() => read(to)).toThrow(message);
    expect(() => read(to)).toThrow(/allowed/);
  });

  it('needs a prefix where the runner names no repository', () => {
    expect(() => read('bucket=ci,region=x1', {}, '')).toThrow(/allowed is for example prefix=/);
    expect(read('bucket=ci,region=x1,prefix=p', {}, '').upstream.bucket.prefix).toBe('p/');
  });

  it('is one for imports and exports', () => {
    const cache = parse('bucket=ci,region=x1', { 'INPUT_CACHE-FROM-ATTRS': 'bucket=other' });
    expect(() => readS3Place(cache, 'a/b', {})).toThrow(/"other" is another one than in "cache-to-attrs"/);
  });

  it('of a read-only run is that of the imports', () => {
    const cache = parse('', {
      'INPUT_CACHE-FROM-ATTRS': 'bucket=other,region=x1',
      'INPUT_READ-ONLY': 'true',
    });
    expect(readS3Place(cache, 'a/b', {}).upstream.bucket.bucket).toBe('other');
  });

  it('has the credentials of the attributes, or else all that the AWS SDK reads', () => {
    const given = read('bucket=ci,region=x1,access_key_id=a,secret_access_key=b,session_token=c');
    expect(given.upstream.credentials).toEqual({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' });
    const env = {
      AWS_PROFILE: 'ci',
      AWS_CONFIG_FILE: 'aws/config',
      AWS_SECRET_ACCESS_KEY: 's',
      PATH: '/x',
      AWS_EMPTY: '',
    };
    Object.defineProperty(env, 'AWS_SECRET_ACCESS_KEY', { enumerable: false });
    expect(read('bucket=ci,region=x1', env).upstream.environment).toEqual({
      AWS_PROFILE: 'ci',
      AWS_CONFIG_FILE: path.resolve('aws/config'),
      AWS_SECRET_ACCESS_KEY: 's',
    });
  });

  it('says what has no effect', () => {
    expect(listIdleS3Attributes(parse('bucket=ci,region=x1,touch_refresh=24h,blobs_prefix=b'))).toEqual([
      expect.stringMatching(/^input "cache-to-attrs": blobs_prefix, touch_refresh have no effect/),
    ]);
    expect(listIdleS3Attributes(parse('bucket=ci,region=x1,prefix=p'))).toEqual([]);
  });
});

describe('the token of a gateway to a bucket', () => {
  const made: string[] = [];
  afterEach(async () => {
    for (const directory of made.splice(0)) await rm(directory, { recursive: true });
  });

  it.each([
    ['of the runtime token', 'runtime-token'],
    ['of a key in the directory of the job', undefined],
  ])('is made %s, and post finds it', async (_what, runtimeToken) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-secret-'));
    made.push(directory);
    const secrets = await Promise.all([1, 2, 3].map(() => makeJobSecret(directory, runtimeToken)));
    const token = toJobToken(secrets[0] ?? '', 'place');
    expect(new Set(secrets).size).toBe(1);
    expect(await findGatewayToken(directory, runtimeToken, 'place')).toBe(token);
    expect(await findGatewayToken(directory, runtimeToken, 'other')).not.toBe(token);
    expect(await findGatewayToken(directory, runtimeToken, undefined)).toBe(runtimeToken);
    expect(token).not.toContain(secrets[0]);
    if (runtimeToken !== undefined) return;
    expect((await stat(path.join(directory, 'gateway.key'))).mode & 0o777).toBe(0o600);
  });

  it('gives a stub that may read and write, and is no stub itself', () => {
    const token = toJobToken('secret', 'place');
    expect(isStub(token)).toBe(false);
    expect(deriveStubToken(token, '00', Date.now())).toMatchObject({
      kind: 'stub',
      refScopes: [{ scope: 'refs/hotlayer/cache', permission: 3 }],
    });
  });

  it('is lost with the directory of the job', async () => {
    expect(await findGatewayToken('/nonexistent', undefined, 'place')).toBeUndefined();
  });
});
