// Writes the inputs of each action.yml from the rows in src/inputs/, the tables of README.md, docs/inputs.md and the page of each action from them,
// the workflows of docs/migrate.md from docs/migrate/, and the tables of docs/reusable-workflow.md from build.yml; with --check it only says whether they are current.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { writeInputs, writeInputsPage, writeTables } from './generated-docs.ts';
import { readPairs, writeMigratePage } from './migrate-page.ts';
import { writeWorkflowPage } from './workflow-page.ts';

const root = path.join(import.meta.dirname, '..');
const isCheck = process.argv.includes('--check');

const action = update('action.yml', (text) => writeInputs(text));
const bake = update('bake/action.yml', (text) => writeInputs(text, 'bake'));
const setup = update('setup/action.yml', (text) => writeInputs(text, 'setup'));
update('docs/setup.md', (page) => writeInputsPage(page, setup));
const cleanup = update('cleanup/action.yml', (text) => writeInputs(text, 'cleanup'));
update('docs/cleanup.md', (page) => writeInputsPage(page, cleanup));
update('docs/bake.md', (page) => writeInputsPage(page, bake));
update('README.md', (readme) => writeTables(readme, action));
update('docs/inputs.md', (page) => writeInputsPage(page, action));
update('docs/migrate.md', (page) => writeMigratePage(page, readPairs(root)));

const workflow = readFileSync(path.join(root, '.github', 'workflows', 'build.yml'), 'utf8');
update('docs/reusable-workflow.md', (page) => writeWorkflowPage(page, workflow));

/** Answers the text as it should be. */
function update(name: string, write: (text: string) => string): string {
  const file = path.join(root, name);
  const text = readFileSync(file, 'utf8');
  const wanted = write(text);
  if (wanted === text) {
    console.log(`${name} is current.`);
  } else if (isCheck) {
    console.error(`${name} differs from what it is made of: run \`npm run readme\`.`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, wanted);
    console.log(`${name} is written.`);
  }
  return wanted;
}
