import process from 'node:process';
import { CancelledError } from '../errors.ts';

/**
 * Fires when the runner cancels the step: it sends SIGINT, after 7.5 s SIGTERM, and kills after 2.5 s more. The handlers
 * stay, so that the second signal does not end the process in the middle of what the first one began.
 */
export function watchCancellation(): AbortSignal {
  const cancelled = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => cancelled.abort(new CancelledError()));
  return cancelled.signal;
}

/**
 * The work, or CancelledError `graceMs` after the cancellation at the latest: not everything that is waited for can be
 * told to stop, and the process ends anyway.
 */
export async function untilCancelled<T>(work: Promise<T>, signal: AbortSignal, graceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    onAbort = () => {
      timer = setTimeout(() => reject(signal.reason), graceMs);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearTimeout(timer);
  }
}
