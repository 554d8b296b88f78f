import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CleanupResult } from '../../src/cleanup/clean.ts';
import type { Removal } from '../../src/cleanup/decide.ts';
import type { Deletion } from '../../src/cleanup/deletion.ts';
import type { CacheEntry } from '../../src/cleanup/entry.ts';
import { forecastEviction } from '../../src/cleanup/forecast.ts';
import { toCleanupOutputs } from '../../src/cleanup/outputs.ts';
import { renderCleanupLog, renderCleanupSummary } from '../../src/cleanup/report.ts';
import { decideVerdict } from '../../src/cleanup/verdict.ts';
import { hostileText } from '../helpers/hostile-text.ts';

const nowMs = Date.UTC(2026, 5, 1);
const dayMs = 24 * 60 * 60_000;

function toEntry(id: number, change: Partial<CacheEntry> = {}): CacheEntry {
  const times = { createdMs: nowMs - id * dayMs, accessedMs: nowMs - id * dayMs };
  return {
    id,
    ref: 'refs/heads/main',
    key: `k${id}`,
    version: 'v',
    sizeBytes: 1024 * 1024,
    ...times,
    ...change,
  };
}

function toResult(
  entries: readonly CacheEntry[],
  removed = 0,
  deletion: Partial<Deletion> = {},
): CleanupResult {
  const removals: readonly Removal[] = entries
    .slice(0, removed)
    .map((entry) => ({ entry, reason: 'branch-deleted' }));
  return {
    facts: { entries, isComplete: true, refs: new Map(), defaultBranch: 'main', named: new Map(), nowMs },
    removals,
    deletion: { deleted: removals, gone: [], left: [], fault: undefined, ...deletion },
  };
}

const facts = (result: CleanupResult, limitBytes = 1e10) => ({
  ...{ result, limitBytes, isDryRun: false },
  verdict: { notes: [], warnings: [], failure: undefined },
});

describe('what GitHub would evict', () => {
  const entries = [toEntry(1), toEntry(3), toEntry(2)];
  it.each([
    [10, []],
    [3, []],
    [2.5, [3]],
    [2, [3]],
    [1, [3, 2]],
    [0, [3, 2, 1]],
  ])('at %d MiB is what was not used for longest: %j', (mebibytes, ids) => {
    expect([...forecastEviction(entries, mebibytes * 1024 * 1024)].map(({ id }) => id)).toEqual(ids);
  });
});

describe('the report', () => {
  it('adds up by ref and kind', () => {
    const entries = [
      toEntry(1),
      toEntry(2),
      toEntry(3, { ref: 'refs/tags/v1' }),
      toEntry(4, { key: 'hotlayer-tools_a' }),
    ];
    const lines = renderCleanupLog(facts(toResult(entries, 1), 2 * 1024 * 1024));
    expect(lines).toEqual(
      [
        'Ref              Cache scope             Caches  Size     Last use    Goes     Evicted at the limit',
        'refs/heads/main  (other tools)           2       2.0 MiB  24 h ago    1.0 MiB',
        'refs/heads/main  (BuildKit and buildx)   1       1.0 MiB  4 days ago           1.0 MiB',
        'refs/tags/v1     (other tools)           1       1.0 MiB  3 days ago',
        'of deleted branches: 1 cache, 1.0 MiB',
        '4 caches with 4.0 MiB: 1 cache (1.0 MiB) removed, 3.0 MiB remain of a limit of 2.0 MiB.',
      ].map((line) =>
        expect.stringMatching(new RegExp(`^${line.replace(/[()]/g, '\\$&').replace(/ {2,}/g, ' +')}$`)),
      ),
    );
  });

  it('sums up what would be too many rows', () => {
    const entries = Array.from({ length: 130 }, (_, index) =>
      toEntry(index + 1, { ref: `refs/heads/b${index}` }),
    );
    const lines = renderCleanupLog(facts(toResult(entries)));
    expect(lines).toHaveLength(1 + 101 + 1);
    expect(lines.at(-2)).toMatch(/^30 more +30 +30\.0 MiB/);
  });

  it('is empty where nothing is', () => {
    expect(renderCleanupLog(facts(toResult([])))).toEqual([expect.stringMatching(/^0 caches with 0\.0 MiB/)]);
    expect(renderCleanupSummary(facts(toResult([])))).not.toContain('|');
  });

  it('lets no name of a ref out of its cell', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const summary = renderCleanupSummary(
          facts(toResult([toEntry(1, { ref: `refs/heads/${text}|<b>@x` })], 1)),
        );
        const rows = summary.split('\n').filter((line) => line.startsWith('|'));
        expect(rows).toHaveLength(3);
        expect(new Set(rows.map((row) => row.split('|').length)).size).toBe(1);
        expect(summary).not.toContain('<b>');
      }),
    );
  });

  it('counts what is left', () => {
    const all = toResult([toEntry(1), toEntry(2), toEntry(3)], 3);
    const [first, second, third] = all.removals;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no removals');
    const result = {
      ...all,
      deletion: { deleted: [first], gone: [second], left: [third], fault: undefined },
    };
    expect(Object.fromEntries(toCleanupOutputs(result))).toEqual({
      ...{ 'removable-caches': '3', 'removable-bytes': String(3 * 1024 * 1024) },
      ...{ 'deleted-caches': '1', 'deleted-bytes': String(1024 * 1024) },
      ...{ 'remaining-caches': '1', 'remaining-bytes': String(1024 * 1024) },
    });
  });
});

describe('the verdict', () => {
  const left = toResult([toEntry(1), toEntry(2)], 2).removals;
  const verdict = (done: number, kind: 'refused' | 'stopped' | 'failed', isReadOnly = false) => {
    const deletion = { deleted: left.slice(0, done), left: left.slice(done), fault: { kind, reason: 'why' } };
    const { failure, warnings } = decideVerdict({
      result: toResult([toEntry(1), toEntry(2)], 2, deletion),
      target: { kind: 'all' },
      isReadOnly,
    });
    return failure === undefined ? (warnings.length === 0 ? 'green' : 'warning') : 'failure';
  };
  it.each([
    [0, 'refused', false, 'failure'],
    [0, 'failed', false, 'failure'],
    [0, 'stopped', false, 'warning'],
    [0, 'refused', true, 'warning'],
    [1, 'refused', false, 'warning'],
    [1, 'failed', false, 'warning'],
    [1, 'stopped', false, 'warning'],
  ] as const)('%d done, then %s (a token that may only read: %s): %s', (done, kind, isReadOnly, expected) => {
    expect(verdict(done, kind, isReadOnly)).toBe(expected);
  });
});
