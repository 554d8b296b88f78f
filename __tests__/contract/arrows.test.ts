import { describe, expect, it } from '@jest/globals';
import { type Import, listSources, parseImports, readImports, readSource } from '../helpers/import-graph.ts';

/**
 * The rooms of src/, a folder each, and the rooms below it: who may import whom. Type-only imports count as well, but for
 * `commonTypes`. Rooms of the gateway and of buildkit/ are named by their path.
 */
const below: Readonly<Record<string, readonly string[]>> = {
  policy: [],
  async: [],
  report: [],
  git: ['process'],
  // git/git-url.ts alone, which is pure.
  inputs: ['git'],
  process: ['report'],
  plan: ['policy', 'git', 'inputs'],
  'cache-protocol': [],
  'cache-client': ['cache-protocol', 'async'],
  // The same interface to a bucket: transport, retries and downloads are those of the client of a cache service.
  's3-client': ['cache-client', 'cache-protocol', 'async'],
  'cache-server': ['cache-protocol'],
  'embedded/simulator': ['cache-server', 'cache-protocol'],
  embedded: ['embedded/simulator', 'cache-server', 'cache-protocol', 'policy', 'process'],
  'gateway/config': [],
  'gateway/access': ['cache-protocol', 'policy'],
  'gateway/report': ['cache-client'],
  'gateway/packs': ['gateway/config', 'cache-client', 'cache-protocol', 'async'],
  'gateway/store': [
    ...['gateway/packs', 'gateway/access', 'gateway/config', 'gateway/report'],
    ...['cache-server', 'cache-client', 'cache-protocol', 'async'],
  ],
  'gateway/control': ['gateway/store', 'gateway/access', 'gateway/report', 'cache-server', 's3-client'],
  'gateway/gha': [
    ...['gateway/store', 'gateway/access', 'gateway/config', 'gateway/report'],
    ...['cache-server', 'async'],
  ],
  'gateway/oci': [
    ...['gateway/store', 'gateway/access', 'gateway/config', 'gateway/report'],
    ...['cache-server', 'cache-protocol', 'async'],
  ],
  'gateway/host': [
    ...['gateway/oci', 'gateway/gha', 'gateway/control', 'gateway/store', 'gateway/access', 'gateway/report'],
    ...['cache-server', 'cache-client', 's3-client', 'async'],
  ],
  // The readers of inputs/ are pure: BuildKit's rules for addresses are written down once.
  'buildkit/install': ['process', 'inputs', 'async'],
  'buildkit/daemon': ['buildkit/install', 'process', 'inputs'],
  'buildkit/trace': [],
  'buildkit/solve': ['buildkit/trace', 'git', 'inputs', 'process'],
  // The back ends: how BuildKit gets to the caches of a plan.
  cache: [
    ...['gateway/host', 'gateway/control', 'gateway/access', 'gateway/report', 'gateway/store'],
    ...['buildkit/solve', 'buildkit/install', 'cache-client', 'cache-protocol', 's3-client'],
    ...['inputs', 'policy', 'process', 'report'],
  ],
  step: [
    ...['buildkit/install', 'buildkit/daemon', 'buildkit/solve', 'buildkit/trace'],
    ...['cache', 'gateway/host', 'gateway/report', 'gateway/store'],
    ...['plan', 'git', 'inputs', 'policy', 'process', 'async', 'report'],
  ],
  // What is on the service, and what of it nobody needs: without a daemon, and without the gateway's process.
  cleanup: [
    ...['gateway/packs', 'gateway/access', 'cache', 'cache-client', 'cache-protocol'],
    ...['policy', 'inputs', 'async', 'report'],
  ],
  // The jobs of the reusable workflow around the builds.
  workflow: ['step', 'plan', 'inputs', 'buildkit/install', 'buildkit/solve', 'process', 'report'],
  stories: ['step', 'cleanup', 'inputs', 'process', 'async'],
  cli: ['cleanup', 'plan', 'inputs', 'git', 'policy', 'embedded', 'embedded/simulator', 'report'],
};

/** The only files at the top of src/ that are no entries, and the rooms that may import those that not everybody may. */
const exceptions: Readonly<Record<string, readonly string[] | 'all'>> = {
  'errors.ts': 'all',
  'json.ts': 'all',
  'printable.ts': 'all',
  'schema.ts': ['gateway/access', 'gateway/control', 'gateway/report', 'gateway/store', 's3-client', 'step'],
  'log.ts': ['cache', 'step', 'stories', 'workflow'],
  'outputs.ts': ['step'],
  'runner-files.ts': ['cache', 'cleanup', 'step', 'workflow'],
  'state.ts': ['step', 'stories'],
  'confinement.ts': [],
};
const entries: ReadonlySet<string> = new Set(['main.ts', 'post.ts', 'gateway.ts', 'cleanup.ts', 'cli.ts']);
/** Everybody may import the types of these. */
const commonTypes: ReadonlySet<string> = new Set(['policy/types.ts']);
/** Where something may be printed; all else goes through log.ts. */
const printers = /^(?:log|cli|gateway)\.ts$|^cli\//;
/** Where the environment may be read and the process ended; elsewhere values arrive as parameters. */
const edges = /^(?:main|post|gateway|cleanup|cli)\.ts$|^cli\//;

/** Who may start a program at all. git is started by git/run-git.ts, and by nobody else. */
const starters: ReadonlySet<string> = new Set([
  'buildkit/daemon/daemon.ts',
  'buildkit/solve/build.ts',
  'cli/step.ts',
  'gateway/host/start.ts',
  'git/run-git.ts',
  'process/command.ts',
  'step/endpoint-connector.ts',
  'process/shared-lock.ts',
]);
const gitStart = /\b(?:spawn|exec|run)\w*\)?\(\s*['"`](?:\/[^'"`\s]*\/)?git\b/;

/** The room of a file: its folder below src/; undefined at the top. */
const toRoom = (file: string) => (file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : undefined);
const sources = listSources();
const imports = sources.flatMap((file) => readImports(file));

function findFault(found: Import): string | undefined {
  const { from, to, isOwn, isTypeOnly } = found;
  const room = toRoom(from);
  if (room === 'policy' && !isOwn) return 'policy/ is pure: it imports no package and nothing of Node';
  if (!isOwn) return undefined;
  if (entries.has(to)) return 'nobody imports an entry';
  const target = toRoom(to);
  if (room === undefined || room === target) return undefined;
  if (target === undefined) {
    const users = exceptions[to] ?? [];
    return users === 'all' || users.includes(room) ? undefined : `${room}/ does not import ${to}`;
  }
  if (isTypeOnly && commonTypes.has(to)) return undefined;
  return below[room]?.includes(target) ? undefined : `${room}/ does not import ${target}/`;
}

describe('the arrows between the rooms of src/', () => {
  it('point one way', () => {
    const faults = imports.flatMap((found) => {
      const fault = findFault(found);
      return fault === undefined ? [] : [`${found.from} -> ${found.to}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it('have a line in the table for every room, and a reason for every file at the top', () => {
    const rooms = new Set(sources.map(toRoom).filter((room) => room !== undefined));
    expect([...rooms].filter((room) => below[room] === undefined)).toEqual([]);
    const top = sources.filter((file) => toRoom(file) === undefined && !entries.has(file));
    expect(top.filter((file) => exceptions[file] === undefined)).toEqual([]);
  });

  it('are all there: a line of the table that nobody uses is removed', () => {
    const used = new Set(imports.map(({ from, to }) => `${toRoom(from)} ${toRoom(to)}`));
    const listed = Object.entries(below).flatMap(([from, all]) => all.map((to) => `${from} ${to}`));
    expect(listed.filter((arrow) => !used.has(arrow))).toEqual([]);
  });

  it('make no circle of rooms, and none of files, types included', () => {
    const arrows = imports.flatMap(({ from, to, isOwn }) => {
      const [room, target] = [toRoom(from), toRoom(to)];
      const isArrow = isOwn && room !== undefined && target !== undefined && room !== target;
      return isArrow ? [[room, target] as const] : [];
    });
    expect(findCircle(arrows)).toEqual([]);
    expect(
      findCircle(imports.filter(({ isOwn }) => isOwn).map(({ from, to }) => [from, to] as const)),
    ).toEqual([]);
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
        (file.startsWith('policy/') || exceptions[file] === 'all') &&
        acting.test(withoutComments(readSource(file))),
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
    ['policy/x.ts', "import { a } from '../inputs/inputs.ts';"],
    ['policy/x.ts', "import type { A } from '../inputs/inputs.ts';"],
    ['policy/x.ts', "import type { A } from '../gateway/access/rules.ts';"],
    ['buildkit/solve/x.ts', "import { decidePlan } from '../../policy/plan.ts';"],
    ['buildkit/trace/x.ts', "import type { A } from '../solve/build.ts';"],
    ['cache-server/x.ts', "import { a } from '../embedded/start.ts';"],
    ['gateway/host/x.ts', "const a = () => import('../../embedded/start.ts');"],
    ['gateway/store/x.ts', "import { a } from '../gha/service.ts';"],
    ['gateway/store/x.ts', "import { a } from '../../policy/types.ts';"],
    ['embedded/x.ts', "import { a } from '../plan/plan-run.ts';"],
    ['gateway/host/x.ts', "import { info } from '../../log.ts';"],
    ['cache/x.ts', "import type { Job } from '../step/record.ts';"],
    ['stories/x.ts', "import '../main.ts';"],
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
