import { pipeline, type Readable, Transform, type TransformCallback } from 'node:stream';
import { ConnectionBreak } from '../../cache-server/message.ts';
import type { Pacer } from './pacer.ts';

interface StreamShape {
  readonly pacers: readonly Pacer[];
  /** Breaks off after so many bytes; undefined: never. */
  readonly breakAfterBytes: number | undefined;
  readonly manner: 'reset' | 'close';
  /** The byte whose bits are turned over; undefined: none. */
  readonly corruptAtByte: number | undefined;
  readonly onBytes: (count: number) => void;
}

/**
 * The same bytes, counted, at the speed of the line, and cut off where the fault says. The source is not touched before
 * somebody reads: a client that waits for `100 Continue` must not be told to go on by the book-keeping.
 */
export function shapeStream(source: Readable, shape: StreamShape): Readable {
  return new ShapedStream(source, shape);
}

class ShapedStream extends Transform {
  readonly #source: Readable;
  readonly #shape: StreamShape;
  #passedBytes = 0;
  #isStarted = false;

  constructor(source: Readable, shape: StreamShape) {
    super({ highWaterMark: 64 * 1024 });
    this.#source = source;
    this.#shape = shape;
    source.on('error', (error) => this.destroy(error));
    // Whoever reads hears of it; without a reader (the answer was given without the body) nobody needs to.
    this.on('error', () => undefined);
  }

  override _read(size: number): void {
    if (!this.#isStarted) {
      this.#isStarted = true;
      // Errors reach the reader of the shaped stream; nobody else waits for them.
      pipeline(this.#source, this, () => undefined);
    }
    super._read(size);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const { pacers, breakAfterBytes = Number.POSITIVE_INFINITY, manner, onBytes } = this.#shape;
    const room = breakAfterBytes - this.#passedBytes;
    const bytes = corrupt(chunk.length > room ? chunk.subarray(0, room) : chunk, this.#corruptAt());
    this.#passedBytes += bytes.length;
    onBytes(bytes.length);
    const nowMs = performance.now();
    const waitMs = Math.max(0, ...pacers.map((pacer) => pacer.take(bytes.length, nowMs)));
    const pass = (): void => {
      if (this.#passedBytes < breakAfterBytes) {
        done(undefined, bytes);
        return;
      }
      this.push(bytes);
      // On a later turn, so that what was passed on is read first.
      setImmediate(() => done(new ConnectionBreak('cut off by the fault file', manner)));
    };
    if (waitMs < 1) pass();
    else setTimeout(pass, waitMs);
  }

  /** From the start of the next chunk. */
  #corruptAt(): number {
    return (this.#shape.corruptAtByte ?? -1) - this.#passedBytes;
  }

  /** A source that nobody started to read, such as an open file, would stay open for ever. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#isStarted) this.#source.destroy();
    done(error);
  }
}

function corrupt(chunk: Buffer, at: number): Buffer {
  const byte = chunk[at];
  if (byte === undefined) return chunk;
  const changed = Buffer.from(chunk);
  // Not a flip: what was stored wrong and is read wrong must not come out right.
  changed[at] = (byte + 1) & 0xff;
  return changed;
}
