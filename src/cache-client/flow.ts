import type { Readable } from 'node:stream';
import { SilenceError } from './absence.ts';

/** In the time in which an answer is due, a download must move so much: one that drips is as good as one that hangs. */
const leastBytes = 16 * 1024;

interface Flow {
  /** Bytes have come, and their reader is busy with them. Answers whether it is a flow by now. */
  add(bytes: number): boolean;
  /** The reader waits for the next ones. */
  resume(): void;
  stop(): void;
}

/** Destroys a body with a SilenceError when next to nothing of it has come for `windowMs` while it was waited for. */
export function watchFlow(body: Readable, windowMs: number): Flow {
  let windowBytes = 0;
  let isBusy = false;
  const timer = setInterval(() => {
    // A slow disk is not the fault of the service.
    if (windowBytes < leastBytes && !isBusy) {
      body.destroy(new SilenceError(`${windowBytes} bytes in ${windowMs / 1000} s`));
    }
    windowBytes = 0;
  }, windowMs);
  return {
    add: (bytes) => {
      windowBytes += bytes;
      isBusy = true;
      return windowBytes >= leastBytes;
    },
    resume: () => {
      isBusy = false;
    },
    stop: () => clearInterval(timer),
  };
}
