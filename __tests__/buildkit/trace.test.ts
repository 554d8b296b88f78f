import { describe, expect, it } from '@jest/globals';
import { BuildTrace } from '../../src/buildkit/trace.ts';
import { countSteps, findCacheExport, isStep, listImportErrors } from '../../src/buildkit/trace-facts.ts';
import { replayTrace } from '../helpers/trace.ts';

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
    ['cold', { kind: 'exported', layersWritten: 18 }],
    ['warm', { kind: 'exported', layersWritten: 0 }],
    ['registry-cold', { kind: 'exported', layersWritten: 5 }],
    ['registry-warm', { kind: 'exported', layersWritten: expect.any(Number) }],
    ['registry-export-failed', { kind: 'failed', reason: expect.stringContaining('connection refused') }],
    ['failing', { kind: 'none' }],
    ['service-read-only', { kind: 'failed', reason: 'permission_denied' }],
    ['service-unreachable', { kind: 'failed', reason: expect.stringContaining('connection refused') }],
    ['daemon-died', { kind: 'failed', reason: 'it was interrupted' }],
  ])('tells how the cache export of %s ended', (name, expected) => {
    expect(findCacheExport(replayTrace(name).trace.vertices)).toEqual(expected);
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
      'Dockerfile:1 ConsistentInstructionCasing',
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
    expect(trace.add('error: failed to solve: x')).toEqual([
      { kind: 'text', line: 'error: failed to solve: x' },
    ]);
    expect(trace.text).toEqual(['{"broken', 'error: failed to solve: x']);
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
