// Writes the tables of inputs and outputs in README.md from action.yml; with --check it only says whether they are current.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parse } from 'yaml';

const root = path.join(import.meta.dirname, '..');
const readmePath = path.join(root, 'README.md');
const action = parse(readFileSync(path.join(root, 'action.yml'), 'utf8'));
const readme = readFileSync(readmePath, 'utf8');

const escapeCell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ').trim();
const renderTable = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const inputs = renderTable(
  ['Input', 'Default', 'Meaning'],
  Object.entries(action.inputs).map(([name, { description, default: value }]) => [
    `\`${name}\``,
    value === undefined ? '' : `\`${value}\``,
    escapeCell(description),
  ]),
);
const outputs = renderTable(
  ['Output', 'Meaning'],
  Object.entries(action.outputs).map(([name, { description }]) => [`\`${name}\``, escapeCell(description)]),
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

function replace(text, name, table) {
  const begin = `<!-- ${name}: generated from action.yml, npm run readme -->`;
  const end = `<!-- end of ${name} -->`;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`README.md has no markers for ${name}: ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`;
}
