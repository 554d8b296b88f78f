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

/** One after the other, as GitHub wants it for calls that change something. */
export async function deleteRemovals(
  removals: readonly Removal[],
  repository: Pick<Repository, 'deleteCache'>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Deletion> {
  const deleted: Removal[] = [];
  const gone: Removal[] = [];
  const left: Removal[] = [];
  let fault: DeletionFault | undefined;
  let failuresInTurn = 0;
  for (const [index, removal] of removals.entries()) {
    if (index >= quickDeletions) await clock.sleep(pauseMs, signal);
    const result = await repository.deleteCache(removal.entry.id);
    const isMissing = result.kind === 'refused' && result.status === 404;
    if (result.kind === 'answer' || (isMissing && result.attempts > 1)) deleted.push(removal);
    else if (isMissing) gone.push(removal);
    else {
      left.push(removal);
      fault = { kind: result.kind, reason: describeRefusal(result) };
      failuresInTurn += 1;
      if (result.kind !== 'failed' || failuresInTurn >= maxFailuresInTurn) {
        left.push(...removals.slice(index + 1));
        break;
      }
      continue;
    }
    failuresInTurn = 0;
  }
  return { deleted, gone, left, fault };
}

/** GHES names no permission. */
function describeRefusal(result: Parameters<typeof describeResult>[0]): string {
  const words = describeResult(result);
  const isUnnamed = result.kind === 'refused' && result.status === 403 && result.permission === undefined;
  return isUnnamed ? `${words}; the token needs \`actions: write\`` : words;
}
