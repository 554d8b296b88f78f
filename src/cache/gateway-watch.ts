import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, readProcess } from '../process/identity.ts';
import type { CacheWatch } from './backend.ts';

const pollMs = 250;

/**
 * BuildKit's cache client tries again for a quarter of an hour where nobody listens, at each call: whoever waits for a
 * build must know that the gateway is gone.
 */
export async function watchGateway(pid: number): Promise<CacheWatch> {
  const gone = new AbortController();
  const stopped = new AbortController();
  const gateway = await readProcess(pid);
  const isGone = async () => gateway === undefined || !(await isRunning(gateway));
  const watch = async (): Promise<void> => {
    while (!(await isGone())) {
      await delay(pollMs, undefined, { signal: stopped.signal, ref: false });
    }
    gone.abort();
  };
  // Only being stopped ends it early.
  watch().catch(() => undefined);
  return { signal: gone.signal, isGone, stop: () => stopped.abort() };
}
