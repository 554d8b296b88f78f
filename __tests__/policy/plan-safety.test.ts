import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { classifyRef, toRefName } from '../../src/policy/ref.ts';
import type { PolicyInputs, RefName, TokenAccess } from '../../src/policy/types.ts';
import { decideByToken, type TokenRun } from '../helpers/run-facts.ts';

const nameScope = ({ kind, name }: RefName) => `${kind}:${name}`;

const anyRef = fc.constantFrom(
  'refs/heads/main',
  'main',
  'refs/heads/feature/a',
  'refs/tags/v1',
  'refs/heads/refs/tags/v1',
  'refs/pull/12/merge',
  'refs/heads/dependabot/x',
  'refs/heads/gh-readonly-queue/main/pr-12-1111111111111111111111111111111111111111',
  'refs/notes/x',
  '',
);
const anyEvent = fc.constantFrom(
  ...['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'pull_request', 'pull_request_target'],
  ...['issue_comment', 'workflow_run', 'release', 'create', 'delete', 'merge_group', 'anything', ''],
);
const anyAccess: fc.Arbitrary<TokenAccess> = fc.oneof(
  fc.constant<TokenAccess>({ kind: 'none' }),
  fc.constant<TokenAccess>({ kind: 'opaque', reason: 'x' }),
  fc
    .array(fc.record({ scope: anyRef, permission: fc.integer({ min: 0, max: 3 }) }), { maxLength: 3 })
    .map((scopes): TokenAccess => ({ kind: 'scopes', scopes })),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const anyRepository = fc.record({
  id: fc.integer({ min: 1, max: 2 }),
  default_branch: fc.constantFrom('main', 'dev'),
});
const anyPayload = fc.record(
  {
    deleted: fc.boolean(),
    action: fc.constantFrom('closed', 'opened'),
    repository: anyRepository,
    pull_request: fc.record(
      {
        number: fc.constant(12),
        state: fc.constantFrom('open', 'closed'),
        merged: fc.boolean(),
        user: fc.record({ type: fc.constantFrom('Bot', 'User') }),
        base: fc.record({ ref: fc.constantFrom('main', 'feature/a') }),
      },
      { requiredKeys: [] },
    ),
    workflow_run: fc.record({
      event: anyEvent,
      head_branch: fc.constantFrom('main', 'dev'),
      head_repository: anyRepository,
    }),
  },
  { requiredKeys: [] },
);
const anySha = fc.constantFrom('1'.repeat(40), '2'.repeat(40));
const anyFacts: fc.Arbitrary<TokenRun> = fc.record({
  eventName: anyEvent,
  ref: anyRef,
  sha: anySha,
  access: anyAccess,
  cacheMode: maybe(fc.constantFrom('read', 'write', 'write-only', 'none', 'else')),
  payload: anyPayload,
  contextHead: maybe(anySha),
  contextUnknown: maybe(fc.constant('git is not installed')),
  contextOnRef: maybe(fc.boolean()),
  isTip: maybe(fc.boolean()),
});
const anyInputs: fc.Arbitrary<PolicyInputs> = fc.record({
  prExport: fc.constantFrom('auto', 'always', 'never'),
  tagExport: fc.boolean(),
  readOnly: fc.boolean(),
  releaseImport: fc.boolean(),
  trustedContext: fc.boolean(),
  allowUntrustedExport: fc.boolean(),
});

const check = (
  claim: (facts: TokenRun, inputs: PolicyInputs, plan: ReturnType<typeof decideByToken>['plan']) => void,
) =>
  fc.assert(
    fc.property(anyFacts, anyInputs, (facts, inputs) =>
      claim(facts, inputs, decideByToken(facts, inputs, nameScope).plan),
    ),
    { numRuns: 5000 },
  );

describe('whatever the run', () => {
  it('imports are refs that the token can read, each once', () => {
    check(({ access }, _inputs, { chain, imports }) => {
      expect(new Set(imports).size).toBe(imports.length);
      if (access.kind === 'none') expect(imports).toEqual([]);
      if (access.kind !== 'scopes' || access.scopes.every(({ scope }) => scope === '')) return;
      const readable = access.scopes
        .filter(({ permission }) => permission % 2 === 1)
        .map(({ scope }) => toRefName(classifyRef(scope)));
      for (const { kind, name } of chain) expect(readable).toContainEqual({ kind, name });
    });
  });

  it('an export needs a token that can write, and neither mode nor input against it', () => {
    check(({ access, cacheMode }, { readOnly }, plan) => {
      if (plan.export === null) return;
      expect(readOnly).toBe(false);
      expect(['read', 'write-only', 'none']).not.toContain(cacheMode);
      expect(access.kind).toBe('scopes');
      if (access.kind === 'scopes')
        expect(access.scopes.some(({ scope, permission }) => scope === '' || permission >= 2)).toBe(true);
    });
  });

  it('only trusted events export to a branch, unless the user insists', () => {
    check(({ eventName, payload }, { allowUntrustedExport }, { exportRef }) => {
      if (exportRef?.kind !== 'branch' || allowUntrustedExport) return;
      const trusted = ['push', 'schedule', 'workflow_dispatch', 'repository_dispatch'];
      if (eventName !== 'workflow_run') expect(trusted).toContain(eventName);
      else
        expect(trusted).toContain(
          payload['workflow_run'] instanceof Object ? Reflect.get(payload['workflow_run'], 'event') : '',
        );
    });
  });

  it('a pull request exports to its own cache scope or not at all', () => {
    check(({ eventName }, _inputs, { exportRef }) => {
      if (eventName === 'pull_request') {
        expect(exportRef ?? { kind: 'pr', name: '12' }).toEqual({ kind: 'pr', name: '12' });
      }
    });
  });

  it('a commit from elsewhere, an unknown one and an old run never become what a branch starts from', () => {
    check((facts, inputs, { exportRef, code }) => {
      if (exportRef?.kind !== 'branch' || code === 'override') return;
      expect(facts.isTip).not.toBe(false);
      if (facts.contextHead !== undefined && facts.contextHead !== facts.sha)
        expect(facts.contextOnRef === true || inputs.trustedContext).toBe(true);
      if (facts.contextHead === undefined && facts.contextUnknown !== undefined)
        expect(facts.contextOnRef === true || inputs.trustedContext).toBe(true);
    });
  });

  it('an export is a ref with a name, and export and exportRef agree', () => {
    check((_facts, _inputs, plan) => {
      expect(plan.exportRef === null ? null : nameScope(plan.exportRef)).toBe(plan.export);
      if (plan.exportRef !== null) expect(plan.exportRef.name).not.toBe('');
      const exporting = ['own-branch', 'override', 'pr-own-scope', 'tag-opt-in'];
      expect(exporting.includes(plan.code)).toBe(plan.export !== null);
    });
  });

  it('the same facts give the same plan', () => {
    check((facts, inputs, plan) => {
      expect(decideByToken(structuredClone(facts), inputs, nameScope).plan).toEqual(plan);
    });
  });
});
