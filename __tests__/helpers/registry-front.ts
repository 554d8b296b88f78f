import http from 'node:http';

/** What becomes of a request that would write. */
export type Fault =
  | 'none'
  /** The connection breaks. */
  | 'reset'
  | { readonly status: number; readonly code: string };

/** An HTTP proxy before a registry on loopback, which lets nothing be written while it has a fault. */
export class RegistryFront {
  fault: Fault = 'none';
  /** The request lines that it got, in order; a client that takes it for its proxy asks for whole URLs. */
  readonly requests: string[] = [];
  /** Writes that it did not let through. */
  refused = 0;
  readonly host: string;
  readonly #server: http.Server;

  private constructor(server: http.Server, host: string) {
    this.#server = server;
    this.host = host;
  }

  static async start(registryHost: string): Promise<RegistryFront> {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const front = new RegistryFront(server, `127.0.0.1:${address.port}`);
    server.on('request', (request, response) => front.#handle(registryHost, request, response));
    return front;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #handle(registryHost: string, request: http.IncomingMessage, response: http.ServerResponse): void {
    const { fault } = this;
    this.requests.push(`${request.method} ${request.url}`);
    const { pathname, search } = new URL(request.url ?? '/', `http://${registryHost}`);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead || fault === 'none') {
      const options = { method: request.method, headers: request.headers, agent: false } as const;
      const upstream = http.request(`http://${registryHost}${pathname}${search}`, options, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      upstream.on('error', () => response.destroy());
      request.pipe(upstream);
      return;
    }
    this.refused++;
    if (fault === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    response.writeHead(fault.status, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ errors: [{ code: fault.code, message: `the registry says ${fault.code}` }] }),
    );
  }
}
