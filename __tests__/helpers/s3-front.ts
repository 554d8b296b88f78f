import http from 'node:http';

/** What becomes of a request. */
export type S3Fault =
  /** An answer of the front, in S3's words; nothing reaches the server. */
  | { readonly kind: 'status'; readonly status: number; readonly code: string }
  /** The server has done it, and nobody hears of it. */
  | { readonly kind: 'lost-answer' }
  /** The connection breaks after so many bytes of the request or of the answer. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** The condition of a write is taken out: so do stores that have none. */
  | { readonly kind: 'no-condition' };

interface Rule {
  readonly method?: string;
  /** Of path and query. */
  readonly url?: RegExp;
  readonly fault: S3Fault;
  /** Let so many pass first. */
  readonly skip?: number;
  /** At most so many; no end by default. */
  count?: number;
  /** Of those that match, 0 to 1; all by default. */
  readonly chance?: number;
}

/**
 * An HTTP proxy before an S3 server on loopback, with faults. It keeps the Host header, which is signed. Conditional writes
 * go through one by one: versitygw looks first and writes later, where AWS does both at once.
 */
export class S3Front {
  rules: Rule[] = [];
  /** For chances. */
  random: () => number = Math.random;
  /** `METHOD /path?query` of each request, without signatures. */
  readonly seen: string[] = [];
  readonly url: string;
  readonly #server: http.Server;
  #conditional: Promise<void> = Promise.resolve();
  readonly #agent = new http.Agent({ keepAlive: true });

  private constructor(server: http.Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async start(serverUrl: string): Promise<S3Front> {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const front = new S3Front(server, `http://127.0.0.1:${address.port}`);
    server.on('request', (request, response) => front.#handle(serverUrl, request, response));
    return front;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    this.#agent.destroy();
    await closed;
  }

  #decide(method: string, url: string): S3Fault | undefined {
    for (const [index, rule] of this.rules.entries()) {
      if (rule.method !== undefined && rule.method !== method) continue;
      if (rule.url !== undefined && !rule.url.test(url)) continue;
      if (rule.count === 0 || this.random() >= (rule.chance ?? 1)) continue;
      if ((rule.skip ?? 0) > 0) {
        this.rules[index] = { ...rule, skip: (rule.skip ?? 0) - 1 };
        continue;
      }
      if (rule.count !== undefined) rule.count -= 1;
      return rule.fault;
    }
    return undefined;
  }

  #handle(serverUrl: string, request: http.IncomingMessage, response: http.ServerResponse): void {
    if (request.headers['if-none-match'] === undefined) {
      this.#pass(serverUrl, request, response);
      return;
    }
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    this.#conditional = this.#conditional.then(() => {
      this.#pass(serverUrl, request, response);
      return closed;
    });
  }

  #pass(serverUrl: string, request: http.IncomingMessage, response: http.ServerResponse): void {
    const { method = 'GET', url = '/' } = request;
    this.seen.push(`${method} ${url.replace(/[?&]X-Amz-[^&]*/g, '')}`);
    const fault = this.#decide(method, url);
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    if (fault?.kind === 'status') {
      request.resume();
      response.writeHead(fault.status, { 'content-type': 'application/xml' });
      response.end(
        `<Error><Code>${fault.code}</Code><Message>the front says ${fault.code}</Message></Error>`,
      );
      return;
    }
    const { 'if-none-match': _condition, ...unconditional } = request.headers;
    const headers = fault?.kind === 'no-condition' ? unconditional : request.headers;
    const upstream = http.request(`${serverUrl}${url}`, { method, headers, agent: this.#agent }, (answer) => {
      if (fault?.kind === 'lost-answer') {
        answer.resume();
        answer.once('end', () => request.socket.resetAndDestroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      if (fault?.kind === 'cut' && method === 'GET') {
        cut(answer, response, fault.afterBytes, () => request.socket.resetAndDestroy());
        return;
      }
      answer.pipe(response);
    });
    upstream.on('error', () => request.socket.destroy());
    if (fault?.kind === 'cut' && method !== 'GET') {
      cut(request, upstream, fault.afterBytes, () => {
        upstream.destroy();
        request.socket.resetAndDestroy();
      });
      return;
    }
    request.pipe(upstream);
  }
}

function cut(
  source: http.IncomingMessage,
  target: NodeJS.WritableStream,
  afterBytes: number,
  breakOff: () => void,
): void {
  let left = afterBytes;
  source.on('data', (chunk: Buffer) => {
    if (left <= 0) return;
    target.write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) setImmediate(breakOff);
  });
  source.once('end', () => {
    if (left > 0) target.end();
  });
}
