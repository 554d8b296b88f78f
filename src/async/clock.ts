/** Time as the client sees it, so that tests of waiting take no time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Between 0 and 1, for jitter. */
  random(): number;
  /** Ends early, with the signal's reason thrown, when the signal fires. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
