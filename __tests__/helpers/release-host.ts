import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { toReleasePlatform } from '../../src/buildkit/install/version.ts';

const run = promisify(execFile);

export const releaseVersion = 'v0.33.1';
const archiveName = `buildkit-${releaseVersion}.${toReleasePlatform(process.arch)}.tar.gz`;

export interface HostAnswer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection breaks after so many bytes. */
  readonly breakAfter?: number;
}

/** Stands for GitHub's API and its download host on loopback, with a release of tiny shell scripts. */
export class ReleaseHost {
  readonly directory: string;
  readonly origin: string;
  readonly answers = new Map<string, HostAnswer>();
  /** What a request with a token gets, whatever it asks for. */
  answerToToken: HostAnswer | undefined;
  readonly requests: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
  readonly apiPath = `/api/repos/moby/buildkit/releases/tags/${releaseVersion}`;
  readonly downloadPath = `/download/${releaseVersion}/${archiveName}`;
  readonly #server: Server;

  private constructor(directory: string, server: Server, origin: string) {
    this.directory = directory;
    this.origin = origin;
    this.#server = server;
    server.on('request', (request, response) => {
      const url = request.url ?? '';
      this.requests.push({ url, headers: request.headers });
      const toToken = request.headers.authorization === undefined ? undefined : this.answerToToken;
      const answer = toToken ?? this.answers.get(url) ?? { status: 404, body: '{"message":"Not Found"}' };
      if (answer.breakAfter === undefined) {
        response.writeHead(answer.status, answer.headers).end(answer.body);
        return;
      }
      response.writeHead(answer.status, { 'Content-Length': answer.body.length });
      response.write(answer.body.slice(0, answer.breakAfter), () => response.destroy());
    });
  }

  static async start(directory: string): Promise<ReleaseHost> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return new ReleaseHost(directory, server, `http://127.0.0.1:${address.port}`);
  }

  get hosts(): { readonly apiUrl: string; readonly downloadUrl: string } {
    return { apiUrl: `${this.origin}/api`, downloadUrl: `${this.origin}/download` };
  }

  /** Publishes the release; answers the checksum of its archive. `digest`: undefined is the right one, null is none. */
  async publish({ runc = true, digest }: { runc?: boolean; digest?: string | null } = {}): Promise<string> {
    const folder = await mkdtemp(path.join(this.directory, 'release-'));
    await writePrograms(folder, { runc });
    const file = path.join(folder, archiveName);
    await run('tar', ['-czf', file, '-C', folder, 'bin']);
    const body = await readFile(file);
    const sum = createHash('sha256').update(body).digest('hex');
    const asset = {
      name: archiveName,
      browser_download_url: `${this.origin}${this.downloadPath}`,
      ...(digest === null ? {} : { digest: digest ?? `sha256:${sum}` }),
    };
    this.answers.set(this.apiPath, {
      status: 200,
      body: JSON.stringify({ tag_name: releaseVersion, assets: [{ name: 'other.tar.gz' }, asset] }),
    });
    this.answers.set(this.downloadPath, { status: 200, body });
    return sum;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}

export interface ProgramOptions {
  readonly found?: string;
  readonly runc?: boolean;
  readonly daemon?: string;
}

/** Programs that say of themselves what BuildKit's say, in `bin/` of the folder; answers that directory. */
export async function writePrograms(
  folder: string,
  { found = releaseVersion, runc = true, daemon = 'buildkitd' }: ProgramOptions = {},
): Promise<string> {
  const bin = path.join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  const write = async (name: string, text: string): Promise<void> => {
    await writeFile(path.join(bin, name), `#!/bin/sh\n${text}\n`);
    await chmod(path.join(bin, name), 0o755);
  };
  await write('buildkitd', `echo "${daemon} github.com/moby/buildkit ${found} 1234"`);
  await write('buildctl', `echo "buildctl github.com/moby/buildkit ${found} 1234"`);
  await write('buildkit-qemu-aarch64', 'exit 0');
  if (runc) await write('buildkit-runc', 'exit 0');
  return bin;
}
