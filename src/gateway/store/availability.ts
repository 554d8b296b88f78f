import type { Clock } from '../../async/clock.ts';
import { createDeferred } from '../../async/deferred.ts';
import type { CacheClient } from '../../cache-client/client.ts';
import type { ServiceHealth } from '../../cache-client/health.ts';
import type { RetryPolicy } from '../../cache-client/retry.ts';
import { PACKS_CACHE_VERSION } from '../../cache-protocol/version.ts';

interface AvailabilityOptions {
  readonly client: CacheClient;
  readonly health: ServiceHealth;
  /** Of the service's API. */
  readonly url: string;
  readonly clock: Clock;
  /** Whether an export is on its way. */
  readonly isBusy: () => boolean;
  /** The gateway ends. */
  readonly signal: AbortSignal;
}

/** How often it is asked whether a service is back that nobody waits for. */
const probing = { firstMs: 1000, maxMs: 15_000 };
/** Nothing was heard for that long while uploads run: is anybody there? */
const silenceMs = 5000;
const watchMs = 1000;
/** The deadline is for what the patience with one answer does not cover. */
const probePolicy: RetryPolicy = { attempts: 1, firstDelayMs: 0, maxDelayMs: 0, deadlineMs: 10_000 };

/**
 * Whether exports may hope for the service. While the job goes on they wait for it as long as it takes, as nobody
 * waits for them; once the end of the job does, it is asked once more, and then they are given up.
 */
export class Availability {
  readonly #options: AvailabilityOptions;
  readonly #hurry = createDeferred<void>();
  readonly #lost = createDeferred<string>();
  #isHurried = false;
  #isHopeless = false;

  constructor(options: AvailabilityOptions) {
    this.#options = options;
  }

  /** Outages so far, and whether there is one: an export that failed in one is worth another try. */
  get mark(): number {
    const { health } = this.#options;
    return health.outages * 2 + (health.outage === undefined ? 0 : 1);
  }

  get isAway(): boolean {
    return this.#options.health.outage !== undefined;
  }

  /** Resolves with the reason when exports that are on their way will not arrive any more. */
  get lost(): Promise<string> {
    return this.#lost.promise;
  }

  /** Whether what failed in an outage may be tried again: waits for the service while there is time. */
  async whenBack(): Promise<boolean> {
    const { health, url, signal } = this.#options;
    for (let waitMs = probing.firstMs; ; waitMs = Math.min(probing.maxMs, waitMs * 2)) {
      if (this.#isHopeless || signal.aborted) return false;
      const isLast = this.#isHurried;
      if (!isLast) await this.#sleep(waitMs);
      if (health.host(url).outage !== undefined) await this.#probe();
      // There is one more try once somebody waits, as the hosts of blobs are only known to be back by a try.
      if (isLast) this.#isHopeless = true;
      if (health.host(url).outage !== undefined) continue;
      health.askAgain();
      return true;
    }
  }

  /** Somebody waits for the exports from now on. */
  hurry(): void {
    if (this.#isHurried) return;
    this.#isHurried = true;
    this.#hurry.resolve();
    // Only the end of the gateway ends it early.
    this.#watch().catch(() => undefined);
  }

  /** A service may fall silent in mid upload, and uploads are given a minute: so it is asked on the side. */
  async #watch(): Promise<void> {
    const { health, url, clock, isBusy, signal } = this.#options;
    while (isBusy() && !signal.aborted) {
      await clock.sleep(watchMs, signal);
      if (health.silentMs < silenceMs || this.#isHopeless) continue;
      if (health.host(url).outage === undefined) await this.#probe();
      const outage = health.host(url).outage;
      if (outage === undefined) continue;
      this.#isHopeless = true;
      this.#lost.resolve(outage.reason);
      return;
    }
  }

  /** One look-up of what is not there: the cheapest question that a service answers only when it works. */
  async #probe(): Promise<void> {
    const { client, signal } = this.#options;
    const query = { key: 'hotlayer-are-you-there', version: PACKS_CACHE_VERSION };
    await client.lookup(query, { policy: probePolicy, isProbe: true, signal });
  }

  async #sleep(ms: number): Promise<void> {
    const { clock, signal } = this.#options;
    const woken = new AbortController();
    void this.#hurry.promise.then(() => woken.abort());
    const either = AbortSignal.any([signal, woken.signal]);
    await clock.sleep(ms, either).catch(() => undefined);
  }
}
