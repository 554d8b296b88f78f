import { describe, expect, it } from '@jest/globals';
import type { ApiResult } from '../../src/cleanup/api-client.ts';
import { deleteRemovals } from '../../src/cleanup/deletion.ts';
import { FastClock } from '../helpers/fast-clock.ts';

const answer: ApiResult = { kind: 'answer', status: 204, body: undefined, attempts: 1 };
const refused = (status: number, attempts = 1, permission?: string): ApiResult => ({
  ...{ kind: 'refused', status, message: 'words', permission, attempts },
});
const failed: ApiResult = { kind: 'failed', message: 'GitHub answered 502' };
const stopped: ApiResult = { kind: 'stopped', message: 'a pause of 600 s' };

/** Removals 1, 2, … and a repository that answers with these results in turn, then with success. */
async function run(count: number, results: readonly ApiResult[], cancelledAtCall = Number.POSITIVE_INFINITY) {
  const removals = Array.from({ length: count }, (_, index) => ({
    reason: 'branch-deleted' as const,
    entry: { id: index + 1, ref: 'r', key: 'k', version: 'v', sizeBytes: 1, createdMs: 0, accessedMs: 0 },
  }));
  const clock = new FastClock();
  const cancelled = new AbortController();
  let calls = 0;
  const deleteCache = async (): Promise<ApiResult> => {
    calls += 1;
    if (calls < cancelledAtCall) return results[calls - 1] ?? answer;
    cancelled.abort(new Error('cancelled'));
    throw cancelled.signal.reason;
  };
  const startedMs = clock.now();
  const { deleted, gone, left, fault } = await deleteRemovals(
    removals,
    { deleteCache },
    { clock, signal: cancelled.signal },
  );
  const ids = (list: typeof deleted) => list.map(({ entry }) => entry.id);
  return {
    deleted: ids(deleted),
    gone: ids(gone),
    left: ids(left),
    fault,
    calls,
    waitedMs: clock.now() - startedMs,
  };
}

describe('removing one after the other', () => {
  it.each<readonly [string, readonly ApiResult[], object]>([
    ['all', [], { deleted: [1, 2, 3, 4], gone: [], left: [], fault: undefined }],
    ['what somebody else has removed', [answer, refused(404)], { deleted: [1, 3, 4], gone: [2], left: [] }],
    [
      'what an earlier try has removed',
      [answer, refused(404, 2)],
      { deleted: [1, 2, 3, 4], gone: [], left: [] },
    ],
    [
      'without the permission',
      [refused(403, 1, 'actions=write')],
      {
        deleted: [],
        left: [1, 2, 3, 4],
        calls: 1,
        fault: { kind: 'refused', reason: expect.stringContaining('`actions: write`') },
      },
    ],
    [
      'without the permission, on GHES',
      [refused(403)],
      {
        left: [1, 2, 3, 4],
        calls: 1,
        fault: { kind: 'refused', reason: expect.stringContaining('`actions: write`') },
      },
    ],
    [
      'until GitHub wants no more',
      [answer, stopped],
      { deleted: [1], left: [2, 3, 4], calls: 2, fault: { kind: 'stopped', reason: 'a pause of 600 s' } },
    ],
    ['past one that fails', [failed], { deleted: [2, 3, 4], left: [1], fault: { kind: 'failed' } }],
    ['past some that fail', [failed, failed, answer, failed], { deleted: [3], left: [1, 2, 4] }],
    ['until three fail in turn', [failed, failed, failed], { deleted: [], left: [1, 2, 3, 4], calls: 3 }],
  ])('%s', async (_name, results, expected) => {
    expect(await run(4, results)).toMatchObject(expected);
  });

  it('goes fast for a hundred, then as slowly as GitHub allows', async () => {
    expect((await run(100, [])).waitedMs).toBe(0);
    expect((await run(110, [])).waitedMs).toBe(10 * 400);
  });

  it('ends with what it has when the run is cancelled', async () => {
    const { deleted, left, fault } = await run(5, [], 3);
    expect({ deleted, left, fault }).toEqual({
      ...{ deleted: [1, 2], left: [3, 4, 5] },
      fault: { kind: 'stopped', reason: 'the run was cancelled' },
    });
  });
});
