import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { ToolError, toMessage } from '../errors.ts';
import { type CacheHandler, type CacheRequest, type CacheResponse, ConnectionBreak } from './message.ts';

interface ListenOptions {
  /** 0: any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Hears of what a handler threw, other than a wanted ConnectionBreak. */
  readonly onError?: (error: unknown) => void;
}

export interface Listener {
  /** `http://127.0.0.1:PORT`, without a slash. */
  readonly url: string;
  /** Stops listening and cuts all connections. */
  close(): Promise<void>;
}

/** They come in floods, and a log is on a disk. */
const toldFaults = 20;

/** Serves a handler over HTTP on the loopback interface. Bodies stream both ways. Throws ToolError `listen`. */
export async function listen(handler: CacheHandler, options: ListenOptions = {}): Promise<Listener> {
  const { port = 0, host = '127.0.0.1', onError } = options;
  // No limit on how long a request may take: a slow upload of gigabytes is a good one. The size of buffers is a
  // choice of memory: four times as much costs 50 MiB with sixteen uploads and gains nothing.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 65_000, highWaterMark: 64 * 1024 });
  server.on('request', (request, response) => void serve(handler, request, response, request, onError));
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    void serve(
      handler,
      request,
      response,
      Readable.from(readAfterContinue(request, response), { objectMode: false }),
      onError,
    );
  });
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error) => {
      reject(
        new ToolError('listen', `cannot listen on ${host}:${port}: ${toMessage(error)}`, { cause: error }),
      );
    };
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.removeListener('error', refuse);
      resolve();
    });
  });
  // A connection that cannot be taken (no file descriptor is free) is not the last one.
  let faults = 0;
  server.on('error', (error) => {
    faults += 1;
    if (faults <= toldFaults) onError?.(error);
  });
  const address = server.address();
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${isAddressInfo(address) ? address.port : port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A client that waits for leave to send (`Expect: 100-continue`) gets it when the handler wants the body, not before. */
async function* readAfterContinue(
  request: IncomingMessage,
  response: ServerResponse,
): AsyncGenerator<unknown> {
  response.writeContinue();
  yield* request;
}

async function serve(
  handler: CacheHandler,
  message: IncomingMessage,
  response: ServerResponse,
  body: Readable,
  onError: ListenOptions['onError'],
): Promise<void> {
  // Whoever reads the body hears of its end; a client that hangs up when nobody does must not end this process.
  body.on('error', () => undefined);
  // Kept, as a message lets go of its socket when it is destroyed.
  const { socket } = message;
  try {
    const request = toRequest(message, body);
    if (request === undefined) {
      response.writeHead(400, { 'Content-Length': '0' }).end();
      return;
    }
    await send(response, await handler(request));
    // What the handler left unread must go, or the next request on this connection would wait behind it.
    message.unpipe();
    message.resume();
  } catch (error) {
    if (!(error instanceof ConnectionBreak)) onError?.(error);
    if (error instanceof ConnectionBreak && error.manner === 'close') socket.destroySoon();
    else socket.resetAndDestroy();
  }
}

/** Resolves when the answer is out. Rejects when its body fails, with the connection left as it is, or the client hung up. */
function send(response: ServerResponse, answer: CacheResponse): Promise<void> {
  const { status, headers, body } = answer;
  return new Promise((resolve, reject) => {
    response.once('close', () => {
      if (body instanceof Readable) body.destroy();
      if (response.writableFinished) resolve();
      else reject(new ConnectionBreak('the client hung up'));
    });
    response.writeHead(status, headers);
    if (!(body instanceof Readable)) {
      response.end(body);
      return;
    }
    // Not stream.pipeline: it would destroy the response first, and with it the choice how to cut the connection.
    body.once('error', reject);
    body.pipe(response);
  });
}

function toRequest(message: IncomingMessage, body: Readable): CacheRequest | undefined {
  const target = message.url ?? '/';
  const origin = `http://${message.headers.host ?? 'localhost'}`;
  const href = target.startsWith('/') ? `${origin}${target}` : target;
  if (!URL.canParse(href)) return undefined;
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { method: message.method ?? 'GET', url: new URL(href), headers, body, connection: message.socket };
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
