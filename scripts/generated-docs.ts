import { parse, stringify } from 'yaml';
import { listGroups, listRows } from '../src/inputs/definitions.ts';
import type { Action } from '../src/inputs/row.ts';
import { isRecord, readField, readString } from '../src/json.ts';
import { renderTable } from '../src/report/format.ts';
import { replaceBetween } from './markers.ts';

/** The action.yml of an action with its inputs as the rows in src/inputs/ have them. */
export function writeInputs(actionText: string, action: Action = 'main'): string {
  const inputs = Object.fromEntries(
    listRows(action).map(({ name, description, default: declared }) => [
      name,
      { description, ...(declared === undefined ? {} : { default: declared }) },
    ]),
  );
  const lines = stringify(inputs, { lineWidth: 0, singleQuote: true }).trimEnd().split('\n');
  return replaceBetween(
    actionText,
    '  # Generated from the rows in src/inputs/: npm run readme',
    '  # End of the inputs',
    lines.map((line) => `  ${line}`).join('\n'),
  );
}

/** README.md with the names of the inputs by group, and the outputs of an action.yml. */
export function writeTables(readme: string, actionText: string): string {
  const groups = renderTable(
    ['About', 'Inputs'],
    listGroups('main').map(({ name, rows }) => [name, rows.map((row) => `\`${row.name}\``).join(', ')]),
  );
  const outputs = renderTable(
    ['Output', 'Meaning'],
    listEntries(parse(actionText), 'outputs').map(([name, output]) => [
      `\`${name}\``,
      readDescription(output),
    ]),
  );
  return writeTable(writeTable(readme, 'inputs', groups), 'outputs', outputs);
}

/** docs/inputs.md with the inputs of an action.yml. */
export function writeInputsPage(page: string, actionText: string): string {
  const inputs = renderTable(
    ['Input', 'Default', 'Meaning'],
    listEntries(parse(actionText), 'inputs').map(([name, input]) => {
      const value = readString(input, 'default');
      return [`\`${name}\``, value === undefined ? '' : `\`${value}\``, readDescription(input)];
    }),
  );
  return writeTable(page, 'inputs', inputs);
}

function listEntries(action: unknown, section: string): readonly (readonly [name: string, entry: unknown])[] {
  const entries = readField(action, section);
  if (!isRecord(entries)) throw new Error(`action.yml has no ${section}`);
  return Object.entries(entries);
}

function readDescription(entry: unknown): string {
  return (readString(entry, 'description') ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ').trim();
}

function writeTable(text: string, name: string, table: string): string {
  const begin = `<!-- ${name}: generated from action.yml, npm run readme -->`;
  return replaceBetween(text, begin, `<!-- end of ${name} -->`, table);
}
