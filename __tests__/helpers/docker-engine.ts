import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { parseJson, readField, readNumber, readString } from '../../src/json.ts';
import { parseMounts, selectMountsBelow } from '../../src/process/mounts.ts';

/** An image in an engine's store. */
export interface LoadedImage {
  readonly id: string;
  readonly tags: readonly string[];
  /** For example `linux/arm64`. */
  readonly platform: string;
  /** Digests of the unpacked layers. */
  readonly layers: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** By hand, another engine than the one on PATH. */
const program = process.env['HOTLAYER_TEST_DOCKERD'] ?? 'dockerd';

/** A real Docker engine (Debian's docker.io) with a socket and directories of its own, and without a network: it changes nothing of the machine's. */
export class DockerEngine {
  /** What DOCKER_HOST is to be. */
  readonly host: string;
  readonly #directory: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  private constructor(directory: string, child: ChildProcess) {
    this.host = `unix://${path.join(directory, 'docker.sock')}`;
    this.#directory = directory;
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once('close', resolve));
  }

  /** Resolves when it answers. @param features of its daemon.json; one that it does not know has no effect */
  static async start(features: Readonly<Record<string, boolean>> = {}): Promise<DockerEngine> {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-engine-'));
    const config = path.join(directory, 'daemon.json');
    await writeFile(config, JSON.stringify({ features }));
    const log = path.join(directory, 'log');
    const places = Object.entries({ 'data-root': 'data', 'exec-root': 'exec', pidfile: 'pid' }).map(
      ([flag, name]) => `--${flag}=${path.join(directory, name)}`,
    );
    const network = ['--bridge=none', '--iptables=false', '--ip6tables=false'];
    const child = spawn(
      'sh',
      [
        '-c',
        `exec ${program} "$@" > ${log} 2>&1`,
        'sh',
        `--config-file=${config}`,
        ...places,
        ...network,
        '-H',
      ].concat(`unix://${path.join(directory, 'docker.sock')}`),
      { stdio: 'ignore' },
    );
    const engine = new DockerEngine(directory, child);
    for (let tries = 0; tries < 1500; tries++) {
      if (child.exitCode !== null) break;
      const answer = await engine.#ask('GET', '/_ping').catch(() => undefined);
      if (answer?.status === 200) return engine;
      await delay(20);
    }
    const text = await readFile(log, 'utf8').catch(() => '');
    await engine.stop();
    throw new Error(`dockerd did not answer:\n${text}`);
  }

  /** True for an engine whose store is containerd's: it keeps several platforms, and attestations. */
  async holdsIndexes(): Promise<boolean> {
    const info = await this.#askJson('GET', '/info', 200);
    return JSON.stringify(readField(info, 'DriverStatus')).includes('"io.containerd.snapshotter.v1"');
  }

  /** undefined: the engine does not have it. @param name or id */
  async findImage(name: string): Promise<LoadedImage | undefined> {
    const answer = await this.#ask('GET', `/images/${encodeURIComponent(name)}/json`);
    if (answer.status === 404) return undefined;
    const image = parseJson(answer.body.toString('utf8'));
    return {
      id: readString(image, 'Id') ?? '',
      tags: toTexts(readField(image, 'RepoTags')),
      platform: `${readString(image, 'Os')}/${readString(image, 'Architecture')}`,
      layers: toTexts(readField(image, 'RootFS', 'Layers')),
    };
  }

  /** As `docker run --rm --network none`: what the container printed. Throws for one that fails. */
  async run(image: string, command: readonly string[]): Promise<string> {
    const settings = { Image: image, Cmd: command, HostConfig: { NetworkMode: 'none' } };
    const created = await this.#askJson('POST', '/containers/create', 201, settings);
    const container = `/containers/${readString(created, 'Id')}`;
    try {
      await this.#askJson('POST', `${container}/start`, 204);
      const waited = await this.#askJson('POST', `${container}/wait`, 200);
      const { body } = await this.#ask('GET', `${container}/logs?stdout=1&stderr=1`);
      const text = joinFrames(body);
      if (readNumber(waited, 'StatusCode') !== 0) throw new Error(`${JSON.stringify(waited)}: ${text}`);
      return text;
    } finally {
      await this.#askJson('DELETE', `${container}?force=1`, 204);
    }
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
    // The network namespace of a container that has the machine's stays mounted.
    const mounts = parseMounts(await readFile('/proc/self/mountinfo', 'utf8'));
    for (const place of selectMountsBelow(mounts, this.#directory)) execFileSync('umount', ['-l', place]);
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #askJson(method: string, address: string, status: number, body?: object): Promise<unknown> {
    const answer = await this.#ask(method, address, body);
    const text = answer.body.toString('utf8');
    if (answer.status !== status) throw new Error(`${method} ${address}: ${answer.status} ${text}`);
    return parseJson(text);
  }

  #ask(method: string, address: string, body?: object): Promise<Answer> {
    const socketPath = path.join(this.#directory, 'docker.sock');
    const headers = { 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const asked = request({ socketPath, method, path: address, headers }, (response) => {
        buffer(response).then((bytes) => resolve({ status: response.statusCode ?? 0, body: bytes }), reject);
      });
      asked.once('error', reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

/** What a container without a terminal printed comes in frames: eight bytes, the last four of which are the length. */
function joinFrames(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at + 4);
    text += bytes.toString('utf8', at + 8, end);
    at = end;
  }
  return text;
}

function toTexts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : []).filter((text) => typeof text === 'string');
}
