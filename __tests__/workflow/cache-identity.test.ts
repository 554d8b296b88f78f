import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { isRecord, readField, readString } from '../../src/json.ts';
import { toIdentity } from '../../src/plan/identity.ts';
import { makeNameScope } from '../../src/policy/cache-scope.ts';
import { decideWorkflowPlan } from '../../src/workflow/decide-plan.ts';
import { toPlanOutputs } from '../../src/workflow/plan.ts';
import { readPlanInputs } from '../../src/workflow/plan-inputs.ts';
import { toInputVariables } from '../helpers/input-variables.ts';
import { root } from '../helpers/runner.ts';

type Texts = Readonly<Record<string, string>>;

const workflow: unknown = parse(readFileSync(path.join(root, '.github', 'workflows', 'build.yml'), 'utf8'));
const steps = readField(workflow, 'jobs', 'build', 'steps');
const build = (Array.isArray(steps) ? steps : []).find((step) => readString(step, 'id') === 'build');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The inputs of the build step of each leg, from the very expressions of build.yml. */
function listSteps(call: Texts): readonly Texts[] {
  const given: Texts = { runner: 'ubuntu-latest', ...call };
  const plan = decideWorkflowPlan(readPlanInputs(toInputVariables(given)), undefined);
  const outputs = new Map(toPlanOutputs(plan));
  return plan.legs.map((leg) => {
    const known: Readonly<Record<string, string | undefined>> = {
      'matrix.platform': leg.platform,
      "inputs.matrix || 'null'": given['matrix'] || 'null',
    };
    const values = Object.entries(Object(readField(build, 'with'))).map(([name, expression]) => {
      const [, source = ''] = /^\$\{\{ (.*) \}\}$/.exec(String(expression)) ?? [];
      const [, ofPlan, ofCall] = /^(?:needs\.plan\.outputs\.([\w-]+)|inputs\.([\w-]+))$/.exec(source) ?? [];
      const value = known[source] ?? outputs.get(ofPlan ?? '') ?? given[ofCall ?? ''] ?? '';
      return [name, value] as const;
    });
    return Object.fromEntries(values);
  });
}

/** The cache scopes of the legs, on main. */
function listScopes(call: Texts): readonly string[] {
  return listSteps(call).map((step) => {
    const inputs = parseInputs(toInputVariables(step));
    return makeNameScope(toIdentity(inputs, 'linux/amd64'), sha256)({ kind: 'branch', name: 'main' });
  });
}

const call = {
  images: 'ghcr.io/acme/app',
  tags: 'latest',
  push: 'true',
  platforms: 'linux/amd64,linux/arm64',
};
const matrix = (python: string) => JSON.stringify({ python });

describe('the cache scopes of the reusable workflow', () => {
  it('are one for each platform, with its name', () => {
    const scopes = listScopes(call);
    expect(new Set(scopes).size).toBe(2);
    expect(scopes.map((scope) => scope.split('.')[0])).toEqual(['app-linux-amd64', 'app-linux-arm64']);
  });

  it('are those of the action alone, so that a move to the workflow starts warm', () => {
    const action = parseInputs(toInputVariables({ tags: 'ghcr.io/acme/app:1', platforms: 'linux/amd64' }));
    const scope = makeNameScope(toIdentity(action, 'linux/amd64'), sha256)({ kind: 'branch', name: 'main' });
    expect(listScopes(call)[0]).toBe(scope);
  });

  it.each<readonly [string, Texts]>([
    ['another tag', { tags: 'sha-1' }],
    ['no push', { push: 'false' }],
    ['one platform more', { platforms: 'linux/s390x,linux/amd64,linux/arm64' }],
    ['one platform less', { platforms: 'linux/arm64' }],
    ['another runner', { runner: 'mine' }],
    ['other labels and annotations', { labels: 'a=b', annotations: 'c=d' }],
    ['another build arg', { 'build-args': 'VERSION=2' }],
  ])('stay what they are with %s', (_, change) => {
    const before = listScopes(call);
    const after = listScopes({ ...call, ...change });
    expect(after.some((scope) => before.includes(scope))).toBe(true);
    for (const scope of after.filter((one) => !one.includes('s390x'))) expect(before).toContain(scope);
  });

  it.each<readonly [string, Texts, Texts]>([
    ['images', { images: 'ghcr.io/acme/api' }, { images: 'ghcr.io/acme/web' }],
    ['contexts', { context: 'api' }, { context: 'web' }],
    ['targets', { target: 'api' }, { target: 'web' }],
    ['values of the caller’s matrix', { matrix: matrix('3.12') }, { matrix: matrix('3.13') }],
    [
      'build args alone, with the caller’s matrix',
      { 'build-args': 'PYTHON=3.12', matrix: matrix('3.12') },
      { 'build-args': 'PYTHON=3.13', matrix: matrix('3.13') },
    ],
    [
      'build args alone, with a scope each',
      { 'build-args': 'PYTHON=3.12', scope: 'py312' },
      { 'build-args': 'PYTHON=3.13', scope: 'py313' },
    ],
  ])('keep two calls apart that differ in their %s', (_, one, other) => {
    const scopes = [...listScopes({ ...call, ...one }), ...listScopes({ ...call, ...other })];
    expect(new Set(scopes).size).toBe(4);
  });

  it('are shared on purpose with one scope', () => {
    expect(listScopes({ ...call, scope: 'x', matrix: matrix('1') })).toEqual(
      listScopes({ ...call, scope: 'x', matrix: matrix('2'), images: 'ghcr.io/acme/other' }),
    );
  });

  it('come from inputs that the step really has', () => {
    expect(isRecord(readField(build, 'with'))).toBe(true);
    expect(listSteps({ ...call, scope: 'x' })[0]).toMatchObject({ scope: 'x', platforms: 'linux/amd64' });
  });
});
