import type { Clock } from '../../async/clock.ts';

const windowMs = 60_000;
const mebibyte = 1024 * 1024;

interface CreateBudgetOptions {
  readonly clock: Clock;
  /** Entries that may be created in any minute; 180 by default: GitHub allows 200, and other jobs create some too. */
  readonly createsPerMinute?: number;
  /** Packs have at least so many bytes while few were created; 32 MiB by default. */
  readonly smallestPackBytes?: number;
}

/**
 * Counts the entries that this gateway creates in a sliding minute. GitHub allows 200 a minute and repository: packs get
 * bigger long before that, so that a wait is for what no size of packs can avoid.
 */
export class CreateBudget {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #smallestPackBytes: number;
  #times: number[] = [];
  #announced = 0;

  constructor(options: CreateBudgetOptions) {
    this.#clock = options.clock;
    this.#limit = options.createsPerMinute ?? 180;
    this.#smallestPackBytes = options.smallestPackBytes ?? 32 * mebibyte;
  }

  /** Creates in the last minute. */
  get used(): number {
    const since = this.#clock.now() - windowMs;
    this.#times = this.#times.filter((time) => time > since);
    return this.#times.length;
  }

  /** Counts one create; waits for its turn when the minute is full. Throws the signal's reason when that fires first. */
  async take(signal?: AbortSignal): Promise<void> {
    this.announce();
    try {
      while (this.used >= this.#limit) {
        const [oldest = this.#clock.now()] = this.#times;
        await this.#clock.sleep(Math.max(1, oldest + windowMs - this.#clock.now()), signal);
      }
      this.#times.push(this.#clock.now());
    } finally {
      this.retract();
    }
  }

  /** A create is to come: packs are sized as if it had been. Until `retract`. */
  announce(): void {
    this.#announced += 1;
  }

  retract(): void {
    this.#announced -= 1;
  }

  /** How big a pack should be now: twice as big for every eighth of the minute's creates that is used up. */
  get packTargetBytes(): number {
    return (
      this.#smallestPackBytes *
      2 ** Math.min(7, Math.floor(((this.used + this.#announced) * 8) / this.#limit))
    );
  }
}
