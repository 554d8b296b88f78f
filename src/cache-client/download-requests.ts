import { renderRange } from '../cache-protocol/range.ts';
import { isRetryableStatus } from './retry.ts';
import { chooseAnswerMs, describeAnswer, RefusedError, type Session, toRetryable } from './session.ts';
import { type HttpResponse, readBodyText } from './transport.ts';

export interface DownloadSource {
  readonly url: string;
  /** A fresh URL of the same entry in place of one that is refused; undefined when the entry is gone. */
  readonly renew: (refusedUrl: string) => Promise<string | undefined>;
}

export class MissingError extends Error {}
export class NoRangesError extends Error {}

/** How often in a row a fresh URL may be refused before the entry counts as gone. */
const maxRenewals = 3;

/** The requests of one download. They share its URL, which lives for ten minutes. */
export class DownloadRequests {
  readonly #session: Session;
  readonly #source: DownloadSource;
  readonly #signal: AbortSignal;
  #url: string;
  #renewal: Promise<void> | undefined;
  #renewals = 0;
  #needsRanges = false;

  constructor(session: Session, source: DownloadSource, signal: AbortSignal) {
    this.#session = session;
    this.#source = source;
    this.#signal = signal;
    this.#url = source.url;
  }

  get url(): string {
    return this.#url;
  }

  /** From now on an answer with the whole entry is a NoRangesError. */
  demandRanges(): void {
    this.#needsRanges = true;
  }

  /** Bytes have come: the URL is a good one. */
  noteBytes(): void {
    this.#renewals = 0;
  }

  /** A response that carries bytes `start` to `end`, or all of them; not to be tried again by itself. */
  async open(start: number, end?: number): Promise<HttpResponse> {
    for (;;) {
      const url = this.#url;
      this.#session.observer.onCall('download');
      const headers = { range: renderRange(start, end), 'accept-encoding': 'identity' };
      const answerMs = chooseAnswerMs(this.#session, 'download', url);
      const response = await this.#session.transport.send({
        method: 'GET',
        url,
        headers,
        answerMs,
        signal: this.#signal,
      });
      const { status } = response;
      if (status === 200 && this.#needsRanges) {
        response.body.destroy();
        throw new NoRangesError();
      }
      if (status === 200 || status === 206) return response;
      const text = await readBodyText(response, { timeoutMs: answerMs });
      this.#session.health.heard(url);
      if (isRetryableStatus(status)) throw toRetryable(response, text, this.#session.clock.now());
      const message = describeAnswer({ status, text });
      if (status === 404 || status === 410 || status === 416) throw new MissingError(message);
      if (status !== 401 && status !== 403) throw new RefusedError(status, message);
      await this.#renew(url, message);
    }
  }

  /** Download URLs live for ten minutes; all parts wait for one fresh one. */
  async #renew(refusedUrl: string, message: string): Promise<void> {
    if (this.#url !== refusedUrl) return;
    this.#renewal ??= (async () => {
      this.#renewals += 1;
      if (this.#renewals > maxRenewals) throw new MissingError(message);
      const url = await this.#source.renew(refusedUrl);
      if (url === undefined) throw new MissingError(message);
      this.#url = url;
    })().finally(() => {
      this.#renewal = undefined;
    });
    await this.#renewal;
  }
}
