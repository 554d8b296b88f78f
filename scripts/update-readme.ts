// Writes the tables of inputs and outputs in README.md from action.yml; with --check it only says whether they are current.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parse } from 'yaml';
import { isRecord, readField, readString } from '../src/json.ts';
import { renderTable } from '../src/report/format.ts';
import { replaceBetween } from './markers.ts';

const root = path.join(import.meta.dirname, '..');
const readmePath = path.join(root, 'README.md');
const action: unknown = parse(readFileSync(path.join(root, 'action.yml'), 'utf8'));
const readme = readFileSync(readmePath, 'utf8');

const inputs = renderTable(
  ['Input', 'Default', 'Meaning'],
  listEntries('inputs').map(([name, input]) => {
    const value = readString(input, 'default');
    return [`\`${name}\``, value === undefined ? '' : `\`${value}\``, readDescription(input)];
  }),
);
const outputs = renderTable(
  ['Output', 'Meaning'],
  listEntries('outputs').map(([name, output]) => [`\`${name}\``, readDescription(output)]),
);

const wanted = replace(replace(readme, 'inputs', inputs), 'outputs', outputs);
if (wanted === readme) {
  console.log('README.md has the inputs and outputs of action.yml.');
} else if (process.argv.includes('--check')) {
  console.error('README.md differs from action.yml: run `npm run readme`.');
  process.exitCode = 1;
} else {
  writeFileSync(readmePath, wanted);
  console.log('README.md is up to date with action.yml.');
}

function listEntries(section: string): readonly (readonly [name: string, entry: unknown])[] {
  const entries = readField(action, section);
  if (!isRecord(entries)) throw new Error(`action.yml has no ${section}`);
  return Object.entries(entries);
}

function readDescription(entry: unknown): string {
  return (readString(entry, 'description') ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ').trim();
}

function replace(text: string, name: string, table: string): string {
  const begin = `<!-- ${name}: generated from action.yml, npm run readme -->`;
  return replaceBetween(text, begin, `<!-- end of ${name} -->`, table);
}
