import type { Readable } from 'node:stream';

/** A request as the handlers see it; the body is a stream that need not be read. */
export interface CacheRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Readable;
  /** The same object for all requests of one connection, for limits per connection. */
  readonly connection: object;
}

export interface CacheResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** undefined: an empty body. */
  readonly body: Buffer | Readable | undefined;
}

export type CacheHandler = (request: CacheRequest) => Promise<CacheResponse>;

/** Thrown instead of an answer, or by a body in the middle of one: the connection is cut. */
export class ConnectionBreak extends Error {
  /** `reset`: at once (RST). `close`: what was written is sent, then the end (FIN). */
  readonly manner: 'reset' | 'close';

  constructor(message: string, manner: 'reset' | 'close' = 'reset', options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConnectionBreak';
    this.manner = manner;
  }
}
