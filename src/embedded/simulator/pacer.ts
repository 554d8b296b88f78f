/** A line of limited speed: says how long each piece of data must wait so that, in the long run, the speed is kept. */
export interface Pacer {
  /** Takes the line for that many bytes; the answer is the milliseconds until they are through. */
  take(sizeBytes: number, nowMs: number): number;
}

export function createPacer(bytesPerSecond: number): Pacer {
  let freeAtMs = 0;
  return {
    take(sizeBytes, nowMs) {
      freeAtMs = Math.max(freeAtMs, nowMs) + (sizeBytes * 1000) / bytesPerSecond;
      return freeAtMs - nowMs;
    },
  };
}
