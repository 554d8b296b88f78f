import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BuildTimes, measureBuildTimes } from '../../../src/buildkit/trace/build-times.ts';
import { BuildTrace } from '../../../src/buildkit/trace/trace.ts';
import { renderTask } from '../../../src/buildkit/trace/trace-tasks.ts';
import { exporters, readTraceLines, replayTrace } from '../../helpers/trace.ts';

const traces = [
  ...[
    'cold',
    'warm',
    'registry-cold',
    'registry-warm',
    'failing',
    'multi-platform',
    'warnings',
    'push-refused',
  ],
  ...[
    'blob-gone',
    'blob-torn',
    'daemon-died',
    'registry-export-failed',
    'registry-gateway-killed',
    'syntax-error',
  ],
];

/** From the first to the last time that the trace names. */
function measureWhole(name: string): number {
  const times = readTraceLines(name)
    .flatMap((line) => line.match(/"(?:started|completed)":"[^"]*"/g) ?? [])
    .map((field) => Date.parse(field.split('"')[3] ?? ''));
  return times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / 1000;
}

const add = (times: BuildTimes): number => Object.values(times).reduce((sum, seconds) => sum + seconds, 0);
const at = (ms: number): string => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();

describe('where the time of a build went', () => {
  it.each(traces)('is within the recorded build %s', (name) => {
    const times = measureBuildTimes(replayTrace(name).trace.vertices, exporters);
    for (const seconds of Object.values(times)) expect(seconds).toBeGreaterThanOrEqual(0);
    expect(add(times)).toBeLessThanOrEqual(measureWhole(name) + 0.001);
  });

  it('is nearly all of a cold build and of a warm one', () => {
    for (const name of ['cold', 'registry-warm'])
      expect(add(measureBuildTimes(replayTrace(name).trace.vertices, exporters))).toBeGreaterThan(
        measureWhole(name) / 2,
      );
  });

  it('knows the layers of the cache that an export waits for', () => {
    const times = measureBuildTimes(replayTrace('registry-warm').trace.vertices, exporters);
    expect(times.layers).toBeGreaterThan(0.06);
    expect(times.imageExport).toBeGreaterThan(0.1);
    expect(times.steps).toBe(0);
  });

  it('counts no moment twice, whatever runs beside what', () => {
    const names = [
      ...[
        '[1/3] RUN a',
        '[b 2/3] COPY a b',
        '[1/2] FROM x',
        'exporting to image',
        'exporting cache to registry',
      ],
      ...['importing cache manifest from x', '[internal] load build context'],
    ];
    const span = fc
      .tuple(fc.nat(5000), fc.nat(2000))
      .map(([start, length]) => ({ start, end: start + length }));
    const vertices = fc.array(
      fc.record({
        name: fc.constantFrom(...names),
        cached: fc.boolean(),
        span,
        tasks: fc.array(span, { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(vertices, (list) => {
        const trace = new BuildTrace();
        for (const [index, { name, cached, span: run, tasks }] of list.entries()) {
          const digest = `sha256:${index}`;
          const vertex = { digest, name, cached, started: at(run.start), completed: at(run.end) };
          const statuses = tasks.map(({ start, end }, task) => ({
            id: task === 0 ? `extracting sha256:${index}` : `sha256:${task}${index}`,
            ...{ vertex: digest, current: 1, started: at(start), completed: at(end) },
          }));
          trace.add(JSON.stringify({ vertexes: [vertex], statuses }));
        }
        const spans = list.flatMap(({ span: run, tasks }) => [run, ...tasks]);
        // By milliseconds: in how many of them went on anything, and anything but the context.
        const counted = new Set<number>();
        for (const { name, span: run, tasks } of list) {
          for (const { start, end } of name.startsWith('[internal]') ? tasks : [run, ...tasks])
            for (let ms = start; ms < end; ms++) counted.add(ms);
        }
        const times = measureBuildTimes(trace.vertices, exporters);
        expect(add(times)).toBeCloseTo(counted.size / 1000, 6);
        for (const seconds of Object.values(times)) expect(seconds).toBeGreaterThanOrEqual(0);
        expect(add(times) * 1000).toBeLessThanOrEqual(
          Math.max(...spans.map(({ end }) => end)) - Math.min(...spans.map(({ start }) => start)) + 0.001,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('the line of a task', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  const task = (id: string, bytes: number, ms: number) => ({ id, bytes, startMs: 1000, endMs: 1000 + ms });

  it.each([
    ['a pull', task(digest, 12.3 * 1024 * 1024, 1200), 'pulled sha256:0123456789ab… 12.3 MiB in 1.2 s'],
    ['a short pull', task(digest, 98, 1), 'pulled sha256:0123456789ab… 98 B in 0.0 s'],
    ['an extraction', task(`extracting ${digest}`, 0, 800), 'extracted sha256:0123456789ab… in 0.8 s'],
    ['the context', task('transferring context:', 2048, 1500), 'transferring context 2.0 KiB in 1.5 s'],
    ['a cache layer', task(`writing layer ${digest}`, 0, 300), 'writing layer sha256:0123456789ab… in 0.3 s'],
    ['a push', task('pushing layers', 0, 4000), 'pushing layers in 4.0 s'],
    ['the image', task('sending tarball', 0, 100), 'sending tarball in 0.1 s'],
    ['what took no time', task('exporting config', 0, 99), undefined],
  ])('%s', (_what, ended, expected) => {
    expect(renderTask(ended)).toBe(expected);
  });

  it('comes once for each pull and each extraction of a recorded build, before its vertex ends', () => {
    for (const name of ['registry-warm', 'registry-export-failed']) {
      const ids = new Set(
        readTraceLines(name)
          .flatMap((line) => JSON.parse(line.startsWith('{') ? line : '{}').statuses ?? [])
          .filter((status) => status.completed !== undefined && /^(?:extracting )?sha256:/.test(status.id))
          .map((status) => status.id),
      );
      const told = replayTrace(name).events.flatMap((event) =>
        event.kind === 'task' ? [event.task.id] : [],
      );
      expect(ids.size).toBeGreaterThan(0);
      expect(told.filter((id) => /^(?:extracting )?sha256:/.test(id)).toSorted()).toEqual(
        [...ids].toSorted(),
      );
    }
  });
});
