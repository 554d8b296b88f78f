import { describe, expect, it } from '@jest/globals';
import { CreateBudget } from '../../../src/gateway/packs/create-budget.ts';
import { FastClock } from '../../helpers/fast-clock.ts';

const mebibyte = 1024 * 1024;

describe('the budget of creates', () => {
  it('lets packs grow as the minute fills, and shrink again when it is over', async () => {
    const clock = new FastClock();
    const budget = new CreateBudget({ clock, createsPerMinute: 80 });
    const sizes: number[] = [];
    for (let count = 0; count < 80; count++) {
      sizes.push(budget.packTargetBytes / mebibyte);
      await budget.take();
    }
    expect([...new Set(sizes)]).toEqual([32, 64, 128, 256, 512, 1024, 2048, 4096]);
    expect(clock.waits).toEqual([]);
    await clock.sleep(60_000);
    expect(budget.used).toBe(0);
    expect(budget.packTargetBytes).toBe(32 * mebibyte);
  });

  it('never lets more than its number through in any minute', async () => {
    const clock = new FastClock();
    const budget = new CreateBudget({ clock, createsPerMinute: 10 });
    const times: number[] = [];
    for (let count = 0; count < 35; count++) {
      await clock.sleep(count % 7 === 0 ? 1500 : 100);
      await budget.take();
      times.push(clock.now());
    }
    for (const [index, time] of times.entries()) {
      const tenBefore = times[index - 10];
      if (tenBefore !== undefined) expect(time - tenBefore).toBeGreaterThanOrEqual(60_000);
    }
  });

  it('can take more bytes than any runner sends in a minute before it makes anything wait', async () => {
    const budget = new CreateBudget({ clock: new FastClock() });
    let bytes = 0;
    while (budget.used < 179) {
      bytes += budget.packTargetBytes;
      await budget.take();
    }
    // 1 GB/s, all of it in packs.
    expect(bytes).toBeGreaterThan(60e9);
  });

  it('stops waiting when it is told to', async () => {
    const budget = new CreateBudget({ clock: new FastClock(), createsPerMinute: 1 });
    await budget.take();
    await expect(budget.take(AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
  });
});
