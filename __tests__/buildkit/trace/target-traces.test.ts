import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BakeTraces, sumUp } from '../../../src/buildkit/solve/bake-result.ts';
import { findOwnName, TargetTraces } from '../../../src/buildkit/trace/target-traces.ts';
import { BuildTrace } from '../../../src/buildkit/trace/trace.ts';

const at = (second: number) => `2026-01-01T00:00:0${second}Z`;

interface Told {
  readonly digest: string;
  readonly name: string;
  readonly cached?: boolean;
  readonly isBegun?: boolean;
  readonly from?: number;
  readonly to?: number;
}

function toLine(...told: readonly Told[]): string {
  return JSON.stringify({
    vertexes: told.map(({ digest, name, cached, isBegun = true, from = 1, to = 2 }) => ({
      ...{ digest, name, cached, inputs: ['x'] },
      ...(isBegun ? { started: at(from), completed: at(to) } : {}),
    })),
  });
}

/** What each target comes to after those lines. */
function follow(names: readonly string[], lines: readonly string[]) {
  const words = { exporters: ['exporting cache to registry'], faults: [] };
  const bake = new BakeTraces(names.map((name) => ({ name, words })));
  const whole = new BuildTrace();
  for (const line of lines) {
    bake.add(line);
    whole.add(line);
  }
  return { bake, results: bake.toResults(whole.vertices) };
}

const name = fc.stringMatching(/^[a-zA-Z0-9_-]{1,6}$/);

describe('the trace of a bake', () => {
  it('tells by the name of a vertex of which target it is', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 4 }), fc.nat(), (names, choice) => {
        const owner = names[choice % names.length] ?? '';
        for (const [whole, own] of [
          [`[${owner} stage 1/2] RUN x`, '[stage 1/2] RUN x'],
          [`[${owner}] exporting cache to registry`, 'exporting cache to registry'],
          [`[${owner} internal] load`, '[internal] load'],
        ] as const) {
          for (const target of names)
            expect(findOwnName(whole, target)).toBe(target === owner ? own : undefined);
        }
      }),
    );
  });

  it('is all of one target where there is only one, whose name stands nowhere', () => {
    const traces = new TargetTraces(['a']);
    traces.add(toLine({ digest: '1', name: '[1/2] RUN x' }));
    expect(traces.verticesOf('a')).toHaveLength(1);
  });

  it('counts a shared step for each target, by what any of them was told of it', () => {
    const { results } = follow(
      ['a', 'b', 'c'],
      [
        toLine({ digest: '1', name: '[a base 1/1] RUN x', cached: true }),
        toLine({ digest: '1', name: '[b base 1/1] RUN x', isBegun: false }),
        toLine({ digest: '2', name: '[b 2/2] RUN y' }),
        toLine(
          { digest: '3', name: '[c base 1/1] RUN x', cached: true },
          { digest: '4', name: '[c base 1/1] RUN x' },
        ),
        'text of buildx',
      ],
    );
    expect(results.map(({ name, steps }) => [name, steps.cachedSteps, steps.totalSteps])).toEqual([
      ['a', 1, 1],
      ['b', 1, 2],
      // Twice there, and run once.
      ['c', 0, 1],
    ]);
    expect(sumUp(results).steps).toEqual({ cachedSteps: 2, totalSteps: 4, lostSteps: 0 });
  });

  it('knows the cache export of each, and that of all only when each has come to its end', () => {
    const exporting = (target: string) => ({
      digest: `e-${target}`,
      name: `[${target}] exporting cache to registry`,
    });
    const one = follow(['a', 'b'], [toLine(exporting('a'))]);
    expect(one.results.map(({ cacheExport }) => cacheExport.kind)).toEqual(['exported', 'none']);
    expect(sumUp(one.results).cacheExport.kind).toBe('none');
    expect(one.bake.exporters).toEqual([
      '[a] exporting cache to registry',
      '[b] exporting cache to registry',
    ]);
    const both = follow(['a', 'b'], [toLine(exporting('a'), exporting('b'))]);
    expect(sumUp(both.results).cacheExport.kind).toBe('exported');
  });

  it('does not take an export to be alone while a step of another target runs', () => {
    const step = { digest: '1', name: '[b 1/1] RUN x', from: 1, to: 5 };
    const ended = JSON.stringify({
      vertexes: [{ digest: 'e', name: '[a] exporting cache to registry', started: at(2), completed: at(3) }],
    });
    const [busy] = follow(['a', 'b'], [toLine(step), ended]).results;
    expect(busy?.cacheExport).toMatchObject({ kind: 'exported', window: undefined });
    const [alone] = follow(['a', 'b'], [toLine({ ...step, to: 2 }), ended]).results;
    expect(alone?.cacheExport).toMatchObject({ kind: 'exported', window: { fromMs: expect.any(Number) } });
  });
});
