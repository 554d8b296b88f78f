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

  it('does not take an empty token for a value to hide', () => {
    expect(Object.keys(confineSecrets({ ACTIONS_RUNTIME_TOKEN: '', EMPTY: '' }))).toContain('EMPTY');
  });
});
