import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { readPairs, renderDiff, writeMigratePage } from '../../scripts/migrate-page.ts';
import { isRecord, readField, readString } from '../../src/json.ts';
import { lintWorkflows } from '../helpers/actionlint.ts';
import { root } from '../helpers/runner.ts';

const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const pages = ['README.md', ...readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
);
const pairs = readPairs(root);
const page = read('docs/migrate.md');

/** A block of YAML as a workflow: blocks are whole ones, steps, a step’s `with`, or inputs. */
function toWorkflow(block: unknown): unknown {
  if (readField(block, 'jobs') !== undefined) return block;
  const fragment = isRecord(block) && readField(block, 'with') === undefined ? { with: block } : block;
  const steps = Array.isArray(fragment)
    ? fragment
    : [{ uses: 'hotlayer/hotlayer@v1', ...toRecord(fragment) }];
  return { on: 'push', jobs: { image: { 'runs-on': 'ubuntu-latest', steps } } };
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function listBlocks(name: string): readonly (readonly [name: string, text: string])[] {
  return [...read(name).matchAll(/^```ya?ml\n(.*?)^```$/gms)].map(([, text = ''], index) => [
    `${name} ${index + 1}`,
    text,
  ]);
}

/** The steps of all jobs that use an action. */
function listSteps(workflow: string, uses: RegExp): readonly unknown[] {
  return Object.values(toRecord(readField(parse(workflow), 'jobs')))
    .flatMap((job) => readField(job, 'steps'))
    .filter((step) => uses.test(readString(step, 'uses') ?? ''));
}

describe('workflows of the docs', () => {
  const blocks = pages.flatMap(listBlocks);

  it('are YAML that actionlint finds nothing in, with inputs that Hotlayer has', () => {
    expect(blocks.length).toBeGreaterThan(4);
    const workflows = blocks.map(([name, text]) => [name, stringify(toWorkflow(parse(text)))] as const);
    expect(lintWorkflows(Object.fromEntries(workflows))).toEqual([]);
  });

  it('would not pass with an input that nobody has', () => {
    const workflow = stringify(toWorkflow({ 'no-such-input': 'x' }));
    expect(lintWorkflows({ workflow }).map(({ message }) => message)).toEqual([
      expect.stringContaining('"no-such-input" is not defined in action'),
    ]);
  });
});

describe('examples/workflows', () => {
  const directory = path.join('examples', 'workflows');

  it('have nothing that actionlint finds, and inputs that the actions have', () => {
    const files = readdirSync(path.join(root, directory)).map((name) => [
      name,
      read(path.join(directory, name)),
    ]);
    expect(files).not.toEqual([]);
    expect(lintWorkflows(Object.fromEntries(files))).toEqual([]);
  });
});

describe('links of the docs', () => {
  it.each(pages)('%s: lead to files that are there', (name) => {
    const links = [...read(name).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)]
      .map(([, link, source]) => link ?? source ?? '')
      .filter((link) => !/^(?:https?:|#)/.test(link));
    const missing = links.filter(
      (link) => !existsSync(path.join(root, path.dirname(name), link.replace(/#.*/, ''))),
    );
    expect(missing).toEqual([]);
  });

  it('are in docs/README.md for each page', () => {
    for (const name of pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md'))
      expect(read('docs/README.md')).toContain(`](${path.basename(name)})`);
  });
});

describe('docs/migrate.md', () => {
  it('has each workflow of docs/migrate/ as a diff, and fifteen of them', () => {
    expect(pairs).toHaveLength(15);
    expect(readdirSync(path.join(root, 'docs', 'migrate'))).toHaveLength(2 * pairs.length);
    expect(writeMigratePage(page, pairs)).toBe(page);
    const sections = [...page.matchAll(/^<!-- ([\w-]+): generated from docs\/migrate\//gm)].map(
      ([, name]) => name,
    );
    expect(sections.toSorted()).toEqual(pairs.map(({ name }) => name));
  });

  it('has workflows that actionlint finds nothing in', () => {
    const files = pairs.flatMap(({ name, before, after }) => [
      [`${name}.before`, before] as const,
      [`${name}.after`, after] as const,
    ]);
    expect(lintWorkflows(Object.fromEntries(files))).toEqual([]);
  });

  it.each(pairs)('$name: the diff is the one and the other', ({ before, after }) => {
    const lines = renderDiff(before, after).split('\n');
    const side = (mark: string) => lines.filter((line) => line[0] !== mark).map((line) => line.slice(1));
    expect(side('+').join('\n')).toBe(before.trimEnd());
    expect(side('-').join('\n')).toBe(after.trimEnd());
  });

  it.each(pairs)('$name: a step keeps its inputs but those of the cache', ({ before, after }) => {
    const old = listSteps(before, /^docker\/(?:build-push|bake)-action@/);
    const now = listSteps(after, /^hotlayer\/hotlayer(?:\/bake)?@v1$/);
    expect(old).not.toEqual([]);
    expect(now).toHaveLength(old.length);
    expect(listSteps(after, /^docker\/(?:build-push|bake|setup-buildx)-action@/)).toEqual([]);
    for (const [index, step] of old.entries()) {
      const inputs = toRecord(readField(now[index], 'with'));
      for (const [name, value] of Object.entries(toRecord(readField(step, 'with')))) {
        if (name === 'cache-from' || name === 'cache-to') continue;
        const kept = String(value)
          .split('\n')
          .filter((line) => name !== 'set' || !/^[^=]*\.cache-(?:from|to)=/.test(line))
          .join('\n');
        expect([name, String(inputs[name] ?? '')]).toEqual([name, kept]);
      }
    }
  });
});
