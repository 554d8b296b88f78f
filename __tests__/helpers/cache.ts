import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CallKind } from '../../src/cache-server/call.ts';
import { mintToken } from '../../src/embedded/signed-token.ts';
import { parseFaults } from '../../src/embedded/simulator/fault-file.ts';
import { startEmbeddedService } from '../../src/embedded/start.ts';

type Service = Awaited<ReturnType<typeof startEmbeddedService>>;
type ServiceOptions = Parameters<typeof startEmbeddedService>[0];
/** The faults are those of a fault file, as docs/embedded-service.md has them. */
type Options = Omit<ServiceOptions, 'directory' | 'faults'> & { readonly faults?: readonly object[] };

function toServiceOptions(directory: string, { faults, ...options }: Options): ServiceOptions {
  return { ...options, directory, ...(faults === undefined ? {} : { faults: parseFaults(faults) }) };
}

/** The rights of GitHub's token by event. */
export const rights = {
  main: [{ scope: 'refs/heads/main', permission: 3 }],
  mainReadOnly: [{ scope: 'refs/heads/main', permission: 1 }],
  pr7: [
    { scope: 'refs/pull/7/merge', permission: 3 },
    { scope: 'refs/heads/main', permission: 1 },
  ],
} as const;

/** A real cache service on loopback with a directory of its own. */
export class TestCache {
  readonly directory: string;
  #service: Service;

  private constructor(directory: string, service: Service) {
    this.directory = directory;
    this.#service = service;
  }

  static async start(options: Options = {}): Promise<TestCache> {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-cache-'));
    return new TestCache(directory, await startEmbeddedService(toServiceOptions(directory, options)));
  }

  get url(): string {
    return `${this.#service.url.replace(/\/$/, '')}/`;
  }

  get statistics(): ReturnType<Service['statistics']> {
    return this.#service.statistics();
  }

  /** The same entries behind other knobs. */
  async restart(options: Options = {}): Promise<void> {
    await this.#service.close();
    this.#service = await startEmbeddedService(toServiceOptions(this.directory, options));
  }

  /** Turns the bytes of entries over; answers how many. */
  async tamper(matches: (key: string) => boolean): Promise<number> {
    const records = path.join(this.directory, 'entries');
    let changed = 0;
    for (const name of await readdir(records)) {
      const { key } = JSON.parse(await readFile(path.join(records, name), 'utf8'));
      if (!matches(key)) continue;
      const file = path.join(this.directory, 'blobs', name.replace('.json', ''));
      await writeFile(file, (await readFile(file)).reverse());
      changed++;
    }
    return changed;
  }

  /** Keys of all committed entries. */
  async listKeys(): Promise<readonly string[]> {
    const records = path.join(this.directory, 'entries');
    const texts = (await readdir(records)).map((name) => readFile(path.join(records, name), 'utf8'));
    return (await Promise.all(texts)).map((text) => JSON.parse(text).key);
  }

  /** Evicts entries by key, as GitHub does behind a job's back. */
  async removeEntries(matches: (key: string) => boolean): Promise<number> {
    await this.#service.close();
    const records = path.join(this.directory, 'entries');
    let removed = 0;
    for (const name of await readdir(records)) {
      const { key } = JSON.parse(await readFile(path.join(records, name), 'utf8'));
      if (!matches(key)) continue;
      await rm(path.join(records, name));
      removed++;
    }
    this.#service = await startEmbeddedService({ directory: this.directory });
    return removed;
  }

  /** Resolves once the service has seen such a call. */
  async waitForCall(kind: CallKind): Promise<void> {
    while (this.statistics.calls[kind].count === 0) await delay(10);
  }

  /** What the runner tells a step of this service, with a fresh token. */
  async env(
    access: readonly { readonly scope: string; readonly permission: number }[],
  ): Promise<Record<string, string>> {
    return {
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RESULTS_URL: this.url,
      ACTIONS_RUNTIME_TOKEN: await mintToken({ scopes: access, repository: 'o/r' }),
    };
  }

  async stop(): Promise<void> {
    await this.#service.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}
