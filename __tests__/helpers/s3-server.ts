import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from './registry.ts';

/** The only user of the server. */
export const s3User = { accessKeyId: 'HOTLAYERTESTKEY', secretAccessKey: 'hotlayer-test-s3-secret' };
export const s3Region = 'us-east-1';

/** A real S3 server (versitygw) with one bucket on a temporary directory, on loopback. */
export class S3Server {
  readonly url: string;
  readonly bucket = 'caches';
  readonly #directory: string;
  readonly #port: number;
  #child: ChildProcess;

  private constructor(directory: string, port: number, child: ChildProcess) {
    this.url = `http://127.0.0.1:${port}`;
    this.#directory = directory;
    this.#port = port;
    this.#child = child;
  }

  static async start(): Promise<S3Server> {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-s3-'));
    await mkdir(path.join(directory, 'data', 'caches'), { recursive: true });
    await mkdir(path.join(directory, 'sidecar'));
    const port = await findFreePort();
    const server = new S3Server(directory, port, run(directory, port));
    await server.#whenUp();
    return server;
  }

  async #whenUp(): Promise<void> {
    while (!(await answers(this.url))) {
      if (this.#child.exitCode !== null) throw new Error(`versitygw ended with ${this.#child.exitCode}`);
      await delay(20);
    }
  }

  /** The keys of all objects, sorted. */
  async listKeys(): Promise<readonly string[]> {
    const root = path.join(this.#directory, 'data', this.bucket);
    const found = await readdir(root, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
      .filter((key) => !key.startsWith('.sgwtmp'))
      .sort();
  }

  /** Of uploads in parts that nobody has finished or aborted. */
  async countOpenUploads(): Promise<number> {
    const root = path.join(this.#directory, 'data', this.bucket, '.sgwtmp', 'multipart');
    const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
    return found.filter((entry) => entry.isFile()).length;
  }

  /** Removes objects behind everybody's back. */
  async remove(text: string): Promise<number> {
    const keys = (await this.listKeys()).filter((key) => key.includes(text));
    for (const key of keys)
      for (const store of ['data', 'sidecar'])
        await rm(path.join(this.#directory, store, this.bucket, key), { recursive: true, force: true });
    return keys.length;
  }

  async stop(): Promise<void> {
    await this.halt();
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** It does not answer any more; what it holds stays. */
  async halt(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.kill('SIGKILL');
    if (this.#child.exitCode === null && this.#child.signalCode === null) await ended;
  }

  async resume(): Promise<void> {
    this.#child = run(this.#directory, this.#port);
    await this.#whenUp();
  }
}

function run(directory: string, port: number): ChildProcess {
  return spawn(
    'versitygw',
    [
      ...['--port', `127.0.0.1:${port}`, '--region', s3Region, '--quiet', '--keep-alive'],
      ...['posix', '--sidecar', path.join(directory, 'sidecar'), path.join(directory, 'data')],
    ],
    {
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        ROOT_ACCESS_KEY_ID: s3User.accessKeyId,
        ROOT_SECRET_ACCESS_KEY: s3User.secretAccessKey,
      },
    },
  );
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get(url, { agent: false }, (response) => {
      response.resume();
      resolve(true);
    });
    request.once('error', () => resolve(false));
  });
}
