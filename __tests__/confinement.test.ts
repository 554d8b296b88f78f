import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { confineSecrets } from '../src/confinement.ts';

const env = {
  PATH: process.env['PATH'],
  ACTIONS_RUNTIME_TOKEN: 'a.b.secret',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'a.b.other',
  EXPORTED_BY_SOMEBODY: 'a.b.secret',
  INPUT_SECRETS: 'key=hush',
  BUILDER_NODE_0_AUTH_TLS_KEY: 'hush',
  EMPTY: '',
};

describe('confineSecrets', () => {
  it('keeps every variable readable by name', () => {
    const confined = confineSecrets(env);
    expect(Object.keys(env).map((name) => confined[name])).toEqual(Object.values(env));
  });

  it('hides tokens, copies of them and inputs from spread and iteration', () => {
    expect(Object.keys({ ...confineSecrets(env) })).toEqual(['PATH', 'EMPTY']);
  });

  it('hides them from child processes, also where the library passes the environment on', () => {
    const confined = confineSecrets(env);
    for (const passed of [confined, { ...confined, MORE: '1' }]) {
      const text = execFileSync(process.execPath, ['-p', 'JSON.stringify(process.env)'], {
        env: passed,
        encoding: 'utf8',
      });
      expect(text).not.toContain('a.b.');
      expect(text).not.toContain('hush');
    }
  });

  it('hides them from children that inherit process.env itself', () => {
    const script = `
      process.env = Object.defineProperty({ ...process.env }, 'ACTIONS_RUNTIME_TOKEN', { value: 'a.b.secret', enumerable: false });
      process.stdout.write(require('node:child_process').execFileSync(process.execPath, ['-p', 'process.env.ACTIONS_RUNTIME_TOKEN']));`;
    expect(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout.trim()).toBe('undefined');
  });

  it.each([
    ['hidden with cache: s3, whose gateway alone has it', { INPUT_CACHE: 's3' }, undefined],
    [
      'hidden where the cache has only a bucket in its attributes',
      { INPUT_CACHE: ' s3 ', 'INPUT_CACHE-TO-ATTRS': 'bucket=b' },
      undefined,
    ],
    ['passed on without the gateway', { INPUT_CACHE: 's3', INPUT_GATEWAY: 'false' }, 'aws-secret'],
    ['passed on with another cache', { INPUT_CACHE: 'gha' }, 'aws-secret'],
    ['passed on without an input', {}, 'aws-secret'],
    [
      'passed on where the cache has credentials of its own',
      { INPUT_CACHE: 's3', 'INPUT_CACHE-TO-ATTRS': 'bucket=b\naccess_key_id = x' },
      'aws-secret',
    ],
  ])('a secret of AWS is %s', (_what, inputs, passed) => {
    const confined = confineSecrets({
      ...inputs,
      AWS_SECRET_ACCESS_KEY: 'aws-secret',
      AWS_REGION: 'eu-west-1',
    });
    expect({ ...confined }['AWS_SECRET_ACCESS_KEY']).toBe(passed);
    expect({ ...confined }['AWS_REGION']).toBe('eu-west-1');
    expect(confined['AWS_SECRET_ACCESS_KEY']).toBe('aws-secret');
    expect({ ...confineSecrets(confined, { hidesBuckets: true }) }['AWS_SECRET_ACCESS_KEY']).toBeUndefined();
  });

  it('does not take an empty token for a value to hide', () => {
    expect(Object.keys(confineSecrets({ ACTIONS_RUNTIME_TOKEN: '', EMPTY: '' }))).toContain('EMPTY');
  });
});
