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
export const buildxVersion = 'v0.37.2';
const platform = toReleasePlatform(process.arch);
const archiveName = `buildkit-${releaseVersion}.${platform}.tar.gz`;
export const buildxName = `buildx-${buildxVersion}.${platform}`;

export interface HostAnswer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection breaks after so many bytes. */
  readonly breakAfter?: number;
  /** No answer before that. */
  readonly after?: Promise<unknown>;
}

/** Where GitHub has a release: in its API, and a file of it. */
function toPlaces(repository: string, version: string, name: string) {
  return {
    api: `/api/repos/${repository}/releases/tags/${version}`,
    download: `/download/${repository}/releases/download/${version}/${name}`,
  };
}

const buildkitPlaces = toPlaces('moby/buildkit', releaseVersion, archiveName);
export const buildxPlaces = toPlaces('docker/buildx', buildxVersion, buildxName);

/** Stands for GitHub's API and its download host on loopback, with releases of tiny shell scripts. */
export class ReleaseHost {
  readonly directory: string;
  readonly origin: string;
  readonly answers = new Map<string, HostAnswer>();
  /** What a request with a token gets, whatever it asks for. */
  answerToToken: HostAnswer | undefined;
  readonly requests: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
  readonly apiPath = buildkitPlaces.api;
  readonly downloadPath = buildkitPlaces.download;
  readonly #server: Server;

  private constructor(directory: string, server: Server, origin: string) {
    this.directory = directory;
    this.origin = origin;
    this.#server = server;
    server.on('request', async (request, response) => {
      const url = request.url ?? '';
      this.requests.push({ url, headers: request.headers });
      const toToken = request.headers.authorization === undefined ? undefined : this.answerToToken;
      const answer = toToken ?? this.answers.get(url) ?? { status: 404, body: '{"message":"Not Found"}' };
      await answer.after;
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
  async publish({ digest, ...programs }: ProgramOptions & { digest?: string | null } = {}): Promise<string> {
    const folder = await mkdtemp(path.join(this.directory, 'release-'));
    await writePrograms(folder, programs);
    const file = path.join(folder, archiveName);
    await run('tar', ['-czf', file, '-C', folder, 'bin']);
    const body = await readFile(file);
    return this.#publish(buildkitPlaces, archiveName, releaseVersion, body, digest);
  }

  /** Publishes buildx with its list of checksums; answers its own. `digest` as with `publish`. */
  async publishBuildx({ digest, found }: { digest?: string | null; found?: string } = {}): Promise<string> {
    const folder = await mkdtemp(path.join(this.directory, 'release-'));
    const body = await readFile(await writeBuildx(folder, 'buildx', found));
    const sum = this.#publish(buildxPlaces, buildxName, buildxVersion, body, digest);
    this.answers.set(toPlaces('docker/buildx', buildxVersion, 'checksums.txt').download, {
      status: 200,
      body: `${'0'.repeat(64)} *buildx-${buildxVersion}.other\n${sum} *${buildxName}\n`,
    });
    return sum;
  }

  #publish(
    places: ReturnType<typeof toPlaces>,
    name: string,
    version: string,
    body: Buffer,
    digest: string | null | undefined,
  ): string {
    const sum = createHash('sha256').update(body).digest('hex');
    const asset = {
      name,
      browser_download_url: `${this.origin}${places.download}`,
      ...(digest === null ? {} : { digest: digest ?? `sha256:${sum}` }),
    };
    this.answers.set(places.api, {
      status: 200,
      body: JSON.stringify({ tag_name: version, assets: [{ name: 'other.tar.gz' }, asset] }),
    });
    this.answers.set(places.download, { status: 200, body });
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
  /** A line of shell that buildkitd runs first. */
  readonly first?: string;
}

/** Programs that say of themselves what BuildKit's say, in `bin/` of the folder; answers that directory. */
export async function writePrograms(
  folder: string,
  { found = releaseVersion, runc = true, daemon = 'buildkitd', first = '' }: ProgramOptions = {},
): Promise<string> {
  const bin = path.join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  const write = async (name: string, text: string): Promise<void> => {
    await writeFile(path.join(bin, name), `#!/bin/sh\n${text}\n`);
    await chmod(path.join(bin, name), 0o755);
  };
  await write('buildkitd', `${first}\necho "${daemon} github.com/moby/buildkit ${found} 1234"`);
  await write('buildctl', `echo "buildctl github.com/moby/buildkit ${found} 1234"`);
  await write('buildkit-qemu-aarch64', 'exit 0');
  if (runc) await write('buildkit-runc', 'exit 0');
  return bin;
}

/** A program that says of itself what buildx says; answers its file. */
export async function writeBuildx(folder: string, name = 'buildx', found = buildxVersion): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `#!/bin/sh\n[ "$1" = version ] && echo "github.com/docker/buildx ${found} 1234"\n`);
  await chmod(file, 0o755);
  return file;
}
