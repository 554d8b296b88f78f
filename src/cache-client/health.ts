import type { Clock } from '../async/clock.ts';

/** A time in which a host does not answer. */
export interface Outage {
  /** Milliseconds since the epoch; names it. */
  readonly since: number;
  readonly reason: string;
}

/** Another call has found out that the host does not answer: nothing was sent. */
export class UnavailableError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'UnavailableError';
  }
}

/** After that a call may try again whether the host is back; twice as long after each time that it is not. */
const coolDown = { firstMs: 10_000, maxMs: 120_000 };

/**
 * What is known of one host, for all calls to it: what one has waited for in vain, the others do not wait for again.
 * Known to be away it is asked by one call at a time, and seldom; the first answer ends the outage.
 */
export class HostHealth {
  readonly #clock: Clock;
  readonly #onOutage: (outage: Outage) => void;
  /** So many calls in a row must give up before the host counts as away. */
  readonly #patience: number;
  #outage: Outage | undefined;
  #answers = 0;
  #givenUp = 0;
  #isSuspect = false;
  #askAgainAt = 0;
  #coolDownMs = coolDown.firstMs;

  constructor(clock: Clock, onOutage: (outage: Outage) => void, patience = 1) {
    this.#clock = clock;
    this.#onOutage = onOutage;
    this.#patience = patience;
  }

  get outage(): Outage | undefined {
    return this.#outage;
  }

  /** Grows with each answer, so that a call can tell whether the host answered others meanwhile. */
  get answers(): number {
    return this.#answers;
  }

  /** It did not answer the last time: do not wait for long. */
  get isSuspect(): boolean {
    return this.#isSuspect;
  }

  /** Before a call: whether it is one that only asks if the host is back. Throws UnavailableError. */
  enter(): boolean {
    if (this.#outage === undefined) return false;
    const now = this.#clock.now();
    if (now < this.#askAgainAt) throw new UnavailableError(this.#outage.reason);
    this.#askAgainAt = now + this.#coolDownMs;
    this.#coolDownMs = Math.min(coolDown.maxMs, this.#coolDownMs * 2);
    return true;
  }

  /** The next call may ask whether the host is back. */
  askAgain(): void {
    this.#askAgainAt = this.#clock.now();
  }

  answered(): void {
    this.#answers += 1;
    this.#givenUp = 0;
    this.#isSuspect = false;
    this.#outage = undefined;
    this.#coolDownMs = coolDown.firstMs;
  }

  silent(): void {
    this.#isSuspect = true;
  }

  /** A call gives up; `answersBefore` as it was when the call began. */
  givenUp(answersBefore: number, reason: string): void {
    if (this.#answers > answersBefore || this.#outage !== undefined) return;
    this.#givenUp += 1;
    if (this.#givenUp < this.#patience) return;
    this.#outage = { since: this.#clock.now(), reason };
    this.#askAgainAt = this.#clock.now() + this.#coolDownMs;
    this.#onOutage(this.#outage);
  }
}

/** One kind of call may fail where others work: two that give up in a row are enough to know. */
const callsOfOneKind = 2;

/** All hosts of a cache service: that of its API, and those of its blobs. */
export class ServiceHealth {
  readonly #clock: Clock;
  readonly #onOutage: (outage: Outage) => void;
  readonly #hosts = new Map<string, HostHealth>();
  readonly #kinds = new Map<string, HostHealth>();
  #outages = 0;
  #lastAnswerAt: number;

  constructor(clock: Clock, onOutage: (outage: Outage) => void = () => undefined) {
    this.#clock = clock;
    this.#onOutage = onOutage;
    this.#lastAnswerAt = clock.now();
  }

  host(url: string): HostHealth {
    return find(this.#hosts, new URL(url).host, () => {
      const onOutage = (outage: Outage) => {
        this.#outages += 1;
        this.#onOutage(outage);
      };
      return new HostHealth(this.#clock, onOutage);
    });
  }

  /** For answers that tell of trouble. */
  kind(url: string, kind: string): HostHealth {
    const create = () => new HostHealth(this.#clock, () => undefined, callsOfOneKind);
    return find(this.#kinds, `${kind} ${new URL(url).host}`, create);
  }

  /** Outages of hosts so far. */
  get outages(): number {
    return this.#outages;
  }

  /** Of any host, now. */
  get outage(): Outage | undefined {
    return [...this.#hosts.values()].find(({ outage }) => outage !== undefined)?.outage;
  }

  /** Milliseconds since any host answered, whatever it said. */
  get silentMs(): number {
    return this.#clock.now() - this.#lastAnswerAt;
  }

  /** A host has answered, whatever it said. */
  heard(url: string): void {
    this.#lastAnswerAt = this.#clock.now();
    this.host(url).answered();
  }

  /** The next call to each host that is away may ask whether it is back. */
  askAgain(): void {
    for (const health of [...this.#hosts.values(), ...this.#kinds.values()]) health.askAgain();
  }
}

function find(known: Map<string, HostHealth>, name: string, create: () => HostHealth): HostHealth {
  const found = known.get(name) ?? create();
  known.set(name, found);
  return found;
}
