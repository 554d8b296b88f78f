import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { writeInputs, writeInputsPage } from '../../scripts/generated-docs.ts';
import { listRows } from '../../src/inputs/definitions.ts';
import { describeForeignInputs } from '../../src/inputs/foreign.ts';
import { listSecretValues, parseSetupInputs } from '../../src/inputs/inputs.ts';
import { isRecord, readField } from '../../src/json.ts';
import { setupOutputNames } from '../../src/outputs.ts';
import { toInputVariables, toStepVariables } from '../helpers/input-variables.ts';

const root = path.join(import.meta.dirname, '..', '..');
const actionText = readFileSync(path.join(root, 'setup', 'action.yml'), 'utf8');
const action: unknown = parse(actionText);
const page = readFileSync(path.join(root, 'docs', 'setup.md'), 'utf8');
const rows = listRows('setup');
const names = rows.map(({ name }) => name);
const listKeys = (value: unknown) => (isRecord(value) ? Object.keys(value) : []);

describe('the action setup', () => {
  it('has its inputs in setup/action.yml and docs/setup.md as the rows have them, and no others', () => {
    expect(listKeys(readField(action, 'inputs'))).toEqual(names);
    expect(writeInputs(actionText, 'setup')).toBe(actionText);
    expect(writeInputsPage(page, actionText)).toBe(page);
  });

  it('takes all of the cache and the daemon but what one build alone has', () => {
    const shared = listRows('main').slice(listRows('main').findIndex(({ name }) => name === 'scope'));
    const left = shared.filter(({ name }) => !names.includes(name)).map(({ name }) => name);
    expect(left).toEqual([
      ...['scope', 'cache-to-attrs', 'cache-from-attrs', 'max-size', 'cache-from', 'cache-to', 'gateway'],
      'check-annotations',
    ]);
  });

  it('has its defaults also where the runner sets them', () => {
    expect(parseSetupInputs(toStepVariables({}, 'setup'))).toEqual(parseSetupInputs({}));
  });

  it('tells of inputs of docker/setup-buildx-action and of the main action that have no effect', () => {
    expect(
      describeForeignInputs(toInputVariables({ tags: 'a:1', driver: 'docker-container' }), 'setup'),
    ).toMatch(/have no effect.*"driver".*"tags"/);
    expect(describeForeignInputs(toInputVariables({ scopes: 'a' }), 'setup')).toBeUndefined();
  });

  it('masks what is secret', () => {
    const inputs = toInputVariables({ 'github-token': 'hunter2' });
    expect(listSecretValues(parseSetupInputs(inputs))).toContain('hunter2');
  });

  it('reads sizes as people write them', () => {
    const read = (text: string) => parseSetupInputs(toInputVariables({ 'gc-keep': text })).daemon.gcKeep;
    expect(['1', '20GB', '1.5 GiB', '3mb'].map(read)).toEqual([1, 20e9, 1.5 * 2 ** 30, 3e6]);
  });

  it('is main with an argument, and the post of all', () => {
    expect(readField(action, 'runs')).toEqual({
      using: 'node24',
      main: '../dist/setup/index.js',
      post: '../dist/post/index.js',
      'post-if': 'always()',
    });
    expect(listKeys(readField(action, 'outputs'))).toEqual(setupOutputNames);
    expect(existsSync(path.join(root, 'setup', 'action.yml'))).toBe(true);
  });
});
