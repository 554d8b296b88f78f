import { describe, expect, it } from '@jest/globals';
import { parseFaults } from '../../src/embedded/simulator/fault-file.ts';
import { faultNames, toFaultFile } from './fault-rules.ts';
import { createScenario, describeScenario } from './scenario.ts';

describe('scenarios of the fault campaign', () => {
  const seeds = Array.from({ length: 500 }, (_, index) => index + 1);
  const scenarios = seeds.map(createScenario);
  const rounds = scenarios.flatMap((scenario) => scenario.rounds);

  it('are decided by their seeds alone', () => {
    expect(seeds.map(createScenario)).toEqual(scenarios);
    expect(new Set(scenarios.map(describeScenario)).size).toBeGreaterThan(490);
  });

  it('have, in 500 seeds, every fault, every moment of a kill, every disturbance, both protocols and dialects', () => {
    const faults = new Set(rounds.flatMap((round) => round.faults.map(({ name }) => name)));
    expect([...faults].toSorted()).toEqual([...faultNames].toSorted());
    expect(new Set(rounds.map(({ kill }) => kill?.kind))).toEqual(
      new Set([undefined, 'call', 'log', 'before-post']),
    );
    expect(new Set(rounds.map(({ before }) => before)).size).toBe(4);
    expect(new Set(rounds.map(({ branch, recipes }) => `${branch} ${recipes.length}`)).size).toBe(4);
    expect(new Set(scenarios.map(({ protocol }) => protocol))).toEqual(new Set([1, 2]));
    const dialects = rounds.map(({ compressions, cleanCompression }) => [...compressions, cleanCompression]);
    expect(new Set(dialects.map((names) => names.join(' to '))).size).toBe(12);
  });

  it('are fault files that the service takes', () => {
    for (const { faults } of rounds) expect(parseFaults(toFaultFile(faults))).toHaveLength(faults.length);
  });
});
