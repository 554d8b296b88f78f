import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addRange, type Coverage, removeRange, toContiguousSize } from '../../src/cache-server/coverage.ts';

it('joins neighbours and overlaps whatever their order', () => {
  const coverage = [
    [10, 20],
    [0, 5],
    [5, 10],
    [15, 30],
  ].reduce<Coverage>((sum, [start = 0, end = 0]) => addRange(sum, start, end), []);
  expect(coverage).toEqual([{ start: 0, end: 30 }]);
  expect(toContiguousSize(coverage)).toBe(30);
});

it('tells gaps', () => {
  expect(toContiguousSize([])).toBe(0);
  expect(toContiguousSize(addRange([], 1, 5))).toBeUndefined();
  expect(toContiguousSize(removeRange(addRange([], 0, 9), 3, 4))).toBeUndefined();
  expect(toContiguousSize(removeRange(addRange([], 0, 9), 6, 20))).toBe(6);
});

it('is the set of bytes that were added and not removed', () => {
  const step = fc.record({ isAdded: fc.boolean(), start: fc.nat(30), length: fc.nat(10) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const bytes = new Set<number>();
      let coverage: Coverage = [];
      for (const { isAdded, start, length } of steps) {
        coverage = isAdded
          ? addRange(coverage, start, start + length)
          : removeRange(coverage, start, start + length);
        for (let at = start; at < start + length; at += 1) {
          if (isAdded) bytes.add(at);
          else bytes.delete(at);
        }
      }
      const covered = coverage.flatMap(({ start, end }) =>
        Array.from({ length: end - start }, (_, index) => start + index),
      );
      expect(covered).toEqual([...bytes].sort((a, b) => a - b));
    }),
  );
});
