// The picture of a job summary in the README: `node scripts/run.mjs summary-picture FILE.md` writes docs/summary.svg from the
// Markdown that the action wrote to GITHUB_STEP_SUMMARY.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { renderSummaryPicture } from '../bench/render-summary.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('name the Markdown file of a job summary.');
const target = path.join(import.meta.dirname, '..', 'docs', 'summary.svg');
writeFileSync(target, renderSummaryPicture(readFileSync(file, 'utf8')));
console.log(target);
