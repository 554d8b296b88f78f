import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { toMessage } from '../errors.ts';
import { SilenceError, toAbsence } from './absence.ts';
import { chooseProxy, openProxyAgent, type ProxySettings } from './proxy.ts';
import { RetryableError } from './retry.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A text is sent with its length; a stream with `contentLength`, or chunked without it. */
  readonly body?: string | Readable;
  readonly contentLength?: number;
  /** How long it may take from the end of the request to the answer; without a stream to send, connecting counts too. */
  readonly answerMs?: number;
  readonly signal: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** Must be read or destroyed. */
  readonly body: http.IncomingMessage;
}

/** Sends single HTTP requests, without retries. Throws RetryableError when there is no answer. */
export interface Transport {
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Drops idle connections. */
  close(): void;
}

/** A connection that moves no byte for that long is broken. */
const idleTimeoutMs = 60_000;
/** Look-up of the name, TCP and TLS. */
const connectTimeoutMs = 7000;
/** Load balancers drop what is idle for a few minutes, and often say nothing: such a connection is not used again. */
const keptIdleMs = 30_000;

/**
 * Kept-alive connections over node:http, which streams with a known Content-Length on every Node that we run on.
 * The number of sockets is a bound for all calls of a process to one host.
 */
export function openTransport(proxies: ProxySettings, userAgent: string, maxSockets = 64): Transport {
  const options = { keepAlive: true, maxSockets, timeout: keptIdleMs };
  const agents = new Map<string, http.Agent>();
  const chooseAgent = (url: URL): http.Agent => {
    const proxy = chooseProxy(url, proxies);
    const name = `${url.protocol}${proxy?.href ?? ''}`;
    const existing = agents.get(name);
    if (existing) return existing;
    const secure = url.protocol === 'https:';
    const direct = () => (secure ? new https.Agent(options) : new http.Agent(options));
    const agent = proxy ? openProxyAgent(proxy, secure, options) : direct();
    agents.set(name, agent);
    return agent;
  };
  return {
    send: (request) => send(request, userAgent, chooseAgent),
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

function send(
  request: HttpRequest,
  userAgent: string,
  chooseAgent: (url: URL) => http.Agent,
): Promise<HttpResponse> {
  const { body, contentLength, answerMs = idleTimeoutMs } = request;
  return new Promise((resolve, reject) => {
    const url = new URL(request.url);
    const length = typeof body === 'string' ? Buffer.byteLength(body) : contentLength;
    const outgoing = (url.protocol === 'https:' ? https : http).request(url, {
      method: request.method,
      agent: chooseAgent(url),
      headers: {
        'user-agent': userAgent,
        ...request.headers,
        ...(length === undefined ? {} : { 'content-length': String(length) }),
      },
      ...(request.signal ? { signal: request.signal } : {}),
    });
    let bodyFault: Error | undefined;
    let timer: NodeJS.Timeout | undefined;
    /** In place of the one before; not by what the socket does, as an answer may drip. */
    const expect = (what: string, ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => outgoing.destroy(new SilenceError(`no ${what} in ${ms / 1000} s`)), ms);
    };
    outgoing.once('close', () => clearTimeout(timer));
    // Not before: a request may wait for its turn.
    outgoing.once('socket', (socket) => {
      if (typeof body !== 'object') return expect('answer', answerMs);
      if (!socket.connecting) return;
      expect('connection', connectTimeoutMs);
      socket.once('connect', () => clearTimeout(timer));
    });
    outgoing.once('finish', () => {
      if (typeof body === 'object') expect('answer', answerMs);
    });
    const fail = (error: unknown) => {
      clearTimeout(timer);
      if (typeof body === 'object') body.destroy();
      if (request.signal?.aborted) return reject(request.signal.reason);
      // What we are to send cannot be read: no other try will be better.
      if (bodyFault !== undefined) return reject(bodyFault);
      const what = `${request.method} ${url.host}`;
      const facts = { absence: toAbsence(error), isReused: outgoing.reusedSocket };
      reject(new RetryableError(`${what}: ${describe(error)}`, facts, { cause: error }));
    };
    outgoing.setTimeout(idleTimeoutMs, () => {
      outgoing.destroy(new SilenceError(`no byte for ${idleTimeoutMs / 1000} s`));
    });
    outgoing.on('error', fail);
    outgoing.once('response', (incoming) => {
      clearTimeout(timer);
      // An error after the headers belongs to whoever reads the body.
      incoming.on('error', () => undefined);
      // A refusal may come before the body was sent: the rest of it is of no use, and the connection neither.
      incoming.once('close', () => {
        if (outgoing.writableFinished) return;
        if (typeof body === 'object') body.destroy();
        outgoing.destroy();
      });
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: incoming });
    });
    if (typeof body === 'object') {
      body.once('error', (error) => {
        bodyFault = error;
        outgoing.destroy(error);
      });
      body.pipe(outgoing);
    } else {
      outgoing.end(body);
    }
  });
}

/** Node says nothing at all where all addresses of a host failed. */
function describe(error: unknown): string {
  const [first]: unknown[] = error instanceof AggregateError ? error.errors : [];
  return toMessage(first ?? error);
}

/** The start of a body as text, without a byte order mark, and the connection set free. */
export async function readBodyText(
  response: HttpResponse,
  { maxBytes = 64 * 1024, timeoutMs = idleTimeoutMs } = {},
): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  const timer = setTimeout(
    () => response.body.destroy(new SilenceError(`not all of the answer in ${timeoutMs / 1000} s`)),
    timeoutMs,
  );
  try {
    for await (const chunk of response.body) {
      chunks.push(Buffer.from(chunk));
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) break;
    }
  } catch (error) {
    const facts = { status: response.status, absence: toAbsence(error) };
    throw new RetryableError(`answer broken off: ${toMessage(error)}`, facts, { cause: error });
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}
