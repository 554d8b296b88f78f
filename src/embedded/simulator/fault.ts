import type { CallKind } from '../../cache-server/call.ts';
import { createRandom } from './random.ts';

/** One entry of a fault file; docs/embedded-service.md explains it. */
export interface FaultRule {
  /** undefined: all kinds. */
  readonly calls: readonly CallKind[] | undefined;
  /** Text that the entry's key contains; undefined: any key. */
  readonly key: string | undefined;
  readonly effect: FaultEffect;
  /** Let so many matching calls pass first. */
  readonly skip: number;
  /** At most so many faults; undefined: no end. */
  readonly count: number | undefined;
  /** Every n-th matching call; 1: all. */
  readonly every: number;
  readonly probability: number;
}

export type FaultEffect =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly retryAfterSeconds: number | undefined;
      readonly message: string;
      /** `after`: the call is carried out and its answer replaced. */
      readonly when: 'before' | 'after';
      readonly delayMs: number;
    }
  | {
      readonly kind: 'break';
      readonly manner: 'reset' | 'close';
      /** Bytes of the body (of the request in uploads, else of the answer) before the break; undefined: no answer at all. */
      readonly afterBytes: number | undefined;
      readonly when: 'before' | 'after';
      readonly delayMs: number;
    }
  /** One byte of the body (of the request in uploads, else of the answer) arrives with all its bits turned over. */
  | { readonly kind: 'corrupt'; readonly atByte: number; readonly delayMs: number }
  /** The entry that a blob URL is of is removed before the call is carried out. */
  | { readonly kind: 'evict'; readonly delayMs: number }
  | { readonly kind: 'delay'; readonly delayMs: number };

export interface FaultPlan {
  /** What happens to this call; undefined: nothing. Counts the call. */
  decide(call: CallKind, key: string | undefined): FaultEffect | undefined;
  /** Whether any rule wants to know the key. */
  readonly needsKey: boolean;
  /** How often each rule struck, in file order. */
  readonly strikes: readonly number[];
}

/** The first rule that strikes wins; the ones behind it do not count that call. */
export function createFaultPlan(rules: readonly FaultRule[], seed: number): FaultPlan {
  const random = createRandom(seed);
  const seen = rules.map(() => 0);
  const strikes = rules.map(() => 0);
  const strikesNow = (rule: FaultRule, index: number): boolean => {
    const nth = (seen[index] ?? 0) + 1;
    seen[index] = nth;
    if (nth <= rule.skip || (strikes[index] ?? 0) >= (rule.count ?? Number.POSITIVE_INFINITY)) return false;
    return (nth - rule.skip) % rule.every === 0 && (rule.probability >= 1 || random() < rule.probability);
  };
  return {
    strikes,
    needsKey: rules.some((rule) => rule.key !== undefined),
    decide(call, key) {
      for (const [index, rule] of rules.entries()) {
        if (rule.calls !== undefined && !rule.calls.includes(call)) continue;
        if (rule.key !== undefined && key?.includes(rule.key) !== true) continue;
        if (!strikesNow(rule, index)) continue;
        strikes[index] = (strikes[index] ?? 0) + 1;
        return rule.effect;
      }
      return undefined;
    },
  };
}
