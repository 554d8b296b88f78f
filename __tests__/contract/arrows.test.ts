import { describe, expect, it } from '@jest/globals';
import { type Import, listSources, parseImports, readImports, readSource } from '../helpers/import-graph.ts';

/**
 * Who may import whom: for each folder of src/, the folders below it. Story files at the top may import any folder, so
 * they are not in the table.
 */
const below: Readonly<Record<string, readonly string[]>> = {
  policy: [],
  inputs: [],
  git: [],
  'cache-protocol': [],
  'cache-client': ['cache-protocol'],
  'cache-server': ['cache-protocol'],
  embedded: ['cache-server', 'cache-protocol'],
  gateway: ['cache-server', 'cache-client', 'cache-protocol'],
  // The readers of inputs/ are pure: BuildKit's rules for addresses are written down once.
  buildkit: ['inputs'],
  report: [],
  mounts: [],
  job: ['git', 'inputs', 'policy', 'buildkit', 'gateway', 'report'],
  cli: ['inputs', 'git', 'policy', 'buildkit', 'gateway', 'embedded', 'report', 'job'],
};

/** These tell the story, or are part of it; they may use the files at the top of src/. */
const storyFolders: ReadonlySet<string> = new Set(['job', 'cli']);
const entries: ReadonlySet<string> = new Set(['main.ts', 'post.ts', 'gateway.ts', 'cli.ts']);
/** Everybody may import these. */
const common: ReadonlySet<string> = new Set(['errors.ts', 'json.ts', 'printable.ts', 'runtime-token.ts']);
/** Everybody but policy/ may import the types of these. */
const commonTypes: ReadonlySet<string> = new Set(['policy/types.ts', 'inputs.ts']);
/** Where something may be printed; all else goes through log.ts. */
const printers = /^(?:log|cli|gateway)\.ts$|^cli\//;
/** Where the environment may be read and the process ended; elsewhere values arrive as parameters. */
const edges = /^(?:main|post|gateway|cli|context|inputs)\.ts$|^cli\//;

/** Who may start a program at all. git is started by git/run-git.ts, and by nobody else. */
const starters: ReadonlySet<string> = new Set([
  'buildkit/build.ts',
  'buildkit/command.ts',
  'buildkit/daemon.ts',
  'cli/step.ts',
  'gateway/start.ts',
  'git/run-git.ts',
]);
const gitStart = /\b(?:spawn|exec|run)\w*\)?\(\s*['"`](?:\/[^'"`\s]*\/)?git\b/;

const toFolder = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : undefined);
const sources = listSources();
const imports = sources.flatMap((file) => readImports(file));

function findFault(found: Import): string | undefined {
  const { from, to, isOwn, isTypeOnly } = found;
  const folder = toFolder(from);
  if (folder === 'policy' && !isOwn) return 'policy/ is pure: it imports no package and nothing of Node';
  if (!isOwn) return undefined;
  if (entries.has(to)) return 'nobody imports an entry';
  if (common.has(to)) return undefined;
  const target = toFolder(to);
  if (folder === undefined || folder === target) return undefined;
  if (folder !== 'policy' && isTypeOnly && commonTypes.has(to)) return undefined;
  if (target === undefined) {
    return storyFolders.has(folder)
      ? undefined
      : `${folder}/ imports nothing at the top but errors.ts, json.ts, printable.ts and runtime-token.ts`;
  }
  return below[folder]?.includes(target) ? undefined : `${folder}/ does not import ${target}/`;
}

describe('the arrows between the rooms of src/', () => {
  it('point one way', () => {
    const faults = imports.flatMap((found) => {
      const fault = findFault(found);
      return fault === undefined ? [] : [`${found.from} -> ${found.to}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it('have a line in the table for every folder', () => {
    const folders = new Set(sources.map(toFolder).filter((folder) => folder !== undefined));
    expect([...folders].filter((folder) => below[folder] === undefined)).toEqual([]);
  });

  it('make no circle of folders, and none of files', () => {
    expect(
      findCircle(Object.entries(below).flatMap(([from, all]) => all.map((to) => [from, to] as const))),
    ).toEqual([]);
    const values = imports.filter(({ isOwn, isTypeOnly }) => isOwn && !isTypeOnly);
    expect(findCircle(values.map(({ from, to }) => [from, to] as const))).toEqual([]);
  });

  it('end at files that are there', () => {
    const known = new Set(sources);
    expect(
      imports.filter(({ isOwn, to }) => isOwn && !known.has(to)).map(({ from, to }) => `${from} -> ${to}`),
    ).toEqual([]);
  });

  it('keep policy/ pure: no clock, no randomness, no process, no network', () => {
    const acting =
      /\b(?:process|Date|Math\.random|crypto|Buffer|fetch|setTimeout|setInterval|console|globalThis|require)\b(?=[.([])/;
    const faults = sources.filter(
      (file) =>
        (file.startsWith('policy/') || common.has(file)) && acting.test(withoutComments(readSource(file))),
    );
    expect(faults).toEqual([]);
  });

  it('lead into the log by one way', () => {
    const printing =
      /\bcore\.(?:info|notice|warning|error|debug|(?:start|end)?[gG]roup|setFailed|setSecret)\b|\bconsole\.|\bprocess\.std(?:out|err)\b/;
    const faults = sources.filter(
      (file) => !printers.test(file) && printing.test(withoutComments(readSource(file))),
    );
    expect(faults).toEqual([]);
  });

  it('start programs in few files, and git in one', () => {
    const starting = sources.filter((file) => /['"](?:node:)?child_process['"]/.test(readSource(file)));
    expect(starting.filter((file) => !starters.has(file))).toEqual([]);
    expect(sources.filter((file) => gitStart.test(withoutComments(readSource(file))))).toEqual([
      'git/run-git.ts',
    ]);
  });

  it('leave the environment and the exit to the edges', () => {
    const edge = /\bprocess\.(?:env|exit)\b|\bcore\.get(?:Boolean|Multiline)?Input\b/;
    const faults = sources.filter(
      (file) => !edges.test(file) && edge.test(withoutComments(readSource(file))),
    );
    expect(faults).toEqual([]);
  });
});

describe('the reading of imports', () => {
  it('finds every form, and knows those that compilation removes', () => {
    const text = `
      import fs from 'node:fs';
      import * as core from '@actions/core';
      import { type A, b } from '../json.ts';
      import { type C, type D } from './types.ts';
      import type { E } from '../inputs.ts';
      import './effect.ts';
      export { f } from './f.ts';
      export type { G } from './g.ts';
      const lazy = () => import('../cli/plan.ts');
      type H = import('./h.ts').H;
      // import { not } from './comment.ts';
    `;
    const found = parseImports('policy/x.ts', text).map(
      ({ to, isTypeOnly }) => `${isTypeOnly ? 'type ' : ''}${to}`,
    );
    expect(found).toEqual([
      'node:fs',
      '@actions/core',
      'json.ts',
      'type policy/types.ts',
      'type inputs.ts',
      'policy/effect.ts',
      'policy/f.ts',
      'type policy/g.ts',
      'cli/plan.ts',
      'type policy/h.ts',
    ]);
  });

  it.each([
    ['policy/x.ts', "import 'node:crypto';"],
    ['policy/x.ts', "import { a } from '../inputs.ts';"],
    ['policy/x.ts', "import type { A } from '../inputs.ts';"],
    ['policy/x.ts', "import type { A } from '../gateway/access.ts';"],
    ['buildkit/x.ts', "import { decidePlan } from '../policy/plan.ts';"],
    ['cache-server/x.ts', "import { a } from '../embedded/start.ts';"],
    ['gateway/x.ts', "const a = () => import('../embedded/start.ts');"],
    ['gateway/x.ts', "import { a } from '../policy/types.ts';"],
    ['embedded/x.ts', "import { a } from '../context.ts';"],
    ['run.ts', "import './main.ts';"],
  ])('%s with %s would be a fault', (file, text) => {
    expect(parseImports(file, text).map((found) => findFault(found))).toEqual([expect.any(String)]);
  });

  it.each([
    "spawn('git', args, {})",
    "promisify(execFile)('git', ['status'])",
    'exec(`git status`)',
    "runCommand('/usr/bin/git', [])",
  ])('%s starts git', (text) => {
    expect(text).toMatch(gitStart);
  });

  it('finds a circle', () => {
    expect(
      findCircle([
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'b'],
        ['a', 'd'],
      ]),
    ).toEqual(['b', 'c', 'b']);
  });
});

/** The first circle as the nodes along it; empty when there is none. */
function findCircle(arrows: readonly (readonly [from: string, to: string])[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const [from, to] of arrows) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const walk = (node: string, trail: readonly string[]): readonly string[] => {
    const seen = trail.indexOf(node);
    if (seen !== -1) return [...trail.slice(seen), node];
    if (done.has(node)) return [];
    for (const to of next.get(node) ?? []) {
      const circle = walk(to, [...trail, node]);
      if (circle.length > 0) return circle;
    }
    done.add(node);
    return [];
  };
  for (const node of next.keys()) {
    const circle = walk(node, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
