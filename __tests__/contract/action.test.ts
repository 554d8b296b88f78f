import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { writeInputs, writeInputsPage, writeTables } from '../../scripts/generated-docs.ts';
import { parseBuildFlags, renderBuildHelp } from '../../src/cli/build-flags.ts';
import { InputError } from '../../src/errors.ts';
import { listRows } from '../../src/inputs/definitions.ts';
import { describeForeignInputs } from '../../src/inputs/foreign.ts';
import { listSecretValues, parseInputs } from '../../src/inputs/inputs.ts';
import type { RowFacts } from '../../src/inputs/row.ts';
import { isRecord, readField, readString } from '../../src/json.ts';
import { outputNames, writeOutputs } from '../../src/outputs.ts';
import { toInputVariables, toStepVariables } from '../helpers/input-variables.ts';

const root = path.join(import.meta.dirname, '..', '..');
const actionText = readFileSync(path.join(root, 'action.yml'), 'utf8');
const action: unknown = parse(actionText);
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const inputsPage = readFileSync(path.join(root, 'docs', 'inputs.md'), 'utf8');

function listKeys(value: unknown): readonly string[] {
  return isRecord(value) ? Object.keys(value) : [];
}

const declared = listKeys(readField(action, 'inputs'));

const rows = listRows('main');
const names = rows.map(({ name }) => name);

/** A value that is not the default, where the name of the kind alone does not give one. */
const samples: Readonly<Record<string, string>> = {
  context: 'app',
  platforms: 'linux/arm64',
  'build-args': 'A=1',
  secrets: 'A=sample-of-secrets',
  'secrets-yaml': 'A: sample-of-secrets',
  labels: 'a=b',
  tags: 'a:1',
  outputs: 'type=local,dest=x',
  'push-retries': '5',
  'build-contexts': 'a=b',
  'secret-envs': 'A=B',
  'secret-files': 'A=b',
  'no-cache-filters': 'stage',
  'add-hosts': 'a:1.2.3.4',
  network: 'none',
  'shm-size': '2g',
  ulimit: 'nofile=1',
  allow: 'network.host',
  call: 'check',
  annotations: 'a=b',
  provenance: 'mode=max',
  sbom: 'generator=a',
  attests: 'type=sbom',
  'cache-from': 'type=registry,ref=a/b',
  'cache-to': 'type=inline',
  'compression-level': '3',
  cache: 'none',
  mode: 'min',
  'cache-to-attrs': 'ref=a/b',
  'cache-from-attrs': 'ref=a/b',
  'max-size': '3GB',
  matrix: '{"os":"x"}',
  'buildkit-version': 'v0.30.0',
  'buildkit-sha256': 'a'.repeat(64),
  'buildx-version': 'v0.36.0',
  'buildkitd-flags': "'--debug'",
  'buildkitd-env': 'A=1',
  'registry-mirrors': 'mirror.example.com',
  'max-parallelism': '2',
  endpoint: 'unix:///run/buildkit/buildkitd.sock',
  'buildx-sha256': 'b'.repeat(64),
};

function toSample({ name, kind, default: declared }: RowFacts): string {
  if (kind === 'flag') return declared === 'true' ? 'false' : 'true';
  if (kind === 'duration') return '7s';
  return samples[name] ?? `sample-of-${name}`;
}

/** By name of the input; one that has an error where it cannot be meant together with the defaults. */
function parseSample(row: RowFacts): string {
  const env = toInputVariables({ [row.name]: toSample(row) });
  try {
    return JSON.stringify(parseInputs(env));
  } catch (error) {
    if (error instanceof InputError && error.input === row.name) return 'refused';
    throw error;
  }
}

describe('each row of the inputs', () => {
  it('is in action.yml with its default and description, and nothing else is', () => {
    expect(declared).toEqual(names);
    for (const { name, description, default: value } of rows) {
      expect(readField(action, 'inputs', name)).toEqual(
        value === undefined ? { description } : { description, default: value },
      );
    }
    expect(writeInputs(actionText)).toBe(actionText);
  });

  it.each(names)('%s is in README.md and docs/inputs.md', (name) => {
    expect(readme).toContain(`\`${name}\``);
    expect(inputsPage).toContain(`| \`${name}\` |`);
  });

  it.each(rows.map((row) => [row.name, row] as const))('%s acts on Inputs', (_, row) => {
    expect(parseSample(row)).not.toBe(JSON.stringify(parseInputs({})));
  });

  it.each(rows.map((row) => [row.name, row] as const))('%s is read by hotlayer build', (name, row) => {
    const value = toSample(row);
    const argv = name === 'context' ? [value] : [`--${name}`, value];
    // A flag takes its value with = only: `--push` alone stands for true.
    const given = row.kind === 'flag' ? [`--${name}=${value}`] : argv;
    expect([...parseBuildFlags(given).inputs]).toEqual([[name, value]]);
    if (name !== 'context') expect(renderBuildHelp()).toContain(`--${name}`);
  });

  it.each(rows.map((row) => [row.name, row] as const))('%s is masked if it is secret', (name, row) => {
    if (parseSample(row) === 'refused') return;
    const text = toSample(row);
    const masks = listSecretValues(parseInputs(toInputVariables({ [name]: text })));
    expect(masks.length > 0).toBe(row.isSecret);
    for (const mask of masks) expect(text).toContain(mask);
  });

  it.each(names)('%s is known, and is suggested for a slip of the pen', (name) => {
    expect(describeForeignInputs(toInputVariables({ [name]: 'x' }))).toBeUndefined();
    const slip = `${name}q`;
    if (name.length >= 3)
      expect(describeForeignInputs(toInputVariables({ [slip]: 'x' }))).toContain(`did you mean "${name}"?`);
  });

  it('is read from its own variable, and no other is', () => {
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
    // Variables of Docker's actions that mean the inputs `summary` and `check-annotations` too.
    const switches = ['DOCKER_BUILD_SUMMARY', 'DOCKER_BUILD_CHECKS_ANNOTATIONS'];
    const variables = [...switches, ...names.map((name) => `INPUT_${name.toUpperCase()}`)];
    expect([...read].sort()).toEqual(variables.sort());
  });

  it('has a name of its own, and a field of its own in all groups', () => {
    expect(new Set(names).size).toBe(names.length);
    const fields = Object.values(parseInputs({})).flatMap((group) => Object.keys(group));
    // The size of the daemon's cache is an input of setup alone, and has its default here.
    expect(new Set(fields).size).toBe(names.length + 1);
  });

  it('has one sentence', () => {
    for (const { description } of rows) expect(description).toMatch(/^[A-Z][^\n]*\.$/);
  });

  it('has its default also where the runner sets it', () => {
    expect(parseInputs(toStepVariables({}))).toEqual(parseInputs({}));
    for (const { kind, default: value } of rows) {
      if (['flag', 'choice', 'duration'].includes(kind)) expect(value).toBeDefined();
    }
  });

  it('gets the matrix and the token of the job', () => {
    expect(readString(action, 'inputs', 'matrix', 'default')).toMatch(/^\$\{\{ toJSON\(matrix\) \}\}$/);
    expect(readString(action, 'inputs', 'github-token', 'default')).toMatch(/^\$\{\{ github\.token \}\}$/);
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
    expect(writeTables(readme, actionText)).toBe(readme);
    expect(writeInputsPage(inputsPage, actionText)).toBe(inputsPage);
    for (const name of outputNames) expect(readme).toContain(`| \`${name}\` |`);
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
