import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { parseJson, readBoolean, readField, readString } from '../../src/json.ts';
import { buildkitDirectory } from './runner.ts';

const run = promisify(execFile);

export interface SolveResult {
  readonly exitCode: number;
  readonly log: string;
  /** Steps whose result came from the cache. */
  readonly cachedSteps: number;
}

/** A bare buildkitd with a root of its own, for tests that need no action around it. */
export class Buildkitd {
  readonly #directory: string;
  readonly #process: ChildProcess;
  #log = '';

  private constructor(directory: string, child: ChildProcess) {
    this.#directory = directory;
    this.#process = child;
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#log += chunk.toString();
    });
  }

  /** Resolves when it answers. @param more words for its command line */
  static async start(more: readonly string[] = []): Promise<Buildkitd> {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-buildkitd-'));
    const args = ['--root', path.join(directory, 'root'), '--addr', `unix://${path.join(directory, 'sock')}`];
    const options = [
      '--oci-worker-net=host',
      '--oci-worker-gc=false',
      '--oci-worker-binary=runc',
      '--containerd-worker=false',
    ];
    const child = spawn(path.join(buildkitDirectory(), 'buildkitd'), [...args, ...options, ...more], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const daemon = new Buildkitd(directory, child);
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if (child.exitCode !== null) break;
      const workers = await run(path.join(buildkitDirectory(), 'buildctl'), [
        ...daemon.#address,
        'debug',
        'workers',
      ]).catch(() => undefined);
      if (workers !== undefined) return daemon;
      await delay(50);
    }
    await daemon.stop();
    throw new Error(`buildkitd did not answer:\n${daemon.log}`);
  }

  get log(): string {
    return this.#log;
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Builds a context with a Dockerfile; `args` are further arguments of `buildctl build`. */
  async build(
    context: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<SolveResult> {
    const local = [
      '--frontend=dockerfile.v0',
      '--local',
      `context=${context}`,
      '--local',
      `dockerfile=${context}`,
      '--progress=rawjson',
    ];
    const child = spawn(
      path.join(buildkitDirectory(), 'buildctl'),
      [...this.#address, 'build', ...local, ...args],
      {
        env: { PATH: process.env['PATH'] ?? '', HOME: this.#directory, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        log += chunk.toString();
      });
    }
    await once(child, 'close');
    return { exitCode: child.exitCode ?? 1, log, cachedSteps: countCachedSteps(log) };
  }

  /** As a runner out of memory does. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    if (this.isRunning) {
      this.#process.kill('SIGTERM');
      await once(this.#process, 'exit');
    }
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** `unix:///…` of its socket. */
  get address(): string {
    return `unix://${path.join(this.#directory, 'sock')}`;
  }

  get #address(): readonly string[] {
    return ['--addr', this.address];
  }
}

/** The plain log leaves CACHED out where a lazy layer was pulled: only the trace tells. */
function countCachedSteps(trace: string): number {
  const vertexes = trace.split('\n').flatMap((line) => {
    const list = readField(parseJson(line), 'vertexes');
    return Array.isArray(list) ? list : [];
  });
  const cached = vertexes.filter((vertex: unknown) => readBoolean(vertex, 'cached') === true);
  return new Set(cached.map((vertex: unknown) => readString(vertex, 'digest'))).size;
}
