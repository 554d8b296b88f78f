import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { playScenario, renderLogs } from '../chaos/play.ts';
import { Reference } from '../chaos/reference.ts';
import { createScenario, describeScenario } from '../chaos/scenario.ts';

/** Of `npm test`; `npm run chaos` names others. */
const chosen = [11, 18, 29, 36];
const asked = readSeeds();
const isLong = asked !== undefined;
const seeds = asked ?? chosen;

describe('the fault campaign', () => {
  let reference: Reference;
  beforeAll(async () => {
    reference = await Reference.start();
  });
  afterAll(async () => {
    await reference.stop();
  });

  it.each(seeds)(
    'seed %d',
    async (seed) => {
      const scenario = createScenario(seed);
      const started = performance.now();
      const logs = process.env['HOTLAYER_CHAOS_LOGS'];
      const jobs: string[] = [];
      const played = await playScenario(scenario, reference, (where, outcome) => {
        jobs.push(`${where}: ${outcome.seconds.main.toFixed(1)} + ${outcome.seconds.post.toFixed(1)} s`);
        if (logs !== undefined) writeFileSync(path.join(logs, `${seed} ${where}.log`), renderLogs(outcome));
      });
      const file = process.env['HOTLAYER_CHAOS_REPORT'];
      if (file !== undefined) {
        const line = {
          ...{ seed, scenario: describeScenario(scenario), seconds: (performance.now() - started) / 1000 },
          ...{ jobs, ...played, strikes: Object.fromEntries(played.strikes) },
        };
        await writeFile(file, `${JSON.stringify(line)}\n`, { flag: 'a' });
      }
      const verdict = played.faults.length === 0 ? 'ok' : 'FAILED';
      if (isLong)
        process.stdout.write(
          `seed ${seed} ${verdict}, ${played.builds} builds: ${describeScenario(scenario)}\n`,
        );
      const told = played.faults.map((fault) => `${describeScenario(scenario)}\n${fault}`);
      expect(told).toEqual([]);
    },
    300_000,
  );
});

function readSeeds(): readonly number[] | undefined {
  const count = Number(process.env['HOTLAYER_CHAOS_SEEDS'] ?? '0');
  const first = Number(process.env['HOTLAYER_CHAOS_FIRST'] ?? '1');
  return count > 0 ? Array.from({ length: count }, (_, index) => first + index) : undefined;
}
