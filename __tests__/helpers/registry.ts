import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const manifestTypes = 'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json';

/** What a registry with `login` asks for. */
export const registryUser = { username: 'hunter', password: 'hunter2' };
/** Their line of an htpasswd file, with the fewest rounds that bcrypt has. */
const htpasswd = 'hunter:$2b$05$abcdefghijklmnopqrstuuoXuKqgZXLiJqzfmMXDDhSFPIvxV7t8.\n';

/** A real registry (Debian's docker-registry) on loopback. */
export class Registry {
  readonly host: string;
  /** With `tls`: who vouches for the registry, a file that no system trusts. */
  readonly authority: string;
  readonly #isTls: boolean;
  readonly #directory: string;
  readonly #child: ChildProcess;

  private constructor(host: string, isTls: boolean, directory: string, child: ChildProcess) {
    this.host = host;
    this.authority = path.join(directory, 'cert.pem');
    this.#isTls = isTls;
    this.#directory = directory;
    this.#child = child;
  }

  static async start({ login = false, tls = false } = {}): Promise<Registry> {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-registry-'));
    const host = `127.0.0.1:${await findFreePort()}`;
    const config = path.join(directory, 'config.yml');
    const passwords = path.join(directory, 'htpasswd');
    await writeFile(passwords, htpasswd);
    const auth = login ? `auth: {htpasswd: {realm: test, path: "${passwords}"}}\n` : '';
    if (tls) await writeCertificate(directory);
    const certificate = tls
      ? `, tls: {certificate: "${directory}/cert.pem", key: "${directory}/key.pem"}`
      : '';
    await writeFile(
      config,
      `${auth}version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: ${directory}/data}}\nhttp: {addr: "${host}"${certificate}}\n`,
    );
    const child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
    const registry = new Registry(host, tls, directory, child);
    while (!(await registry.#answers())) {
      if (child.exitCode !== null) throw new Error(`docker-registry ended with ${child.exitCode}`);
      await delay(20);
    }
    return registry;
  }

  /** Digest of a tag's manifest; undefined when the registry does not have it. */
  async findDigest(repository: string, tag: string): Promise<string | undefined> {
    const { statusCode, headers } = await this.#ask('HEAD', `/v2/${repository}/manifests/${tag}`);
    const digest = headers['docker-content-digest'];
    return statusCode === 200 && typeof digest === 'string' ? digest : undefined;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.kill('SIGKILL');
    await ended;
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    try {
      const { statusCode } = await this.#ask('GET', '/v2/');
      return statusCode === 200 || statusCode === 401;
    } catch {
      // Not listening yet.
      return false;
    }
  }

  async #ask(method: string, address: string): Promise<IncomingMessage> {
    const options = { method, headers: { accept: manifestTypes }, agent: false } as const;
    const url = `${this.#isTls ? 'https' : 'http'}://${this.host}${address}`;
    const request = this.#isTls
      ? requestTls(url, { ...options, rejectUnauthorized: false })
      : requestPlain(url, options);
    const answered = once(request.end(), 'response');
    const [response] = await answered;
    response.resume();
    return response;
  }
}

async function writeCertificate(directory: string): Promise<void> {
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'],
    ...['-keyout', path.join(directory, 'key.pem'), '-out', path.join(directory, 'cert.pem')],
    ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'],
  ]);
}

export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
