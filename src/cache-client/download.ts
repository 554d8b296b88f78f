import { type FileHandle, open } from 'node:fs/promises';
import { forEachParallel } from '../async/parallel.ts';
import { type ByteRange, parseContentRange } from '../cache-protocol/range.ts';
import { toMessage } from '../errors.ts';
import { SilenceError } from './absence.ts';
import { cutParts, type TransferShape } from './block-upload.ts';
import { DownloadRequests, type DownloadSource, MissingError, NoRangesError } from './download-requests.ts';
import { watchFlow } from './flow.ts';
import type { DownloadResult, RangeResult } from './results.ts';
import { callWithRetries, RetryableError } from './retry.ts';
import {
  type CallOptions,
  chooseAnswerMs,
  type Session,
  toCallHealth,
  toFailed,
  withDeadline,
} from './session.ts';
import type { HttpResponse } from './transport.ts';

export interface DownloadLimits {
  readonly maxBytes: number;
}

/** Where in an open file the bytes go. */
export interface FileRegion {
  readonly handle: FileHandle;
  readonly offset: number;
}

class TooLargeError extends Error {}

/**
 * Fetches an entry to a file. The first request asks for one part; where the service answers 206 the other parts
 * follow in parallel, else (no ranges there) it is one stream. Each part resumes at the byte where it broke.
 */
export async function downloadFile(
  session: Session,
  source: DownloadSource,
  file: string,
  shape: TransferShape,
  limits: DownloadLimits,
  options: CallOptions,
): Promise<DownloadResult> {
  const handle = await open(file, 'w', 0o600);
  try {
    const download = new Download(session, source, { handle, offset: 0 }, limits, options);
    return { kind: 'downloaded', sizeBytes: await download.run(shape) };
  } catch (error) {
    return toResult(error);
  } finally {
    await handle.close();
  }
}

/** Bytes `start` to `end` of an entry, inclusive; the file stays open. */
export async function downloadRange(
  session: Session,
  source: DownloadSource,
  range: ByteRange,
  region: FileRegion,
  options: CallOptions,
): Promise<RangeResult> {
  try {
    const target = { handle: region.handle, offset: region.offset - range.start };
    const limits = { maxBytes: Number.POSITIVE_INFINITY };
    await new Download(session, source, target, limits, options).fetchRange(range);
    return { kind: 'downloaded', sizeBytes: range.end - range.start + 1 };
  } catch (error) {
    if (error instanceof NoRangesError) return { kind: 'no-ranges' };
    return toResult(error);
  }
}

function toResult(error: unknown): DownloadResult {
  if (error instanceof MissingError) return { kind: 'missing', message: error.message };
  if (error instanceof TooLargeError) return { kind: 'too-large' };
  return toFailed(error);
}

class Download {
  readonly #session: Session;
  /** `offset`: what is added to a byte's place in the entry to get its place in the file. */
  readonly #target: FileRegion;
  readonly #limits: DownloadLimits;
  readonly #options: CallOptions;
  readonly #signal: AbortSignal;
  readonly #requests: DownloadRequests;

  constructor(
    session: Session,
    source: DownloadSource,
    target: FileRegion,
    limits: DownloadLimits,
    options: CallOptions,
  ) {
    this.#session = session;
    this.#target = target;
    this.#limits = limits;
    this.#options = options;
    this.#signal = withDeadline(options.signal, (options.policy ?? session.policy).deadlineMs);
    this.#requests = new DownloadRequests(session, source, this.#signal);
  }

  /** Answers the size in bytes. */
  async run(shape: TransferShape): Promise<number> {
    const first = await this.#retried(() => this.#requests.open(0, shape.partBytes - 1));
    const range = first.status === 206 ? parseContentRange(first.headers['content-range']) : undefined;
    const total = range?.totalBytes ?? (first.status === 200 ? readLength(first) : undefined);
    if (total !== undefined && total > this.#limits.maxBytes) {
      first.body.destroy();
      throw new TooLargeError();
    }
    if (range === undefined || total === undefined) return await this.#fetchWhole(first, total);
    const parts = cutParts(total, shape.partBytes);
    await forEachParallel(parts, shape.parallel, async ({ index, start, end }) => {
      await this.#fetchPart(start, end, index === 0 ? first : undefined);
    });
    return total;
  }

  async fetchRange({ start, end }: ByteRange): Promise<void> {
    // All that lies before would be sent too, for each range anew. From the start on nothing is lost.
    if (start > 0) this.#requests.demandRanges();
    await this.#fetchPart(start, end);
  }

  async #fetchWhole(first: HttpResponse, total: number | undefined): Promise<number> {
    if (total !== undefined) {
      await this.#fetchPart(0, total - 1, first);
      return total;
    }
    // Neither range nor length: the end of the stream is the end of the entry.
    const cursor = { offset: 0 };
    const fault = await this.#copy(first, cursor, Number.POSITIVE_INFINITY);
    if (fault !== undefined) {
      await this.#retried(async () => {
        cursor.offset = 0;
        const again = await this.#copy(await this.#requests.open(0), cursor, Number.POSITIVE_INFINITY);
        if (again !== undefined) throw again;
      });
    }
    return cursor.offset;
  }

  /** Bytes `start` to `end`, inclusive; `response` may be one that already runs from `start`. */
  async #fetchPart(start: number, end: number, response?: HttpResponse): Promise<void> {
    const cursor = { offset: start };
    if (response) await this.#copy(response, cursor, end);
    while (cursor.offset <= end) {
      // A try that moved some bytes counts as a success, so that only a standstill uses up the tries.
      await this.#retried(async () => {
        const before = cursor.offset;
        const fault = await this.#copy(await this.#requests.open(cursor.offset, end), cursor, end);
        if (fault?.absence === 'silent') throw fault;
        if (cursor.offset === before) throw fault ?? new RetryableError('download broken off');
      });
    }
  }

  async #retried<T>(call: () => Promise<T>): Promise<T> {
    const { clock, observer, gate } = this.#session;
    const policy = this.#options.policy ?? this.#session.policy;
    const health = toCallHealth(this.#session, 'download', this.#requests.url);
    const context = {
      kind: 'download',
      policy,
      clock,
      observer,
      gate,
      health,
      signal: this.#signal,
    } as const;
    return await callWithRetries(context, call);
  }

  /** Writes what the response has of `cursor.offset` to `end`; answers why it broke off, if it did. */
  async #copy(
    response: HttpResponse,
    cursor: { offset: number },
    end: number,
  ): Promise<RetryableError | undefined> {
    // A service that ignores the range sends everything: what comes before the offset is skipped.
    let position = response.status === 206 ? readStart(response) : 0;
    if (position > cursor.offset) {
      response.body.destroy();
      throw new RetryableError('the service answered with another range');
    }
    const url = this.#requests.url;
    const flow = watchFlow(response.body, chooseAnswerMs(this.#session, 'download', url));
    const health = toCallHealth(this.#session, 'download', url);
    const noteProgress = () => {
      this.#session.health.heard(url);
      health.kind.answered();
    };
    try {
      for await (const chunk of response.body) {
        const bytes: Buffer = chunk;
        if (flow.add(bytes.length)) noteProgress();
        const from = Math.max(0, cursor.offset - position);
        const to = Math.min(bytes.length, end + 1 - position);
        position += bytes.length;
        if (to > from) await this.#write(bytes, from, to, cursor);
        flow.resume();
        // Not at the last byte wanted: a stream that is left before its end takes its connection with it.
        if (position > end + 1) break;
      }
      noteProgress();
      return undefined;
    } catch (error) {
      if (this.#signal.aborted || error instanceof TooLargeError || !isConnectionFault(error)) throw error;
      const facts = { absence: error instanceof SilenceError ? 'silent' : 'broken' } as const;
      if (facts.absence === 'silent') health.host.silent();
      return new RetryableError(`download broken off: ${toMessage(error)}`, facts, { cause: error });
    } finally {
      flow.stop();
    }
  }

  async #write(bytes: Buffer, from: number, to: number, cursor: { offset: number }): Promise<void> {
    if (cursor.offset + (to - from) > this.#limits.maxBytes) throw new TooLargeError();
    let done = from;
    while (done < to) {
      const { handle, offset } = this.#target;
      const { bytesWritten } = await handle.write(bytes, done, to - done, cursor.offset + offset);
      done += bytesWritten;
      cursor.offset += bytesWritten;
    }
    this.#requests.noteBytes();
    this.#session.observer.onBytes('down', to - from);
  }
}

/** A broken stream can be resumed; a full disk cannot. */
function isConnectionFault(error: unknown): boolean {
  return !/ENOSPC|EDQUOT|EIO|EBADF|EFBIG/.test(toMessage(error));
}

function readLength(response: HttpResponse): number | undefined {
  const length = response.headers['content-length'];
  return length === undefined ? undefined : Number(length);
}

function readStart(response: HttpResponse): number {
  return parseContentRange(response.headers['content-range'])?.start ?? 0;
}
