import { describe, expect, it } from '@jest/globals';
import { toInlinePlace } from '../../src/cache/inline-place.ts';
import { type StoreBackend, toStoreEntries } from '../../src/cache/store-entries.ts';
import { decidePlan } from '../../src/policy/plan.ts';
import { noRights, unbounded } from '../../src/policy/rights.ts';
import type { CachePlan, RefName } from '../../src/policy/types.ts';
import { readScopeCases } from '../helpers/scope-cases.ts';

const cases = readScopeCases();
const nameScope = ({ kind, name }: RefName) => `app.${kind}-${name.replace(/[^\w-]/g, '-')}.0123456789`;
const trusted = new Set(['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'workflow_run']);
const backends: readonly StoreBackend[] = ['registry', 'local', 's3', 'azblob', 'inline'];
const attrs = { ref: 'ghcr.io/acme/cache', dest: '/c', src: '/c' };

/** What is written at a store: the name of the index, whatever the back end calls it. */
function toWritten(backend: StoreBackend, plan: CachePlan, images: readonly string[]): readonly string[] {
  const settings = { backend, mode: undefined, compression: 'gzip', compressionLevel: undefined };
  const place = { to: { attrs, secrets: {} }, from: { attrs, secrets: {} } };
  const inline = backend === 'inline' ? toInlinePlace({ ...plan, images }, undefined) : undefined;
  const { export: exported } = toStoreEntries(plan, { ...settings, ...place }, inline);
  if (exported === undefined) return [];
  if (exported.type === 'inline') return images;
  const { ref, dest, name } = exported.attrs;
  return [ref ?? dest ?? name ?? ''];
}

function toRead(backend: StoreBackend, plan: CachePlan): readonly string[] {
  const settings = { backend, mode: undefined, compression: 'gzip', compressionLevel: undefined };
  const place = { to: { attrs, secrets: {} }, from: { attrs, secrets: {} } };
  const images = ['ghcr.io/acme/app:main'];
  const inline = backend === 'inline' ? toInlinePlace({ ...plan, images }, 'ghcr.io/acme/app') : undefined;
  return toStoreEntries(plan, { ...settings, ...place }, inline).imports.map(
    ({ attrs: { ref, src, name } }) => ref ?? src ?? name ?? '',
  );
}

describe('a back end that keeps no refs apart', () => {
  const plans = cases.map(({ name, facts, policyInputs }) => ({
    ...{ name, facts, policyInputs },
    plan: decidePlan(facts, unbounded, policyInputs, nameScope).plan,
  }));

  it.each(plans.map((row) => [row.name, row] as const))('%s', (_, { facts, policyInputs, plan }) => {
    // No token is asked for, and none refuses.
    expect(plan.code).not.toMatch(/^(?:no-token|mode-|token-)/);
    const isPr = facts.eventName.startsWith('pull_request') && facts.eventName !== 'pull_request_target';
    if (isPr && plan.export !== null) expect(plan.exportRef?.kind).toBe('pr');
    if (plan.exportRef?.kind === 'branch')
      expect(trusted.has(facts.eventName) || policyInputs.allowUntrustedExport).toBe(true);
  });

  // The whole point: of all cases together, not one by one.
  it.each(backends)(
    '%s: no pull request, and no event of outsiders, writes what a branch reads',
    (backend) => {
      const branches = plans.filter(
        ({ plan }) => plan.exportRef?.kind === 'branch' && plan.code === 'own-branch',
      );
      const read = new Set(branches.flatMap(({ plan }) => toRead(backend, plan)));
      expect(read.size).toBeGreaterThan(1);
      const others = plans.filter(({ plan }) => plan.export !== null && plan.exportRef?.kind === 'pr');
      expect(others.length).toBeGreaterThan(3);
      for (const { plan } of others) {
        for (const tag of ['main', 'latest', `pr-${plan.exportRef?.name}`]) {
          const written = toWritten(backend, plan, [`ghcr.io/acme/app:${tag}`]);
          expect(written.filter((name) => read.has(name))).toEqual([]);
        }
      }
    },
  );

  it('and none at all: nothing is imported or exported, with a reason', () => {
    for (const { facts, policyInputs } of plans) {
      const { plan, warnings } = decidePlan(facts, noRights, policyInputs, nameScope);
      expect(plan).toMatchObject({ imports: [], export: null, code: 'cache-none' });
      expect(warnings).toEqual([]);
    }
  });
});
