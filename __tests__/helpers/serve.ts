import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { isRecord, type JsonRecord, parseJson, readString } from '../../src/json.ts';
import { root } from './runner.ts';

export const cliPath = path.join(root, 'dist', 'cli', 'index.js');

/** `hotlayer serve` as a process of its own, from the bundle. */
export class ServeProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess, lines: AsyncIterator<string>, url: string) {
    this.#child = child;
    this.#lines = lines;
    this.url = url;
  }

  static async start(args: readonly string[]): Promise<ServeProcess> {
    const child = spawn(process.execPath, [cliPath, 'serve', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await lines.next();
    const url = first.done === true ? undefined : readString(parseJson(first.value), 'url');
    if (url === undefined) throw new Error(`hotlayer serve did not start: ${errors}`);
    return new ServeProcess(child, lines, url);
  }

  /** Peak resident memory in bytes. */
  async readPeakMemory(): Promise<number> {
    const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  }

  /** Ends it as a user would; the statistics that it prints. */
  async stop(
    signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM',
  ): Promise<{ readonly exitCode: number | null; readonly statistics: JsonRecord }> {
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    const last = await this.#lines.next();
    await exited;
    const statistics = last.done === true ? undefined : parseJson(last.value);
    return { exitCode: this.#child.exitCode, statistics: isRecord(statistics) ? statistics : {} };
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}
