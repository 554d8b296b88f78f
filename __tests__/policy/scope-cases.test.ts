import { describe, expect, it } from '@jest/globals';
import type { RefName } from '../../src/policy/types.ts';
import { decideByToken } from '../helpers/run-facts.ts';
import { readScopeCases } from '../helpers/scope-cases.ts';

const nameScope = ({ kind, name }: RefName) => `build.${kind}.${name}`;
const cases = readScopeCases();

describe('worked cases of the scope policy', () => {
  it('has all of them', () => {
    expect(cases).toHaveLength(56);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(56);
  });

  it.each(cases.map((row) => [row.name, row] as const))('%s', (_name, { facts, policyInputs, expected }) => {
    const { plan, warnings } = decideByToken(facts, policyInputs, nameScope);
    expect(plan).toEqual({
      imports: expected.imports.map(nameScope),
      export: expected.exportRef === null ? null : nameScope(expected.exportRef),
      code: expected.code,
      reason: expect.stringMatching(/^[A-Z"].*\.$/),
      chain: expected.imports.map((ref) => ({ ...ref, cacheScope: nameScope(ref) })),
      exportRef: expected.exportRef,
    });
    const isWarned = ['override', 'token-opaque', 'no-token', 'token-read-only'].includes(expected.code);
    expect(warnings).toHaveLength(isWarned ? 1 : 0);
  });
});
