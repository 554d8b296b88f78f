import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { commit, createOrigin, git } from './git-repository.ts';

/** A real Git server (git http-backend) on loopback, and what it was asked with. */
export class GitServer {
  /** The clone whose branches `push` puts on the server. */
  readonly clone: string;
  /** `host:port`, as it stands in URLs. */
  readonly host: string;
  /** The header of each request, in order; empty: there was none. */
  readonly authorizations: string[] = [];
  readonly #directory: string;
  readonly #server: Server;

  private constructor(directory: string, clone: string, server: Server) {
    this.#directory = directory;
    this.#server = server;
    this.clone = clone;
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.host = `127.0.0.1:${address.port}`;
  }

  /**
   * Serves the repository `o/r`, which is empty but for a first commit.
   *
   * @param token without which nobody may read it, given as GitHub takes it; undefined: everybody may
   */
  static async start(token?: string): Promise<GitServer> {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-git-'));
    const { origin, clone } = await createOrigin(directory);
    // GitHub answers for every commit, BuildKit asks for one.
    await git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const started = new GitServer(directory, clone, server);
    server.on('request', (request, response) => void started.#serve(request, response, token));
    return started;
  }

  /** URL of the repository. */
  get url(): string {
    return `http://${this.host}/o/r.git`;
  }

  /** Commits all that is in the clone, and puts it on a branch of the server; answers the commit. */
  async push(branch: string, message = branch): Promise<string> {
    const head = await commit(this.clone, message);
    await git(this.clone, 'push', '-q', 'origin', `HEAD:refs/heads/${branch}`);
    return head;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #serve(request: IncomingMessage, response: ServerResponse, token: string | undefined): Promise<void> {
    const { authorization = '' } = request.headers;
    this.authorizations.push(authorization);
    const demanded = `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
    if (token !== undefined && authorization !== demanded) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const { pathname, search } = new URL(request.url ?? '/', `http://${this.host}`);
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env['PATH'],
        HOME: this.#directory,
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'safe.directory',
        GIT_CONFIG_VALUE_0: '*',
        GIT_PROJECT_ROOT: path.join(this.#directory, 'server'),
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        PATH_INFO: pathname,
        QUERY_STRING: search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        REMOTE_USER: 'git',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    request.pipe(backend.stdin);
    const answer = await buffer(backend.stdout);
    const end = answer.indexOf('\r\n\r\n');
    const headers = answer
      .toString('utf8', 0, end)
      .split('\r\n')
      .map((line) => line.split(': '));
    for (const [name = '', value = ''] of headers) {
      if (name === 'Status') response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.end(answer.subarray(end + 4));
  }
}
