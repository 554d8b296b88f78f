import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { booleanInputNames, inputNames } from '../../src/inputs/names.ts';
import { isRecord, readField, readString } from '../../src/json.ts';
import { outputNames, writeOutputs } from '../../src/outputs.ts';

const root = path.join(import.meta.dirname, '..', '..');
const action: unknown = parse(readFileSync(path.join(root, 'action.yml'), 'utf8'));
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

function listKeys(value: unknown): readonly string[] {
  return isRecord(value) ? Object.keys(value) : [];
}

const declared = listKeys(readField(action, 'inputs'));

function toCamelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

describe('inputs', () => {
  it('are in action.yml what parseInputs reads', () => {
    const read = new Set<string>();
    const env = new Proxy<Record<string, string>>(
      {},
      {
        get: (_, name) => {
          if (typeof name === 'string') read.add(name);
          return undefined;
        },
      },
    );
    parseInputs(env);
    expect([...read].sort()).toEqual(declared.map((name) => `INPUT_${name.toUpperCase()}`).sort());
  });

  it('are in action.yml the fields of Inputs', () => {
    const fields = Object.values(parseInputs({})).flatMap((group) => Object.keys(group));
    expect(fields.map((field) => field.replace(/Ms$/, '')).sort()).toEqual(declared.map(toCamelCase).sort());
  });

  it('are in action.yml the names of the command line', () => {
    expect(inputNames).toEqual(declared);
    const values = Object.values(parseInputs({})).flatMap((group) => Object.entries(group));
    const booleans = values.filter(([, value]) => typeof value === 'boolean');
    expect(booleanInputNames.map(toCamelCase).sort()).toEqual(booleans.map(([name]) => name).sort());
  });

  it('have in action.yml the defaults of parseInputs', () => {
    const defaults = Object.fromEntries(
      declared.flatMap((name) => {
        const value = readString(action, 'inputs', name, 'default');
        // An expression has its value only in a job.
        return value === undefined || value.startsWith('${{') ? [] : [[`INPUT_${name.toUpperCase()}`, value]];
      }),
    );
    expect(parseInputs(defaults)).toEqual(parseInputs({}));
    expect(Object.keys(defaults)).toContain('INPUT_BUILDKIT-VERSION');
    for (const name of booleanInputNames) expect(defaults).toHaveProperty([`INPUT_${name.toUpperCase()}`]);
  });

  it('get the matrix and the token of the job', () => {
    expect(readString(action, 'inputs', 'matrix', 'default')).toMatch(/^\$\{\{ toJSON\(matrix\) \}\}$/);
    expect(readString(action, 'inputs', 'github-token', 'default')).toMatch(/^\$\{\{ github\.token \}\}$/);
  });

  it('have one sentence each', () => {
    for (const name of declared) {
      expect(readString(action, 'inputs', name, 'description')).toMatch(/^[A-Z][^\n]*\.$/);
    }
  });
});

describe('outputs', () => {
  it('are in action.yml what writeOutputs writes', () => {
    expect(listKeys(readField(action, 'outputs'))).toEqual([...outputNames]);
  });

  describe('written', () => {
    let directory: string;
    const before = process.env['GITHUB_OUTPUT'];
    beforeEach(() => {
      directory = mkdtempSync(path.join(tmpdir(), 'hotlayer-outputs-'));
      process.env['GITHUB_OUTPUT'] = path.join(directory, 'output');
    });
    afterEach(() => {
      if (before === undefined) delete process.env['GITHUB_OUTPUT'];
      else process.env['GITHUB_OUTPUT'] = before;
      rmSync(directory, { recursive: true, force: true });
    });

    it('are those that are known, as text', () => {
      const file = path.join(directory, 'output');
      const plan = {
        imports: ['a'],
        export: null,
        code: 'no-token',
        reason: 'r',
        chain: [],
        exportRef: null,
      } as const;
      spawnSync('touch', [file]);
      writeOutputs({
        imageid: 'sha256:1',
        digest: undefined,
        metadata: undefined,
        cachePlan: plan,
        cacheExport: 'skipped',
        cachedSteps: 0,
        totalSteps: 3,
        cacheReadBytes: undefined,
        cacheWrittenBytes: undefined,
        buildkitHost: 'unix:///s',
      });
      const text = readFileSync(file, 'utf8');
      const names = [...text.matchAll(/^([a-z-]+)<</gm)].map(([, name]) => name);
      expect(names).toEqual([
        'imageid',
        'cache-plan',
        'cache-export',
        'cached-steps',
        'total-steps',
        'buildkit-host',
      ]);
      expect(text).toContain(JSON.stringify(plan));
    });
  });
});

describe('README', () => {
  it('has the tables of action.yml', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [path.join(root, 'scripts', 'update-readme.mjs'), '--check'],
      {
        encoding: 'utf8',
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const name of [...declared, ...outputNames]) expect(readme).toContain(`| \`${name}\` |`);
  });
});

describe('runs', () => {
  it('starts the bundles on Node 24, and the clean-up always', () => {
    expect(readField(action, 'runs')).toEqual({
      using: 'node24',
      main: 'dist/main/index.js',
      post: 'dist/post/index.js',
      'post-if': 'always()',
    });
  });
});
