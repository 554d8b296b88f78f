import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideRemovals, type LocalCache } from '../../src/cache/local-removals.ts';

const digest = (index: number) => `sha256:${index}`;

/** A build of one of some branches: it writes new layers, and keeps some that are there. */
const anyBuild = fc.record({
  branch: fc.constantFrom('main', 'pr-1', 'pr-2', 'dev'),
  fresh: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
  shared: fc.array(fc.nat(200), { maxLength: 3 }),
});

describe('what is removed from a directory of caches', () => {
  it('over 50 builds never what the newest index names, nor what any index names that stays, and no more stays than is allowed', () => {
    const builds = fc.array(anyBuild, { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(builds, fc.integer({ min: 1, max: 300 }), (all, maxBytes) => {
        const blobs = new Map<string, number>();
        let caches: readonly LocalCache[] = [];
        for (const [time, { branch, fresh, shared }] of all.entries()) {
          const there = [...blobs.keys()];
          const kept = shared.flatMap((index) => there[index % Math.max(1, there.length)] ?? []);
          const written = fresh.map((size, index) => [digest(time * 10 + index), size] as const);
          for (const [name, size] of written) blobs.set(name, size);
          const own = {
            name: branch,
            exportedAtMs: time,
            blobs: [...written.map(([name]) => name), ...kept],
          };
          caches = [...caches.filter(({ name }) => name !== branch), own];
          const removals = decideRemovals({ caches, blobs }, maxBytes);
          expect(removals.caches).not.toContain(branch);
          caches = caches.filter(({ name }) => !removals.caches.includes(name));
          for (const removed of removals.blobs) blobs.delete(removed);
          for (const cache of caches) for (const name of cache.blobs) expect(blobs.has(name)).toBe(true);
          // Each byte is named by an index, and only the newest may be larger than allowed.
          expect([...blobs.keys()].every((name) => caches.some((cache) => cache.blobs.includes(name)))).toBe(
            true,
          );
          const bytes = [...blobs.values()].reduce((sum, size) => sum + size, 0);
          const newest = new Set(own.blobs);
          const ownBytes = [...newest].reduce((sum, name) => sum + (blobs.get(name) ?? 0), 0);
          expect(bytes).toBeLessThanOrEqual(Math.max(maxBytes, ownBytes));
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['all fit', 100, [], []],
    ['a blob that nobody names goes', 100, [], ['x']],
    ['the oldest goes first, but not what others have of it', 25, ['old'], ['o', 'x']],
    ['the newest stays, however large', 1, ['old', 'mid'], ['o', 'm', 'x']],
  ])('%s', (_, maxBytes, removedCaches, removedBlobs) => {
    const caches = [
      { name: 'old', exportedAtMs: 1, blobs: ['o', 's'] },
      { name: 'new', exportedAtMs: 3, blobs: ['n', 's'] },
      { name: 'mid', exportedAtMs: 2, blobs: ['m', 's'] },
    ];
    const names = removedBlobs.includes('x') ? ['o', 's', 'n', 'm', 'x'] : ['o', 's', 'n', 'm'];
    const blobs = new Map(names.map((name) => [name, name === 's' ? 5 : 10]));
    const removals = decideRemovals({ caches, blobs }, maxBytes);
    expect([...removals.caches].sort()).toEqual([...removedCaches].sort());
    expect(removals.blobs).toEqual(removedBlobs);
  });
});
