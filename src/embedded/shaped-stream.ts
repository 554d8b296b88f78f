import { pipeline, type Readable, Transform } from 'node:stream';
import { ConnectionBreak } from '../cache-server/message.ts';
import type { Pacer } from './pacer.ts';

export interface StreamShape {
  readonly pacers: readonly Pacer[];
  /** Breaks off after so many bytes; undefined: never. */
  readonly breakAfterBytes: number | undefined;
  readonly manner: 'reset' | 'close';
  readonly onBytes: (count: number) => void;
}

/** The same bytes, counted, at the speed of the line, and cut off where the fault says. */
export function shapeStream(source: Readable, shape: StreamShape): Readable {
  const { pacers, breakAfterBytes = Number.POSITIVE_INFINITY, manner, onBytes } = shape;
  let passed = 0;
  const shaped = new Transform({
    highWaterMark: 256 * 1024,
    transform(chunk: Buffer, _encoding, done) {
      const room = breakAfterBytes - passed;
      const bytes = chunk.length > room ? chunk.subarray(0, room) : chunk;
      passed += bytes.length;
      onBytes(bytes.length);
      const nowMs = performance.now();
      const waitMs = Math.max(0, ...pacers.map((pacer) => pacer.take(bytes.length, nowMs)));
      const pass = () => {
        if (passed < breakAfterBytes) return done(undefined, bytes);
        this.push(bytes);
        // On the next turn, so that what was passed on is read first.
        setImmediate(() => done(new ConnectionBreak('cut off by the fault file', manner)));
      };
      if (waitMs < 1) pass();
      else setTimeout(pass, waitMs);
    },
  });
  // Errors reach the reader of the shaped stream; nobody else waits for them.
  pipeline(source, shaped, () => undefined);
  return shaped;
}
