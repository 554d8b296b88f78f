import { describe, expect, it } from '@jest/globals';
import { BuildTrace } from '../../../src/buildkit/trace/trace.ts';
import {
  countSteps,
  findCacheExport,
  isStep,
  listImportErrors,
} from '../../../src/buildkit/trace/trace-facts.ts';
import { exporters, readTraceLines, replayTrace } from '../../helpers/trace.ts';

interface TestVertex {
  readonly inputs?: readonly string[];
  readonly started?: string;
  readonly completed?: string;
}
const exporter = { digest: 'sha256:a', name: 'exporting to GitHub Actions Cache' };
const window = { fromMs: expect.any(Number), toMs: expect.any(Number) };
const exported = { kind: 'exported', manifest: undefined, window } as const;
const manifest = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);

describe('facts of a recorded trace', () => {
  it.each([
    ['cold', { cachedSteps: 0, totalSteps: 19 }],
    ['warm', { cachedSteps: 19, totalSteps: 19 }],
    ['registry-cold', { cachedSteps: 0, totalSteps: 5 }],
    ['registry-warm', { cachedSteps: 5, totalSteps: 5 }],
    ['failing', { cachedSteps: 0, totalSteps: 3 }],
    ['multi-platform', { cachedSteps: 1, totalSteps: 5 }],
    ['syntax-error', { cachedSteps: 0, totalSteps: 0 }],
    ['git-unreachable', { cachedSteps: 0, totalSteps: 0 }],
  ])('counts the steps of %s', (name, expected) => {
    expect(countSteps(replayTrace(name).trace.vertices)).toEqual({ ...expected, lostSteps: 0 });
  });

  it.each([
    ['cold', { ...exported, layersWritten: 18 }],
    ['warm', { ...exported, layersWritten: 0 }],
    ['registry-cold', { ...exported, layersWritten: 5, manifest }],
    ['registry-warm', { ...exported, layersWritten: expect.any(Number), manifest }],
    ['registry-export-failed', { kind: 'failed', reason: expect.stringContaining('connection refused') }],
    ['failing', { kind: 'none' }],
    ['service-read-only', { kind: 'failed', reason: 'permission_denied' }],
    ['service-unreachable', { kind: 'failed', reason: expect.stringContaining('connection refused') }],
    ['daemon-died', { kind: 'failed', reason: 'it was interrupted' }],
  ])('tells how the cache export of %s ended', (name, expected) => {
    expect(findCacheExport(replayTrace(name).trace.vertices, exporters)).toEqual(expected);
  });

  it('knows that a warm build has exported what there was already', () => {
    const [cold, warm] = ['registry-cold', 'registry-warm'].map((name) =>
      findCacheExport(replayTrace(name).trace.vertices, exporters),
    );
    expect(warm).toMatchObject({ manifest: cold?.kind === 'exported' ? cold.manifest : 'none' });
  });

  it('says when the export ran, in whole milliseconds', () => {
    const lines = readTraceLines('cold').join('\n');
    const ended = /"name":"exporting to GitHub Actions Cache","started":"([^"]+)","completed":"([^"]+)"/;
    const [, from = '', to = ''] = ended.exec(lines) ?? [];
    expect(findCacheExport(replayTrace('cold').trace.vertices, exporters)).toMatchObject({
      window: { fromMs: Math.floor(Date.parse(from)), toMs: Math.floor(Date.parse(to)) },
    });
    expect(from).toMatch(/^20\d\d-/);
  });

  it.each([
    ['a step that ended before', [{ inputs: ['x'], started: '00', completed: '01' }], window],
    ['what has no input, as a login has none', [{ started: '02', completed: '04' }], window],
    ['a step that did not start', [{ inputs: ['x'] }], window],
    ['a step beside it', [{ inputs: ['x'], started: '00', completed: '04' }], undefined],
    ['a step that never ended', [{ inputs: ['x'], started: '00' }], undefined],
    ['a step after it', [{ inputs: ['x'], started: '06', completed: '07' }], undefined],
  ])('has a window for %s: %p', (_name, others, expected) => {
    const time = (second?: string) =>
      second === undefined ? {} : { started: `2026-01-01T00:00:${second}.5Z` };
    const trace = new BuildTrace();
    const vertexes = others.map(({ inputs, started, completed }: TestVertex, index) => ({
      digest: `sha256:${index}`,
      name: 'exporting something',
      inputs,
      ...time(started),
      ...(completed === undefined ? {} : { completed: `2026-01-01T00:00:${completed}.5Z` }),
    }));
    trace.add(JSON.stringify({ vertexes: [...vertexes, { ...exporter, ...time('03') }] }));
    trace.add(JSON.stringify({ vertexes: [{ ...exporter, completed: '2026-01-01T00:00:05.5Z' }] }));
    expect(findCacheExport(trace.vertices, exporters)).toMatchObject({ kind: 'exported', window: expected });
  });

  it('takes nobody for the exporter where two have its name, and no step', () => {
    const ended = { started: '2026-01-01T00:00:03Z', completed: '2026-01-01T00:00:05Z' };
    const two = new BuildTrace();
    two.add(
      JSON.stringify({
        vertexes: [exporter, { ...exporter, digest: 'sha256:b' }].map((one) => ({ ...one, ...ended })),
      }),
    );
    expect(findCacheExport(two.vertices, exporters).kind).toBe('failed');
    const step = new BuildTrace();
    step.add(JSON.stringify({ vertexes: [{ ...exporter, inputs: ['x'], ...ended }] }));
    expect(findCacheExport(step.vertices, exporters)).toMatchObject({ window: undefined });
  });

  it.each([
    ['cold', []],
    ['registry-warm', []],
    ['service-read-only', ['permission_denied']],
    ['service-unreachable', [expect.stringContaining('connection refused')]],
  ])('lists why the imports of %s failed', (name, expected) => {
    expect(listImportErrors(replayTrace(name).trace.vertices)).toEqual(expected);
  });

  it('has each warning once, with its place', () => {
    const { trace, events } = replayTrace('warnings');
    expect(trace.warnings.map(({ file, line, text }) => `${file}:${line} ${text.split(':')[0]}`)).toEqual([
      'Dockerfile:3 MaintainerDeprecated',
      'Dockerfile:5 ConsistentInstructionCasing',
      'Dockerfile:6 JSONArgsRecommended',
    ]);
    expect(events.filter(({ kind }) => kind === 'warning')).toHaveLength(3);
  });

  it('starts and ends every vertex once where all went well', () => {
    const { trace, events } = replayTrace('cold');
    for (const { number } of trace.vertices) {
      const kinds = events.flatMap((event) =>
        'vertex' in event && event.vertex.number === number ? [event.kind] : [],
      );
      expect(kinds.filter((kind) => kind !== 'output')).toEqual(['started', 'completed']);
    }
    expect(trace.text).toEqual([]);
  });

  it('adds up the time of a step and keeps its output', () => {
    const step = replayTrace('cold').trace.vertices.find(({ name }) =>
      name.includes('install-packages packages.txt'),
    );
    expect(step?.seconds).toBeGreaterThan(0.1);
    expect(step?.output).toBe('installed fonts (300)\ninstalled icons (500)\ninstalled search-index (900)\n');
  });
});

describe('BuildTrace', () => {
  it('keeps lines that are not of the trace', () => {
    const trace = new BuildTrace();
    expect(trace.add('{"broken')).toEqual([{ kind: 'text', line: '{"broken' }]);
    expect(trace.add('ERROR: failed to build: failed to solve: x')).toEqual([
      { kind: 'text', line: 'ERROR: failed to build: failed to solve: x' },
    ]);
    expect(trace.text).toEqual(['{"broken', 'ERROR: failed to build: failed to solve: x']);
  });

  it('ignores output of a vertex that it does not know, and fields that it does not expect', () => {
    const trace = new BuildTrace();
    expect(trace.add('{"logs":[{"vertex":"sha256:x","data":"YQ=="}],"vertexes":null,"new":1}')).toEqual([]);
  });
});

describe('isStep', () => {
  it.each([
    ['[1/3] COPY a b', true],
    ['[build 2/3] RUN make', true],
    ['[linux/arm64 build 2/3] RUN make', true],
    ['[linux/amd64->arm64 build 2/3] RUN make', true],
    ['[stage-1 10/12] WORKDIR /app', true],
    ['[build 1/3] FROM docker.io/library/alpine:3', false],
    ['[internal] load build context', false],
    ['[auth] library/alpine:pull token for registry', false],
    ['importing cache manifest from gha:1', false],
    ['exporting to image', false],
    ['https://example.com/a [1/2] x', false],
  ])('of %s is %p', (name, expected) => {
    expect(isStep({ name })).toBe(expected);
  });
});
