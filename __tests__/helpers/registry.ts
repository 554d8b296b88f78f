import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const manifestTypes = 'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json';

/** What a registry with `login` asks for. */
export const registryUser = { username: 'hunter', password: 'hunter2' };
/** Their line of an htpasswd file, with the fewest rounds that bcrypt has. */
const htpasswd = 'hunter:$2b$05$abcdefghijklmnopqrstuuoXuKqgZXLiJqzfmMXDDhSFPIvxV7t8.\n';

/** A real registry (Debian's docker-registry) on loopback. */
export class Registry {
  readonly host: string;
  readonly #directory: string;
  readonly #child: ChildProcess;

  private constructor(host: string, directory: string, child: ChildProcess) {
    this.host = host;
    this.#directory = directory;
    this.#child = child;
  }

  static async start({ login = false } = {}): Promise<Registry> {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-registry-'));
    const host = `127.0.0.1:${await findFreePort()}`;
    const config = path.join(directory, 'config.yml');
    const passwords = path.join(directory, 'htpasswd');
    await writeFile(passwords, htpasswd);
    const auth = login ? `auth: {htpasswd: {realm: test, path: "${passwords}"}}\n` : '';
    await writeFile(
      config,
      `${auth}version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: ${directory}/data}}\nhttp: {addr: "${host}"}\n`,
    );
    const child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
    const registry = new Registry(host, directory, child);
    while (!(await registry.#answers())) {
      if (child.exitCode !== null) throw new Error(`docker-registry ended with ${child.exitCode}`);
      await delay(20);
    }
    return registry;
  }

  /** Digest of a tag's manifest; undefined when the registry does not have it. */
  async findDigest(repository: string, tag: string): Promise<string | undefined> {
    const response = await fetch(`http://${this.host}/v2/${repository}/manifests/${tag}`, {
      method: 'HEAD',
      headers: { accept: manifestTypes },
    });
    return response.ok ? (response.headers.get('docker-content-digest') ?? undefined) : undefined;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.kill('SIGKILL');
    await ended;
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    try {
      const { status } = await fetch(`http://${this.host}/v2/`);
      return status === 200 || status === 401;
    } catch {
      // Not listening yet.
      return false;
    }
  }
}

export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
