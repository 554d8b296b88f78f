import type { CacheConfig } from '../config/cache-config.ts';
import { type ClaimedIndex, type ExportClaim, findClaimed } from './export-claim.ts';

/** An index that is neither served nor brought to the service before main has confirmed it. */
interface IndexCandidate extends ClaimedIndex {
  readonly cacheScope: string;
  readonly refHash: string;
  readonly config: CacheConfig;
  /** undefined: the next one. */
  readonly number: number | undefined;
}

/** Of one cache scope: BuildKit stores one, and who floods us must not fill the memory. */
const maxCandidates = 4;

/** The indexes that were stored and that no build has claimed yet. */
export class IndexCandidates {
  #waiting: readonly IndexCandidate[] = [];
  #unconfirmed: string[] = [];
  /** When those without a digest began, of all that ever came. */
  readonly #timed: number[] = [];

  /** The same manifest again, as a client sends it after a lost answer, is the same candidate. */
  add(candidate: IndexCandidate): void {
    const isAgain = (other: IndexCandidate) =>
      candidate.digest !== undefined &&
      other.digest === candidate.digest &&
      other.cacheScope === candidate.cacheScope;
    if (candidate.digest === undefined) this.#timed.push(candidate.beganMs);
    const others = this.#waiting.filter((other) => !isAgain(other));
    const ofScope = others.filter(({ cacheScope }) => cacheScope === candidate.cacheScope);
    const surplus = new Set(ofScope.slice(0, Math.max(0, ofScope.length + 1 - maxCandidates)));
    for (const { cacheScope } of surplus) this.#unconfirmed.push(cacheScope);
    this.#waiting = [...others.filter((other) => !surplus.has(other)), candidate];
  }

  /** A build has ended: its index, or why it is not there. All others of the cache scope are dropped. */
  settle(claim: ExportClaim): { readonly found: IndexCandidate | string; readonly dropped: number } {
    const ofScope = this.#waiting.filter(({ cacheScope }) => cacheScope === claim.cacheScope);
    this.#waiting = this.#waiting.filter(({ cacheScope }) => cacheScope !== claim.cacheScope);
    const place = findClaimed(ofScope, claim, this.#timed);
    const found = typeof place === 'string' ? place : (ofScope[place] ?? 'it is gone');
    // Of the many that builds of later steps have stored, only the last ones were kept.
    if (typeof found !== 'string' && claim.kind !== 'digest' && claim.kind !== 'window')
      this.#unconfirmed = this.#unconfirmed.filter((name) => name !== claim.cacheScope);
    return { found, dropped: ofScope.length - (typeof found === 'string' ? 0 : 1) };
  }

  /** The job ends: what nobody has claimed by now, nobody will. */
  drop(): void {
    this.#unconfirmed.push(...this.#waiting.map(({ cacheScope }) => cacheScope));
    this.#waiting = [];
  }

  /** Cache scopes of those that were dropped without any word of main. */
  get unconfirmed(): readonly string[] {
    return [...new Set(this.#unconfirmed)];
  }
}
