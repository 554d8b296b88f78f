import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { writeInputs, writeInputsPage } from '../../scripts/generated-docs.ts';
import { parseBuildFlags, renderBuildHelp } from '../../src/cli/build-flags.ts';
import { InputError } from '../../src/errors.ts';
import { listRows } from '../../src/inputs/definitions.ts';
import { describeForeignInputs } from '../../src/inputs/foreign.ts';
import { listSecretValues, parseBakeInputs } from '../../src/inputs/inputs.ts';
import type { RowFacts } from '../../src/inputs/row.ts';
import { isRecord, readField } from '../../src/json.ts';
import { bakeOutputNames } from '../../src/outputs.ts';
import { toInputVariables, toStepVariables } from '../helpers/input-variables.ts';

const root = path.join(import.meta.dirname, '..', '..');
const actionText = readFileSync(path.join(root, 'bake', 'action.yml'), 'utf8');
const action: unknown = parse(actionText);
const page = readFileSync(path.join(root, 'docs', 'bake.md'), 'utf8');
const rows = listRows('bake');

function listKeys(value: unknown): readonly string[] {
  return isRecord(value) ? Object.keys(value) : [];
}

/** A value that is not the default, where the kind alone does not give one. */
const samples: Readonly<Record<string, string>> = {
  set: 'app.args.A=1',
  vars: 'A=1',
  allow: 'network.host',
  call: 'check',
  provenance: 'mode=max',
  sbom: 'generator=a',
  'push-retries': '5',
  'pr-export': 'never',
  mode: 'min',
  compression: 'gzip',
  'compression-level': '3',
  cache: 'none',
  'cache-to-attrs': 'ref=a/b',
  'cache-from-attrs': 'ref=a/b',
  'max-size': '3GB',
  matrix: '{"os":"x"}',
  'buildkit-version': 'v0.30.0',
  'buildkit-sha256': 'a'.repeat(64),
  'buildx-version': 'v0.36.0',
  'buildx-sha256': 'b'.repeat(64),
};

function toSample({ name, kind, default: declared }: RowFacts): string {
  if (kind === 'flag') return declared === 'true' ? 'false' : 'true';
  if (kind === 'duration') return '7s';
  return samples[name] ?? `sample-of-${name}`;
}

function parseSample(row: RowFacts): string {
  try {
    return JSON.stringify(parseBakeInputs(toInputVariables({ [row.name]: toSample(row) })));
  } catch (error) {
    if (error instanceof InputError && error.input === row.name) return 'refused';
    throw error;
  }
}

describe('each input of the action bake', () => {
  it('is in bake/action.yml and docs/bake.md as its row has it, and nothing else is', () => {
    expect(listKeys(readField(action, 'inputs'))).toEqual(rows.map(({ name }) => name));
    expect(writeInputs(actionText, 'bake')).toBe(actionText);
    expect(writeInputsPage(page, actionText)).toBe(page);
  });

  it('is one of docker/bake-action, or of ours', () => {
    const names = new Set(rows.map(({ name }) => name));
    const theirs =
      'builder source allow call files workdir targets no-cache pull load provenance push sbom set vars github-token';
    for (const name of theirs.split(' ')) expect(names).toContain(name);
    for (const row of listRows('main').slice(listRows('main').findIndex(({ name }) => name === 'scope')))
      expect(names.has(row.name)).toBe(row.actions.includes('bake'));
  });

  it.each(rows.map((row) => [row.name, row] as const))('%s acts on the step', (_, row) => {
    expect(parseSample(row)).not.toBe(JSON.stringify(parseBakeInputs({})));
  });

  it.each(rows.map((row) => [row.name, row] as const))('%s is a flag of hotlayer bake', (name, row) => {
    const value = toSample(row);
    const argv = name === 'targets' ? [value] : [`--${name}=${value}`];
    expect([...parseBuildFlags(argv, 'bake').inputs]).toEqual([[name, value]]);
    if (name !== 'targets') expect(renderBuildHelp('bake')).toContain(`--${name}`);
  });

  it.each(rows.map((row) => [row.name, row] as const))(
    '%s is masked if it is secret, and known',
    (name, row) => {
      const variables = toInputVariables({ [name]: toSample(row) });
      expect(describeForeignInputs(variables, 'bake')).toBeUndefined();
      if (parseSample(row) === 'refused') return;
      expect(listSecretValues(parseBakeInputs(variables)).length > 0).toBe(row.isSecret);
    },
  );

  it('has its default also where the runner sets it', () => {
    expect(parseBakeInputs(toStepVariables({}, 'bake'))).toEqual(parseBakeInputs({}));
  });

  it('is told of when it is one of the main action alone', () => {
    expect(
      describeForeignInputs(toInputVariables({ tags: 'a:1', 'cache-to': 'type=inline' }), 'bake'),
    ).toMatch(/have no effect.*"cache-to".*"tags"/);
    expect(parseBakeInputs(toInputVariables({ 'cache-to': 'type=inline' }))).toEqual(parseBakeInputs({}));
  });
});

describe('the entries of the action bake', () => {
  it('are main with an argument, and the post of all', () => {
    expect(readField(action, 'runs')).toEqual({
      using: 'node24',
      main: '../dist/bake/index.js',
      post: '../dist/post/index.js',
      'post-if': 'always()',
    });
    expect(listKeys(readField(action, 'outputs'))).toEqual(bakeOutputNames);
    for (const entry of ['main', 'post']) {
      expect(existsSync(path.join(root, 'dist', entry, 'index.js'))).toBe(true);
    }
  });
});
