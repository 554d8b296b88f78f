import { describe, expect, it } from '@jest/globals';
import { createFaultPlan } from '../../../src/embedded/simulator/fault.ts';
import { parseFaults } from '../../../src/embedded/simulator/fault-file.ts';
import { createPacer } from '../../../src/embedded/simulator/pacer.ts';

const strike = (document: unknown, calls: number, seed = 1): string => {
  const plan = createFaultPlan(parseFaults(document), seed);
  return Array.from({ length: calls }, () => (plan.decide('create', 'key-1') === undefined ? '.' : 'x')).join(
    '',
  );
};

describe('how often a rule strikes', () => {
  it.each([
    ['always', {}, 'xxxxxx'],
    ['twice', { count: 2 }, 'xx....'],
    ['after two', { skip: 2 }, '..xxxx'],
    ['every third', { every: 3 }, '..x..x'],
    ['the second one only', { skip: 1, count: 1 }, '.x....'],
    ['never', { probability: 0 }, '......'],
    ['for its key', { key: 'key' }, 'xxxxxx'],
    ['not for another key', { key: 'other' }, '......'],
    ['for any call', { call: '*' }, 'xxxxxx'],
    ['for one of several calls', { call: ['lookup', 'create'] }, 'xxxxxx'],
    ['not for another call', { call: 'lookup' }, '......'],
  ])('%s', (_name, rule, expected) => {
    expect(strike([{ call: 'create', status: 503, ...rule }], 6)).toBe(expected);
  });

  it('at random, but the same for the same seed', () => {
    const rule = [{ call: 'create', status: 503, probability: 0.3 }];
    expect(strike(rule, 200, 7)).toBe(strike(rule, 200, 7));
    expect(strike(rule, 200, 7)).not.toBe(strike(rule, 200, 8));
    const share = strike(rule, 2000).split('x').length / 2000;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
  });

  it('the first rule wins and the strikes are counted', () => {
    const plan = createFaultPlan(
      parseFaults([
        { call: 'create', status: 500, count: 1 },
        { call: '*', break: 'reset' },
      ]),
      1,
    );
    expect([plan.decide('create', undefined), plan.decide('create', undefined)]).toMatchObject([
      { kind: 'status' },
      { kind: 'break', manner: 'reset' },
    ]);
    expect(plan.strikes).toEqual([1, 1]);
  });
});

describe('a fault file is refused', () => {
  it.each([
    ['no array', {}, /array/],
    ['no object', ['x'], /faults\[0\]/],
    [
      'unknown call',
      [{ call: 'delete', status: 500 }],
      /faults\[0\]\.call: "delete".*allowed are \*, lookup/,
    ],
    ['no call', [{ status: 500 }], /faults\[0\]\.call/],
    ['nothing to do', [{ call: '*' }], /status/],
    ['both', [{ call: '*', status: 500, break: 'reset' }], /exclude/],
    ['both again', [{ call: '*', status: 500, evict: true }], /exclude/],
    ['odd break', [{ call: '*', break: 'snap' }], /"snap"/],
    ['odd status', [{ call: '*', status: 700 }], /700/],
    ['odd probability', [{ call: '*', status: 500, probability: 2 }], /probability: 2/],
    ['every 0', [{ call: '*', status: 500, every: 0 }], /every/],
    ['odd when', [{ call: '*', status: 500, when: 'later' }], /"later"/],
    ['unknown field', [{ call: '*', status: 500, sometimes: true }], /sometimes/],
    [
      'second rule',
      [
        { call: '*', status: 500 },
        { call: '*', delayMs: -1 },
      ],
      /faults\[1\]\.delayMs/,
    ],
  ])('%s', (_name, document, message) => {
    expect(() => parseFaults(document)).toThrow(message);
  });
});

it('a line keeps its speed over many small pieces and does not save up idle time', () => {
  const pacer = createPacer(1000);
  expect(pacer.take(100, 0)).toBeCloseTo(100);
  expect(pacer.take(100, 0)).toBeCloseTo(200);
  expect(pacer.take(100, 150)).toBeCloseTo(150);
  expect(pacer.take(100, 10_000)).toBeCloseTo(100);
});
