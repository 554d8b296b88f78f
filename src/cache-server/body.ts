import type { Readable } from 'node:stream';
import { hasErrorCode } from '../errors.ts';
import { parseJson } from '../json.ts';
import { ServiceError, type StoredBlob } from './service.ts';

/** The whole body as text. Throws ServiceError `invalid_argument` when it is longer than `maxBytes`. */
export async function readRequestText(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of readChunks(body)) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      throw new ServiceError('invalid_argument', `the request body is larger than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The parsed body, or undefined when it is not JSON. */
export async function readJson(body: Readable, maxBytes: number): Promise<unknown> {
  return parseJson(await readRequestText(body, maxBytes));
}

/**
 * The bytes of a request body. Leaving the loop early does not destroy the stream: that would cut the connection on
 * which the refusal still has to be sent.
 */
export async function* readChunks(body: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of body.iterator({ destroyOnReturn: false })) yield toBuffer(chunk);
}

function toBuffer(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return Buffer.from(String(chunk));
}

/**
 * Bytes `start` to `end` of a blob, inclusive. Throws ServiceError `not_found` when they are gone: an entry may be evicted
 * between its look-up and this read, and that is a 404, not a broken body.
 */
export async function openBody(blob: StoredBlob, start: number, end: number): Promise<Readable> {
  const body = blob.read(start, end);
  try {
    await whenReadable(body);
    return body;
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
    throw new ServiceError('not_found', 'The specified blob does not exist.', { cause: error });
  }
}

/** Waits until a stream has its first bytes (or its end): a file that is gone shows itself before the status is sent. */
function whenReadable(stream: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => () => {
      stream.off('readable', onReady).off('end', onReady).off('error', onError);
      act();
    };
    const onReady = settle(resolve);
    const onError = (error: Error) => settle(() => reject(error))();
    stream.once('readable', onReady).once('end', onReady).once('error', onError);
  });
}
