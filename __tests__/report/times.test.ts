import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { listTimes, renderTimes } from '../../src/report/times.ts';

const seconds = fc.oneof(
  fc.double({ min: 0, max: 600, noNaN: true }),
  fc.double({ min: 0, max: 0.2, noNaN: true }),
  // A clock that jumps.
  fc.constantFrom(-1, 0, Number.NaN, 1e6),
);
const named = fc.record({ name: fc.constantFrom('a', 'b', 'c'), seconds });
const phase = fc.oneof(
  named,
  fc.tuple(named, fc.array(named, { maxLength: 5 })).map(([whole, parts]) => ({ ...whole, parts })),
);

describe('the times of the summary add up', () => {
  it('parts to their phase, phases to the whole, as shown', () => {
    fc.assert(
      fc.property(
        fc.array(phase, { maxLength: 6 }),
        fc.option(seconds, { nil: undefined }),
        (phases, whole) => {
          const rows = listTimes(phases, whole);
          const top = rows.filter(({ isPart }) => !isPart);
          const together = top.at(-1);
          expect(top.slice(0, -1).reduce((sum, { tenths }) => sum + tenths, 0)).toBe(together?.tenths);
          for (const { tenths } of rows) expect(tenths).toBeGreaterThanOrEqual(0);
          for (const [index, row] of rows.entries()) {
            const end = rows.findIndex((other, at) => at > index && !other.isPart);
            const parts = row.isPart ? [] : rows.slice(index + 1, end === -1 ? undefined : end);
            if (parts.length > 0) expect(parts.reduce((sum, { tenths }) => sum + tenths, 0)).toBe(row.tenths);
          }
          const known = phases
            .map((each) => (each.seconds > 0 ? each.seconds : 0))
            .reduce((a, b) => a + b, 0);
          const real = Math.max(known, whole !== undefined && whole > 0 ? whole : 0);
          expect(Math.abs((together?.tenths ?? 0) / 10 - real)).toBeLessThanOrEqual(0.0501 + real * 1e-9);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('what is in no part, and what lies between the phases, has rows of its own', () => {
    const build = { name: 'Build', seconds: 11.7, parts: [{ name: 'steps', seconds: 2.6 }] };
    expect(listTimes([{ name: 'Plan', seconds: 0.3 }, build], 13.2)).toEqual([
      { name: 'Plan', isPart: false, tenths: 3 },
      { name: 'Build', isPart: false, tenths: 117 },
      { name: 'steps', isPart: true, tenths: 26 },
      { name: 'all else', isPart: true, tenths: 91 },
      { name: 'Start, and between the phases', isPart: false, tenths: 12 },
      { name: 'Together', isPart: false, tenths: 132 },
    ]);
  });

  it('and are one line of the log', () => {
    const build = { name: 'Build', seconds: 3, parts: [{ name: 'steps', seconds: 1 }] };
    expect(renderTimes([{ name: 'Plan', seconds: 0.5 }, build], 4)).toBe(
      'Time: Plan 0.5 s, Build 3.0 s (steps 1.0 s, all else 2.0 s), Start, and between the phases 0.5 s, Together 4.0 s',
    );
  });
});
