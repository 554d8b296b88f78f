import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseBakeInputs } from '../../src/inputs/inputs.ts';
import { type PlannedDefinition, toRunInputs, toTargetInputs } from '../../src/plan/bake-plan.ts';
import { toBuildPlaces } from '../../src/plan/build-places.ts';
import { toIdentity } from '../../src/plan/identity.ts';
import { shareMeasure } from '../../src/plan/shared-measure.ts';
import { makeNameScope } from '../../src/policy/cache-scope.ts';
import { toInputVariables } from '../helpers/input-variables.ts';

const plain: PlannedDefinition = {
  ...{ name: 'app', context: '.', dockerfile: 'Dockerfile', stage: undefined, contexts: [] },
  ...{ platforms: [], tags: ['ghcr.io/acme/app:1'], network: undefined, shmSize: undefined },
  ...{ ulimits: [], hosts: [] },
};

interface Case {
  readonly target?: Partial<PlannedDefinition>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly remote?: string;
  readonly cwd?: string;
}

/** The name of main's cache scope. */
function name({ target, inputs = {}, remote, cwd = '/work' }: Case): string {
  const parsed = parseBakeInputs(toInputVariables(inputs));
  const planned = toTargetInputs({ ...plain, ...target }, parsed, { cwd, remote });
  const places = toBuildPlaces(planned.build, cwd, { GITHUB_WORKSPACE: '/work' });
  const identity = toIdentity(planned, 'linux/amd64', places);
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  return makeNameScope(identity, hash)({ kind: 'branch', name: 'main' });
}

const remote = 'https://github.com/o/r.git#1111111111111111111111111111111111111111';

describe('the cache scope of a target', () => {
  it('begins with the name of the target and its platform', () => {
    expect(name({})).toMatch(/^app-linux-amd64\.b-main\.[0-9a-f]{10}$/);
    expect(name({ inputs: { scope: 'mine' } })).toMatch(/^mine-app-linux-amd64\.b-main\./);
  });

  const others: readonly (readonly [string, Case])[] = [
    ['another target of the same files, as a matrix has it', { target: { name: 'app-b' } }],
    ['another platform', { target: { platforms: ['linux/arm64'] } }],
    ['another stage', { target: { stage: 'x' } }],
    ['another context', { target: { context: 'sub' } }],
    ['another Dockerfile', { target: { dockerfile: 'Other' } }],
    ['another bake file', { inputs: { files: 'other.hcl' } }],
    ['a linked target', { target: { contexts: [{ name: 'base', value: 'target:base' }] } }],
    ['another network', { target: { network: 'none' } }],
    ['another leg of the job', { inputs: { matrix: '{"os":"x"}' } }],
    ['a scope', { inputs: { scope: 'mine' } }],
    ['a scope, and another target', { inputs: { scope: 'mine' }, target: { name: 'b' } }],
    ['a scope that ends as a target begins', { inputs: { scope: 'mine-b' } }],
    ['a remote definition', { remote, target: { context: remote } }],
  ];

  it.each(others)('is another one for %s', (_, other) => {
    expect(name(other)).not.toBe(name({}));
  });

  it('is one for each of those', () => {
    expect(new Set(others.map(([, other]) => name(other))).size).toBe(others.length);
  });

  it.each<[string, Case, Case]>([
    ['tags', {}, { target: { tags: [] } }],
    ['the way to a context', { target: { context: 'sub' } }, { target: { context: './x/../sub' } }],
    ['the working directory', { target: { context: 'sub' } }, { target: { context: '.' }, cwd: '/work/sub' }],
    [
      'the directory of the bake files',
      { inputs: { files: 'sub/b.hcl' }, target: { context: '/work' } },
      { inputs: { files: 'b.hcl' }, target: { context: '/work' }, cwd: '/work/sub' },
    ],
    ['overrides and variables', {}, { inputs: { set: '*.args.A=1', vars: 'A=1' } }],
    ['the scheme of a local path', {}, { target: { context: 'cwd://.', dockerfile: 'cwd://Dockerfile' } }],
    [
      'the commit of a remote definition',
      { remote, target: { context: remote } },
      { remote, target: { context: remote.replaceAll('1', '2') } },
    ],
  ])('is the same whatever %s', (_, one, other) => {
    expect(name(one)).toBe(name(other));
  });
});

describe('what the run of a bake may do', () => {
  it('is asked of where its definition is', () => {
    const inputs = parseBakeInputs({});
    expect(toRunInputs(inputs, { cwd: '/work', remote }).build.context).toEqual({ kind: 'git', url: remote });
    expect(toRunInputs(inputs, { cwd: '/work', remote: undefined }).build.context).toEqual({
      kind: 'path',
      path: '.',
    });
  });

  it('is asked of git once for a commit, whatever its directories are', async () => {
    let count = 0;
    const nothing = {
      contextHead: undefined,
      contextUnknown: undefined,
      contextOnRef: undefined,
      isTip: undefined,
    };
    const measure = shareMeasure(async () => {
      count++;
      return nothing;
    });
    const ask = (url: string) =>
      measure({
        ...{
          context: { kind: 'git', url },
          cwd: '/',
          env: {},
          sha: '',
          branch: 'main',
          githubToken: undefined,
        },
        known: nothing,
      });
    for (const url of [remote, `${remote}:a`, `${remote}:b`]) await ask(url);
    expect(count).toBe(1);
    await ask('https://github.com/o/other.git');
    expect(count).toBe(2);
  });
});
