import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decidePlan } from '../../src/policy/plan.ts';
import { unbounded } from '../../src/policy/rights.ts';
import { decideTokenRights, readTokenRights } from '../../src/policy/token-rights.ts';
import type { RefName, RunFacts } from '../../src/policy/types.ts';
import { decideByToken, defaultPolicyInputs, toFacts, toPrFacts } from '../helpers/run-facts.ts';
import { readScopeCases } from '../helpers/scope-cases.ts';

const nameScope = ({ kind, name }: RefName) => `${kind}:${name}`;
const cases = readScopeCases();
/** Why a token alone keeps a run from exporting. */
const byToken = /^(?:no-token|mode-|token-)/;

describe('a back end that keeps no refs apart', () => {
  it.each(cases.map((row) => [row.name, row] as const))(
    'trusts as GitHub does: %s',
    (_name, { facts, policyInputs, expected }) => {
      const { plan, warnings } = decidePlan(facts, unbounded, policyInputs, nameScope);
      const everything = plan.chain.map(nameScope);
      // What a token lets a run read is a part of the chain, in the chain's order.
      const readable = expected.imports.map(nameScope);
      expect(everything.filter((ref) => readable.includes(ref))).toEqual(readable);
      expect(warnings.filter((sentence) => /token|ACTIONS_/i.test(sentence))).toEqual([]);
      expect(plan.code).not.toMatch(byToken);
      if (byToken.test(expected.code)) return;
      expect(plan.code).toBe(expected.code);
      expect(plan.exportRef).toEqual(expected.exportRef);
    },
  );

  it('has every kind of refusal by trust among these cases', () => {
    const refused = new Set(cases.filter(({ expected }) => expected.exportRef === null).map(toCode));
    expect([...refused].filter((code) => !byToken.test(code)).length).toBeGreaterThanOrEqual(10);
  });

  it('needs no runtime token, and the cache mode of the Actions cache does not bind it', () => {
    const row = { access: { kind: 'none' }, cacheMode: 'none' } as const;
    expect(decideByToken(toFacts(row), defaultPolicyInputs, nameScope).plan).toMatchObject({
      ...{ imports: [], export: null, code: 'no-token' },
    });
    expect(decidePlan(toFacts(row), unbounded, defaultPolicyInputs, nameScope)).toMatchObject({
      plan: { imports: ['branch:main'], export: 'branch:main', code: 'own-branch' },
      warnings: [],
    });
    expect(decidePlan(toPrFacts({}, row), unbounded, defaultPolicyInputs, nameScope).plan).toMatchObject({
      ...{ imports: ['pr:12', 'branch:main'], export: 'pr:12', code: 'pr-own-scope' },
    });
  });

  it('is to the policy what an emulator is, whose token tells no refs apart either', () => {
    const emulator = decideTokenRights({ kind: 'scopes', scopes: [{ scope: '', permission: 3 }] }, undefined);
    expect(emulator).toEqual(unbounded);
  });

  it('lets no run that outsiders can cause write what trusted runs read', () => {
    const events = ['pull_request_target', 'issue_comment', 'issues', 'fork', 'watch', 'discussion'];
    fc.assert(
      fc.property(
        fc.constantFrom(...events),
        fc.constantFrom('refs/heads/main', 'main', 'refs/heads/a'),
        fc.boolean(),
        (eventName, ref, readOnly) => {
          const facts: RunFacts = toFacts({ eventName, ref });
          const inputs = { ...defaultPolicyInputs, readOnly };
          expect(decidePlan(facts, unbounded, inputs, nameScope).plan.export).toBeNull();
        },
      ),
    );
  });
});

describe('the rights of the runtime token', () => {
  it('are read from the variables of the runner', () => {
    expect(readTokenRights({})).toMatchObject({
      canRead: false,
      canWrite: false,
      refusal: { code: 'no-token' },
    });
    expect(readTokenRights({ ACTIONS_RUNTIME_TOKEN: 'x' })).toMatchObject({
      ...{ canRead: true, canWrite: false, readable: 'any', writable: [] },
      ...{ refusal: { code: 'token-opaque' }, warnings: [expect.stringContaining('not a JWT')] },
    });
  });

  it('are those of its entries, as far as the cache mode goes', () => {
    const ac = JSON.stringify([
      { Scope: 'refs/heads/a', Permission: 3 },
      { Scope: 'refs/heads/main', Permission: 1 },
    ]);
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = { ACTIONS_RUNTIME_TOKEN: `${encode({ alg: 'RS256' })}.${encode({ ac })}.c2ln` };
    const refs = { readable: ['refs/heads/a', 'refs/heads/main'], writable: ['refs/heads/a'], warnings: [] };
    expect(readTokenRights(token)).toEqual({ ...refs, canRead: true, canWrite: true, refusal: undefined });
    expect(readTokenRights({ ...token, ACTIONS_CACHE_MODE: 'read' })).toMatchObject({
      ...{ ...refs, canRead: true, canWrite: false, refusal: { code: 'mode-read' } },
    });
  });

  it('are plain data: a copy of them decides the same', () => {
    for (const { facts, policyInputs } of cases) {
      const rights = decideTokenRights(facts.access, facts.cacheMode);
      expect(decidePlan(facts, structuredClone(rights), policyInputs, nameScope)).toEqual(
        decidePlan(facts, rights, policyInputs, nameScope),
      );
    }
  });
});

function toCode({ expected }: (typeof cases)[number]): string {
  return expected.code;
}
