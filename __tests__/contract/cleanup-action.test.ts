import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { writeInputs, writeInputsPage } from '../../scripts/generated-docs.ts';
import { cleanupOutputNames } from '../../src/cleanup/outputs.ts';
import { runCleanupCommand } from '../../src/cli/cleanup.ts';
import { listRows } from '../../src/inputs/definitions.ts';
import { describeForeignInputs } from '../../src/inputs/foreign.ts';
import { listSecretValues, parseCleanupInputs } from '../../src/inputs/inputs.ts';
import type { RowFacts } from '../../src/inputs/row.ts';
import { isRecord, readField } from '../../src/json.ts';
import { toInputVariables, toStepVariables } from '../helpers/input-variables.ts';
import { root } from '../helpers/runner.ts';

const actionText = readFileSync(path.join(root, 'cleanup', 'action.yml'), 'utf8');
const action: unknown = parse(actionText);
const page = readFileSync(path.join(root, 'docs', 'cleanup.md'), 'utf8');
const rows = listRows('cleanup');
const listKeys = (value: unknown) => (isRecord(value) ? Object.keys(value) : []);

const samples: Readonly<Record<string, string>> = { refs: 'refs/heads/main', limit: '5GB' };
const toSample = ({ name, kind, default: declared }: RowFacts): string =>
  kind === 'flag' ? (declared === 'true' ? 'false' : 'true') : (samples[name] ?? `sample-of-${name}`);

describe('each input of the action cleanup', () => {
  it('is in cleanup/action.yml and docs/cleanup.md as its row has it, and nothing else is', () => {
    expect(rows.map(({ name }) => name)).toEqual([
      'github-token',
      'refs',
      'other-tools',
      'dry-run',
      'limit',
      'summary',
    ]);
    expect(listKeys(readField(action, 'inputs'))).toEqual(rows.map(({ name }) => name));
    expect(writeInputs(actionText, 'cleanup')).toBe(actionText);
    expect(writeInputsPage(page, actionText)).toBe(page);
  });

  it.each(rows.map((row) => [row.name, row] as const))(
    '%s acts, is known, and masked if it is secret',
    (name, row) => {
      const variables = toInputVariables({ [name]: toSample(row) });
      const inputs = parseCleanupInputs(variables);
      expect(JSON.stringify(inputs)).not.toBe(JSON.stringify(parseCleanupInputs({})));
      expect(describeForeignInputs(variables, 'cleanup')).toBeUndefined();
      expect(listSecretValues(inputs).length > 0).toBe(row.isSecret);
    },
  );

  it('is a flag of hotlayer cleanup, but for the summary', async () => {
    let help = '';
    expect(await runCleanupCommand(['--help'], {}, (text) => (help += text))).toBe(0);
    const flags = [...help.matchAll(/^ *--([\w-]+)/gm)].map(([, name]) => name);
    for (const { name } of rows) expect([name, flags.includes(name)]).toEqual([name, name !== 'summary']);
  });

  it('has its default also where the runner sets it, and one that nobody has is told of', () => {
    expect(parseCleanupInputs(toStepVariables({}, 'cleanup'))).toEqual(parseCleanupInputs({}));
    expect(describeForeignInputs(toInputVariables({ tags: 'a', dryrun: 'true' }), 'cleanup')).toMatch(
      /"dryrun" \(did you mean "dry-run"\?\).*"tags"/,
    );
  });
});

describe('bad inputs of a clean-up', () => {
  it.each([
    ['limit', '10', 10],
    ['limit', '10GB', 10_000_000_000],
    ['limit', '1.5 GiB', 1_610_612_736],
    ['limit', '512MiB', 536_870_912],
    ['limit', '2t', 2_000_000_000_000],
  ])('%s: %s is %d bytes', (name, text, bytes) => {
    expect(parseCleanupInputs(toInputVariables({ [name]: text })).cleanup.limit).toBe(bytes);
  });

  it.each([
    ['limit', 'much', /^input "limit": "much" is not a size; allowed is/],
    ['limit', '-1GB', /^input "limit": /],
    ['refs', 'main', /^input "refs": "main" is not a whole ref; allowed are refs\/heads\/NAME/],
    ['refs', 'refs/heads/a b', /^input "refs": /],
    ['dry-run', 'perhaps', /^input "dry-run": "perhaps" is not a boolean/],
  ])('%s: %s', (name, text, message) => {
    expect(() => parseCleanupInputs(toInputVariables({ [name]: text }))).toThrow(message);
  });
});

describe('the entry of the action cleanup', () => {
  it('is a bundle of its own, without a post, and its outputs are those that are written', () => {
    expect(readField(action, 'runs')).toEqual({ using: 'node24', main: '../dist/cleanup/index.js' });
    expect(listKeys(readField(action, 'outputs'))).toEqual([...cleanupOutputNames]);
    expect(existsSync(path.join(root, 'src', 'cleanup.ts'))).toBe(true);
  });
});
