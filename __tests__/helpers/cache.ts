import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedService } from '../../src/embedded/start.ts';
import { mintToken } from '../../src/embedded/token.ts';

type Service = Awaited<ReturnType<typeof startEmbeddedService>>;
type Options = Omit<Parameters<typeof startEmbeddedService>[0], 'directory'>;

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
    return new TestCache(directory, await startEmbeddedService({ ...options, directory }));
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
    this.#service = await startEmbeddedService({ ...options, directory: this.directory });
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
