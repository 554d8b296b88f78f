import type { CallKind } from '../../src/cache-server/call.ts';
import type { Dice } from './dice.ts';

/** A rule of a fault file (docs/embedded-service.md), and what the campaign calls it. */
export interface FaultDocument {
  readonly name: FaultName;
  readonly call: CallKind;
  readonly key: string | undefined;
  readonly skip: number;
  readonly count: number;
  readonly effect: Readonly<Record<string, unknown>>;
}

export const faultNames = [
  '503',
  '500',
  '429',
  'reset',
  'truncated',
  'wrong bytes',
  'slow',
  'lost answer',
  'never finalized',
  'evicted after the check',
  'expired URL',
  'wrong bytes stored',
] as const;
export type FaultName = (typeof faultNames)[number];

const anyCall = ['lookup', 'create', 'upload', 'finalize', 'download'] as const;
const writes = ['create', 'upload', 'finalize'] as const;
const ownKeys = ['hotlayer-pack-', 'hotlayer-manifest-'] as const;

/** A few, because each costs the gateway a wait of half a second or more. */
export function pickFaults(dice: Dice): readonly FaultDocument[] {
  return Array.from({ length: dice.int(1, 3) }, () => pickFault(dice));
}

function pickFault(dice: Dice): FaultDocument {
  const name = dice.pick(faultNames);
  const skip = dice.int(0, 2);
  const anywhere = { name, call: dice.pick(anyCall), key: undefined, skip, count: dice.int(1, 2) };
  const reading = {
    name,
    call: 'download',
    key: dice.pick(ownKeys),
    skip: dice.int(0, 1),
    count: 1,
  } as const;
  const bytes = dice.pick([0, 25, 200, 1000, 100_000, 1_000_000]);
  switch (name) {
    case '503':
    case '500':
      return { ...anywhere, effect: { status: Number(name) } };
    case '429':
      return { ...anywhere, effect: { status: 429, retryAfter: dice.int(0, 1) } };
    case 'reset':
      return { ...anywhere, effect: { break: 'reset', ...(dice.chance(0.5) ? {} : { afterBytes: bytes }) } };
    case 'truncated':
      return { ...anywhere, effect: { break: 'truncate', afterBytes: bytes } };
    case 'wrong bytes':
      return { ...reading, count: dice.int(1, 2), effect: { break: 'corrupt', afterBytes: bytes } };
    case 'slow':
      return { ...anywhere, effect: { delayMs: dice.int(20, 300) } };
    case 'lost answer':
      return {
        ...{ name, call: dice.pick(writes), key: undefined, skip, count: 1 },
        effect: { ...(dice.chance(0.5) ? { break: 'reset' } : { status: 503 }), when: 'after' },
      };
    case 'never finalized':
      return {
        ...{ name, call: 'finalize', key: dice.pick(ownKeys), skip: 0, count: 1 },
        // Not worth a retry; or forgotten by the service, which is asked again.
        effect: { status: dice.pick([400, 404]) },
      };
    case 'evicted after the check':
      return { ...reading, effect: { evict: true } };
    case 'expired URL':
      return { ...reading, count: dice.int(1, 3), effect: { status: 403 } };
    case 'wrong bytes stored':
      return {
        ...{ name, call: 'upload', key: dice.pick(ownKeys), skip: 0, count: 1 },
        effect: { break: 'corrupt', afterBytes: bytes },
      };
    default:
      return name satisfies never;
  }
}

/** As a fault file has them. */
export function toFaultFile(faults: readonly FaultDocument[]): readonly object[] {
  return faults.map(({ call, key, skip, count, effect }) => {
    return { call, skip, count, ...(key === undefined ? {} : { key }), ...effect };
  });
}
