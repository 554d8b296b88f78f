import { describe, expect, it } from '@jest/globals';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { describeBypass } from '../../src/plan/bypassed-policy.ts';
import type { CachePlan } from '../../src/policy/types.ts';
import { toInputVariables } from '../helpers/input-variables.ts';

const own: CachePlan = {
  ...{ imports: [], chain: [], reason: 'x' },
  ...{ export: 'app.b-main.1', code: 'own-branch', exportRef: { kind: 'branch', name: 'main' } },
};
const pr: CachePlan = { ...own, code: 'pr-own-scope', exportRef: { kind: 'pr', name: '7' } };
const none: CachePlan = { ...own, export: null, exportRef: null, code: 'low-trust' };

describe('raw entries that go around the policy', () => {
  it.each([
    ['type=registry,ref=a/b', pr, 'exports to a place of its own'],
    ['type=registry,ref=a/b', none, '(low-trust)'],
    ['type=s3,bucket=b\ntype=local,dest=c', none, 'type=s3 and type=local'],
  ])('%s', (cacheTo, plan, said) => {
    const { cache } = parseInputs(toInputVariables({ 'cache-to': cacheTo }));
    expect(describeBypass(cache.cacheTo, plan)).toContain(said);
  });

  it.each([
    ['type=registry,ref=a/b', own],
    ['type=inline', pr],
    ['type=gha', none],
    ['type=registry,ref=a/b', { ...none, code: 'call' as const }],
  ])('are none: %s', (cacheTo, plan) => {
    const { cache } = parseInputs(toInputVariables({ 'cache-to': cacheTo }));
    expect(describeBypass(cache.cacheTo, plan)).toBeUndefined();
  });
});
