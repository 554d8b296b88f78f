import type { Clock } from '../async/clock.ts';
import type { Removal } from './decide.ts';
import { describeResult, type Repository } from './repository.ts';

/** What became of the removals. */
export interface Deletion {
  readonly deleted: readonly Removal[];
  /** Somebody else has removed them meanwhile. */
  readonly gone: readonly Removal[];
  readonly left: readonly Removal[];
  /** Why some are left; undefined: none is. */
  readonly fault: DeletionFault | undefined;
}

export interface DeletionFault {
  /** `refused`: the token may not. `stopped`: GitHub wants no more calls now. */
  readonly kind: 'refused' | 'stopped' | 'failed';
  /** Part of a sentence. */
  readonly reason: string;
}

/** A deletion counts five points, and GitHub allows 900 a minute: from some number on there is a pause between two. */
const quickDeletions = 100;
const pauseMs = 400;
/** Of calls in turn: a server that does that will go on. */
const maxFailuresInTurn = 3;

/** One after the other, as GitHub wants it for calls that change something. A cancellation ends it, and is told in the fault. */
export async function deleteRemovals(
  removals: readonly Removal[],
  repository: Pick<Repository, 'deleteCache'>,
  { clock, signal }: DeletionPace,
): Promise<Deletion> {
  const deleted: Removal[] = [];
  const gone: Removal[] = [];
  const left: Removal[] = [];
  let fault: DeletionFault | undefined;
  let failuresInTurn = 0;
  for (const [index, removal] of removals.entries()) {
    const outcome = await deleteOne(removal, repository, { clock, signal }, index >= quickDeletions);
    if (outcome === 'deleted') deleted.push(removal);
    else if (outcome === 'gone') gone.push(removal);
    else left.push(removal);
    failuresInTurn = typeof outcome === 'string' ? 0 : failuresInTurn + 1;
    if (typeof outcome === 'string') continue;
    fault = outcome;
    if (outcome.kind !== 'failed' || failuresInTurn >= maxFailuresInTurn) {
      left.push(...removals.slice(index + 1));
      break;
    }
  }
  return { deleted, gone, left, fault };
}

interface DeletionPace {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

async function deleteOne(
  { entry }: Removal,
  repository: Pick<Repository, 'deleteCache'>,
  { clock, signal }: DeletionPace,
  hasPause: boolean,
): Promise<'deleted' | 'gone' | DeletionFault> {
  try {
    if (hasPause) await clock.sleep(pauseMs, signal);
    const result = await repository.deleteCache(entry.id);
    if (result.kind === 'answer') return 'deleted';
    // A 404 after another try: the answer to the first one was lost.
    if (result.kind === 'refused' && result.status === 404) return result.attempts > 1 ? 'deleted' : 'gone';
    return { kind: result.kind, reason: describeRefusal(result) };
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped', reason: 'the run was cancelled' };
    throw error;
  }
}

/** GHES names no permission. */
function describeRefusal(result: Parameters<typeof describeResult>[0]): string {
  const words = describeResult(result);
  const isUnnamed = result.kind === 'refused' && result.status === 403 && result.permission === undefined;
  return isUnnamed ? `${words}; the token needs \`actions: write\`` : words;
}
