import type { Clock } from '../async/clock.ts';

/** What all requests of a client pass, so that the service's `Retry-After` to one of them is obeyed by all. */
export interface RequestGate {
  /** Milliseconds since the epoch; in the past when it is open. */
  opensAt(): number;
  /** Never opens it earlier than it is known to. */
  closeUntil(timeMs: number): void;
  /** Throws the signal's reason when that fires first. */
  whenOpen(signal: AbortSignal | undefined): Promise<void>;
}

export function createRequestGate(clock: Clock): RequestGate {
  let opensAt = 0;
  return {
    opensAt: () => opensAt,
    closeUntil: (timeMs) => {
      opensAt = Math.max(opensAt, timeMs);
    },
    whenOpen: async (signal) => {
      // In a loop, as it may be closed for longer meanwhile.
      for (let waitMs = opensAt - clock.now(); waitMs > 0; waitMs = opensAt - clock.now()) {
        await clock.sleep(waitMs, signal);
      }
    },
  };
}
