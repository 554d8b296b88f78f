import { createHmac, randomBytes } from 'node:crypto';
import { isSameSecret } from '../access/stub-token.ts';

/**
 * How a step proves to the gateway that it holds the same runtime token, and the gateway to the step: each signs with
 * an HMAC keyed by the token, over a challenge that is used once. The token itself never travels. Each use has its own
 * first line, so that no answer can serve as a request or as a stub.
 */

export type ControlAction = 'join' | 'confirm' | 'report' | 'describe' | 'drain' | 'stop';

export const nonceHeader = 'x-hotlayer-nonce';
export const proofHeader = 'x-hotlayer-proof';

export function signRequest(token: string, action: ControlAction, nonce: string, body: string): string {
  return createHmac('sha256', token).update(`hotlayer request\n${action}\n${nonce}\n${body}`).digest('hex');
}

export function signAnswer(token: string, nonce: string, status: number, body: string): string {
  return createHmac('sha256', token).update(`hotlayer answer\n${nonce}\n${status}\n${body}`).digest('hex');
}

export function isProof(given: string, expected: string): boolean {
  return isSameSecret(given, expected);
}

const challengeLifetimeMs = 30_000;
/** Anyone on the machine may ask for challenges: they must not fill the memory. */
const maxChallenges = 256;

/** The challenges that were given out and not used yet. */
export class Challenges {
  readonly #expiries = new Map<string, number>();

  issue(nowMs: number): string {
    const oldest = this.#expiries.keys().next();
    if (this.#expiries.size >= maxChallenges && !oldest.done) this.#expiries.delete(oldest.value);
    const nonce = randomBytes(32).toString('hex');
    this.#expiries.set(nonce, nowMs + challengeLifetimeMs);
    return nonce;
  }

  /** True once for a nonce that was issued and is not too old. */
  redeem(nonce: string, nowMs: number): boolean {
    const expiry = this.#expiries.get(nonce);
    this.#expiries.delete(nonce);
    return expiry !== undefined && nowMs < expiry;
  }
}
