import { describe, expect, it } from '@jest/globals';
import { Challenges, isProof, signAnswer, signRequest } from '../../../src/gateway/control/handshake.ts';

describe('Challenges', () => {
  it('can be redeemed once', () => {
    const challenges = new Challenges();
    const nonce = challenges.issue(0);
    expect(challenges.redeem(nonce, 1)).toBe(true);
    expect(challenges.redeem(nonce, 2)).toBe(false);
  });

  it('expire', () => {
    const challenges = new Challenges();
    expect(challenges.redeem(challenges.issue(0), 29_999)).toBe(true);
    expect(challenges.redeem(challenges.issue(0), 30_000)).toBe(false);
  });

  it('must have been issued', () => {
    expect(new Challenges().redeem('00', 0)).toBe(false);
  });

  it('differ, and a flood of them drops the oldest only', () => {
    const challenges = new Challenges();
    const issued = Array.from({ length: 300 }, () => challenges.issue(0));
    expect(new Set(issued).size).toBe(300);
    expect(challenges.redeem(issued[0] ?? '', 1)).toBe(false);
    expect(challenges.redeem(issued[299] ?? '', 1)).toBe(true);
  });
});

describe('proofs', () => {
  const proof = signRequest('token', 'join', 'nonce', '{}');
  it.each([
    ['another token', signRequest('other', 'join', 'nonce', '{}')],
    ['another action', signRequest('token', 'stop', 'nonce', '{}')],
    ['another nonce', signRequest('token', 'join', 'nonce2', '{}')],
    ['another body', signRequest('token', 'join', 'nonce', '{"imports":[]}')],
    ['an answer', signAnswer('token', 'nonce', 200, '{}')],
  ])('differ for %s', (_name, other) => {
    expect(isProof(other, proof)).toBe(false);
    expect(isProof(proof, proof)).toBe(true);
  });
});
