import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Clock } from '../../src/async/clock.ts';
import { InFlight } from '../../src/async/in-flight.ts';
import { createCacheHandler } from '../../src/cache-server/handler.ts';
import { type Listener, listen } from '../../src/cache-server/node-http.ts';
import { createUploadArea } from '../../src/cache-server/upload-area.ts';
import { createUrlSigner } from '../../src/cache-server/url-signer.ts';
import type { GatewayPlan } from '../../src/gateway/access/plan.ts';
import type { AccessRules } from '../../src/gateway/access/rules.ts';
import { deriveStubToken } from '../../src/gateway/access/stub-token.ts';
import { createGatewayService, type GatewayService } from '../../src/gateway/gha/service.ts';
import { createOciDialect, type OciDialect } from '../../src/gateway/oci/handler.ts';
import { OciUploads } from '../../src/gateway/oci/open-uploads.ts';
import { isOciPath } from '../../src/gateway/oci/route.ts';
import type { GatewayReport } from '../../src/gateway/report/report.ts';
import { Statistics } from '../../src/gateway/report/statistics.ts';
import type { ExportClaim, ExportVerdict } from '../../src/gateway/store/export-claim.ts';
import { type OpenedStore, openStore } from '../../src/gateway/store/open-store.ts';
import type { RefScope } from '../../src/policy/types.ts';
import { describeFullDisk } from '../../src/process/disk-space.ts';
import { mainScopes, type TestClient, type Upstream } from './upstream.ts';

interface GatewayKnobs {
  /** Towards the service. */
  readonly protocol?: 1 | 2;
  readonly plan?: GatewayPlan;
  readonly scopes?: readonly RefScope[];
  /** GitHub's number of the run. */
  readonly runId?: string;
  readonly smallestPackBytes?: number;
  /** Where its directory is made. */
  readonly disk?: string;
  /** Another service than the upstream: a bucket, and where it is. */
  readonly bucket?: TestClient & { readonly url: string };
  /** For waits between manifests; they take no time otherwise. */
  readonly clock?: Clock;
}

const quick = { attempts: 4, firstDelayMs: 10, maxDelayMs: 10, deadlineMs: 60_000 };

/** The gateway's service in this process, in both dialects, in front of an upstream whose waits take no time. */
export class TestGateway {
  readonly stub: string;
  readonly service: GatewayService;
  readonly oci: OciDialect;
  readonly toService: TestClient;
  readonly log: string[];
  readonly #listener: Listener;
  readonly #statistics: Statistics;
  readonly #opened: OpenedStore;
  readonly #directory: string;
  readonly #upstream: Upstream;

  private constructor(parts: {
    stub: string;
    service: GatewayService;
    oci: OciDialect;
    toService: TestClient;
    log: string[];
    listener: Listener;
    statistics: Statistics;
    opened: OpenedStore;
    directory: string;
    upstream: Upstream;
  }) {
    this.stub = parts.stub;
    this.service = parts.service;
    this.oci = parts.oci;
    this.toService = parts.toService;
    this.log = parts.log;
    this.#listener = parts.listener;
    this.#statistics = parts.statistics;
    this.#opened = parts.opened;
    this.#directory = parts.directory;
    this.#upstream = parts.upstream;
  }

  static async start(upstream: Upstream, knobs: GatewayKnobs = {}): Promise<TestGateway> {
    const { protocol = 2, scopes = mainScopes } = knobs;
    const token = await upstream.token(scopes);
    const stub = deriveStubToken(token, 'nonce', Date.now());
    if (stub.kind === 'refused') throw new Error(stub.reason);
    const directory = await mkdtemp(path.join(knobs.disk ?? tmpdir(), 'hotlayer-gateway-'));
    const log: string[] = [];
    const statistics = new Statistics(Date.now(), (line) => log.push(line));
    const toService = knobs.bucket ?? upstream.client(protocol, token);
    const { smallestPackBytes } = knobs;
    const opened = await openStore({
      client: toService.client,
      health: toService.health,
      url: knobs.bucket?.url ?? upstream.url,
      run: { id: knobs.runId ?? '1', attempt: '1' },
      directory: path.join(directory, 'store'),
      describeFullDisk,
      clock: knobs.clock ?? toService.clock,
      statistics,
      policy: quick,
      isTip: (cacheScope) => rules().tipScopes.has(cacheScope),
      ...(smallestPackBytes === undefined ? {} : { smallestPackBytes }),
    });
    const rules = (): AccessRules => service.rules;
    const inFlight = new InFlight();
    const onDiskFull = () => opened.exports.giveUpForDisk();
    const service = createGatewayService({
      stub: stub.token,
      refScopes: stub.refScopes,
      plan: knobs.plan ?? { imports: ['app.main'], export: 'app.main' },
      store: opened.store,
      spool: await createUploadArea(path.join(directory, 'up')),
      statistics,
      inFlight,
      load: (names) => opened.scopes.load(names),
      onDiskFull,
    });
    const oci = createOciDialect({
      stub: stub.token,
      rules: () => service.rules,
      store: opened.store,
      uploads: await OciUploads.open({ directory: path.join(directory, 'oci'), onDiskFull }),
      statistics,
      inFlight,
      onError: (error) => log.push(`internal error: ${String(error)}`),
    });
    const handler = createCacheHandler({ service, signer: createUrlSigner('secret') });
    const listener = await listen((request) =>
      isOciPath(request.url.pathname) ? oci.handle(request) : handler(request),
    );
    return new TestGateway({
      stub: stub.token,
      service,
      oci,
      toService,
      log,
      listener,
      statistics,
      opened,
      directory,
      upstream,
    });
  }

  get url(): string {
    return `${this.#listener.url}/`;
  }

  get report(): GatewayReport {
    const { exports, store, scopes } = this.#opened;
    return this.#statistics.toReport(Date.now(), exports.reports, 0, store.unconfirmed, scopes.imports);
  }

  /** As main does for a build that exported all the time. */
  async confirm(cacheScope = 'app.main'): Promise<ExportVerdict> {
    const claim = { kind: 'window', cacheScope, fromMs: 0, toMs: Date.now() } as const;
    return await this.#opened.store.confirm(claim);
  }

  /** As main does with what it knows. */
  async claim(claim: ExportClaim): Promise<ExportVerdict> {
    return await this.#opened.store.confirm(claim);
  }

  /** The job ends. */
  dropUnconfirmed(): void {
    this.#opened.store.dropUnconfirmed();
  }

  /** The build ends: its index is confirmed. Waits until everything is on the service or has failed. */
  async settle(cacheScope?: string): Promise<GatewayReport> {
    await this.confirm(cacheScope);
    await this.#opened.exports.whenSettled(60_000);
    return this.report;
  }

  /** Waits until what the plan imports is loaded. */
  async loaded(): Promise<void> {
    await this.#opened.scopes.whenLoaded();
  }

  /** Files that lie on local disk now. */
  async listSpool(): Promise<readonly string[]> {
    const found = await readdir(this.#directory, { recursive: true, withFileTypes: true });
    return found.filter((item) => item.isFile()).map((item) => item.name);
  }

  /** Our own client in BuildKit's place. */
  client(protocol: 1 | 2, token = this.stub): TestClient {
    return this.#upstream.client(protocol, token, this.url);
  }

  async close(): Promise<void> {
    await this.#listener.close();
    await this.#opened.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
