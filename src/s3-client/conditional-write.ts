import { randomUUID } from 'node:crypto';
import type { CallOptions } from '../cache-client/session.ts';
import type { UploadSource } from '../cache-client/upload-source.ts';
import { callS3, S3RefusedError, type S3Session } from './calls.ts';

/** Names the try that wrote an object: whoever lost an answer finds out with it whether it has written. */
const writeHeader = 'x-amz-meta-hotlayer-write';

export type WriteResult = 'written' | 'taken';

/** Writes objects that nobody else has written, which is the compare-and-swap of manifests. */
export class ConditionalWrites {
  readonly #s3: S3Session;
  /** Hears once that the store has none. */
  readonly #onMissing: () => void;
  #isKept: Promise<boolean> | undefined;

  constructor(s3: S3Session, onMissing: () => void) {
    this.#s3 = s3;
    this.#onMissing = onMissing;
  }

  /** Throws what a call throws. */
  async write(key: string, source: UploadSource, options: CallOptions): Promise<WriteResult> {
    const name = randomUUID();
    if (await this.#areKept(options)) {
      const isTaken = !(await this.#put(key, source, name, true, options));
      // Where an answer was lost, the next try finds its own object. And stores that are not AWS may look first and write
      // later, as versitygw does: of two at once the last one stays.
      const isSure = !isTaken && this.#s3.bucket.endpointUrl === undefined;
      return isSure || (await this.#isOurs(key, name, options)) ? 'written' : 'taken';
    }
    if ((await this.#readName(key, options)) !== undefined) return 'taken';
    await this.#put(key, source, name, false, options);
    // Of two that wrote at once, the last one stays.
    return (await this.#isOurs(key, name, options)) ? 'written' : 'taken';
  }

  /** False: somebody else has the key. */
  async #put(
    key: string,
    source: UploadSource,
    name: string,
    isConditional: boolean,
    options: CallOptions,
  ): Promise<boolean> {
    const headers = {
      ...{ 'content-type': 'application/octet-stream', [writeHeader]: name },
      ...(isConditional ? { 'if-none-match': '*' } : {}),
    };
    const bytes = { source, start: 0, end: source.sizeBytes - 1 };
    const answer = await callS3(this.#s3, 'finalize', { method: 'PUT', key, headers, bytes }, options, [412]);
    return answer.status !== 412;
  }

  async #isOurs(key: string, name: string, options: CallOptions): Promise<boolean> {
    return (await this.#readName(key, options)) === name;
  }

  /** Who wrote it, `''` when that is not known; undefined: it is not there. */
  async #readName(key: string, options: CallOptions): Promise<string | undefined> {
    const answer = await callS3(this.#s3, 'lookup', { method: 'HEAD', key }, options, [404]);
    if (answer.status === 404) return undefined;
    const name = answer.headers[writeHeader];
    return typeof name === 'string' ? name : '';
  }

  /** Asked once; an answer that says neither is asked for again. */
  async #areKept(options: CallOptions): Promise<boolean> {
    this.#isKept ??= this.#probe(options);
    try {
      return await this.#isKept;
    } catch (error) {
      this.#isKept = undefined;
      throw error;
    }
  }

  /** Writes an object of its own under the condition: one call where it is there already, two the first time. */
  async #probe(options: CallOptions): Promise<boolean> {
    const isRefused = (await this.#tryProbe(options)) || (await this.#tryProbe(options));
    if (isRefused !== true) this.#onMissing();
    return isRefused === true;
  }

  /** Whether the condition was heeded; `false` may also be the first write of all. */
  async #tryProbe(options: CallOptions): Promise<boolean> {
    const key = `${this.#s3.bucket.prefix}conditional-write`;
    const request = { method: 'PUT', key, headers: { 'if-none-match': '*' }, body: 'hotlayer' } as const;
    try {
      return (await callS3(this.#s3, 'create', request, options, [412])).status === 412;
    } catch (error) {
      const isUnknown =
        error instanceof S3RefusedError &&
        (error.answer.status === 501 || /^(?:NotImplemented|InvalidArgument)$/.test(error.code ?? ''));
      if (isUnknown) return false;
      throw error;
    }
  }
}
