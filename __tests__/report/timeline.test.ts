import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { listTimeline } from '../../src/buildkit/trace/timeline.ts';
import { renderTimeline, type TimelineRow } from '../../src/report/timeline.ts';
import { exporters, replayTrace } from '../helpers/trace.ts';

/** GitHub leaves Mermaid's own limit as it is. */
const maxTextSize = 50_000;

const head = [
  /^```mermaid$/,
  /^gantt$/,
  /^dateFormat HH:mm:ss\.SSS$/,
  /^axisFormat %[^#;:]*(?::%[MS])*[^#;:]*$/,
  /^tickInterval [1-9]\d*(?:millisecond|second|minute)$/,
  /^todayMarker off$/,
];
const section = /^section (?:Prepare|Cache import|From cache|Layers|Steps|Image|Push|Cache export|Other)$/;
/**
 * A task: words of our own first, then a name in which Mermaid, HTML and Markdown find nothing, then its data. The only
 * colon that is no entity is the one before the data.
 */
const task =
  /^(?:\d+ m \d\d s|\d+\.\d s|\d+ ms|cached) (?:[\p{L}\p{N} ./_+()=@'?!*|~^[\]…-]|#\d+;)*:(?:(?:crit|done|active), )?\d\d:\d\d:\d\d\.\d{3}, \d+ms$/u;

function expectOnlyOwnSyntax(text: string): readonly string[] {
  const lines = text.split('\n');
  const body = lines.slice(head.length, -1);
  head.forEach((pattern, index) => {
    expect(lines[index]).toMatch(pattern);
  });
  expect(lines.at(-1)).toBe('```');
  for (const line of body) if (!line.startsWith('section ')) expect(line).toMatch(task);
  const tasks = body.filter((line) => !section.test(line));
  expect(body.length - tasks.length).toBe(new Set(body.filter((line) => section.test(line))).size);
  expect(text.length).toBeLessThan(maxTextSize);
  expect(text).not.toMatch(/%%|[<>{}$\\"]/);
  return tasks;
}

const row = (name: string, startMs: number, endMs: number, more: Partial<TimelineRow> = {}): TimelineRow => ({
  ...{ section: 'ran', name, startMs, endMs, end: 'done' },
  ...more,
});

describe('the timeline of a build', () => {
  it('has a section for each kind of work, and the longest stand out', () => {
    const text = renderTimeline([
      row('[internal] load build context', 0, 200, { section: 'prepare' }),
      row('[1/3] COPY . .', 200, 200, { section: 'cached' }),
      row('[2/3] RUN a', 201, 202, { section: 'cached' }),
      row('[base 1/1] RUN b', 190, 190, { section: 'cached' }),
      row('[2/3] RUN make', 200, 65_432),
      row('[3/3] RUN true', 65_432, 65_500),
      row('push the image', 65_500, 80_000, { section: 'push' }),
    ]);
    expect(text.split('\n').slice(2)).toEqual([
      ...['dateFormat HH:mm:ss.SSS', 'axisFormat %-M:%S', 'tickInterval 10second', 'todayMarker off'],
      ...[
        'section From cache',
        'cached 2 steps :done, 00:00:00.200, 800ms',
        'cached 1 step of base :done, 00:00:00.190, 800ms',
      ],
      ...['section Steps', '1 m 05 s [2/3] RUN make :crit, 00:00:00.200, 65232ms'],
      '68 ms [3/3] RUN true :00:01:05.432, 68ms',
      ...['section Push', '14.5 s push the image :crit, 00:01:05.500, 14500ms'],
      ...['section Other', '200 ms 1 more :active, 00:00:00.000, 200ms', '```'],
    ]);
  });

  it('marks what failed, and then nothing else', () => {
    const text = renderTimeline([
      row('a', 0, 9000),
      row('b', 9000, 9100, { end: 'failed' }),
      row('c', 9000, 9100, { end: 'cut' }),
    ]);
    expect(text.match(/crit/g)).toHaveLength(1);
    expect(text).toContain('100 ms FAILED b :crit, ');
    expect(text).toContain('100 ms cut off c :00:00:09.000');
  });

  it.each([
    ['nothing', []],
    ['no time', [row('a', 0, 0)]],
    ['more than a day', [row('a', 0, 25 * 3_600_000)]],
  ])('is not there for %s', (_what, rows) => {
    expect(renderTimeline(rows)).toBe('');
  });

  it.each([
    ...['cold', 'warm', 'registry-cold', 'registry-warm', 'failing', 'multi-platform', 'warnings'],
    ...['push-refused', 'blob-gone', 'daemon-died', 'registry-export-failed', 'missing-file'],
  ])('of the recorded build %s is sound, and within the time that it took', (name) => {
    const bars = listTimeline(replayTrace(name).trace.vertices, exporters);
    expect(expectOnlyOwnSyntax(renderTimeline(bars)).length).toBeGreaterThan(0);
    for (const { startMs, endMs } of bars) {
      expect(startMs).toBeGreaterThanOrEqual(0);
      expect(endMs).toBeGreaterThanOrEqual(startMs);
    }
  });

  it('has 60 rows at the most, keeps the longest and what failed, and sums the rest', () => {
    const rows = Array.from({ length: 500 }, (_, n) => row(`step ${n}`, n * 1000, n * 1000 + 100 + n));
    const failed = row('the one', 500_000, 500_001, { end: 'failed' });
    const tasks = expectOnlyOwnSyntax(renderTimeline([...rows, failed]));
    expect(tasks).toHaveLength(60);
    expect(tasks.some((line) => line.includes('FAILED the one'))).toBe(true);
    expect(tasks.some((line) => line.includes('step 499'))).toBe(true);
    expect(tasks.at(-1)).toContain(' 442 more ');
  });

  it('holds no syntax but its own, whatever the names of the steps are', () => {
    const words = [
      ...[
        'section x',
        'gantt',
        'title x',
        'click a href "javascript:alert(1)"',
        'end',
        'dateFormat X',
        '%%{init: {}}%%',
      ],
      ...[
        '```',
        '\n',
        '\r\nsection y\n',
        ':',
        ';',
        '#',
        ',',
        '%%',
        '<script>',
        '#lt;',
        '&lt;',
        '$$x$$',
        '\u2028',
        '\ufb02°°60¶ß',
      ],
      ...['accDescr {', 'style a:#b;', '---', ' ', '\u202e', '\ud800', '😀', '::error::x', '\\', '`'],
    ];
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 3 })), { maxLength: 60 })
        .map((all) => all.join('')),
    );
    const rows = fc.array(
      fc.record({
        name,
        startMs: fc.nat(100_000),
        length: fc.nat(20_000_000),
        section: fc.constantFrom('prepare', 'ran', 'cached', 'layers', 'push', 'cache export'),
        end: fc.constantFrom('done', 'failed', 'cut'),
      }),
      { minLength: 1, maxLength: 90 },
    );
    fc.assert(
      fc.property(rows, (list) => {
        const all = list.map(
          ({ length, ...rest }): TimelineRow => ({ ...rest, endMs: rest.startMs + length }),
        );
        const text = renderTimeline(all);
        if (text === '') return;
        const tasks = expectOnlyOwnSyntax(text);
        expect(tasks.length).toBeLessThanOrEqual(60);
        const told = tasks.at(-1)?.match(/^\S+ \S+ (?:\d+ s )?(\d+) more :active/)?.[1];
        const summed = text.includes('\nsection Other\n') ? Number(told) : 0;
        // Cached ones are told together.
        const cached = tasks.filter((line) => line.startsWith('cached ')).length;
        const others = all.filter((each) => each.section !== 'cached').length;
        const shown = tasks.length - (summed > 0 ? 1 : 0) + summed;
        if (cached === 0 || summed === 0) expect(shown - cached).toBe(others);
        expect(shown).toBeGreaterThanOrEqual(others);
        expect(shown).toBeLessThanOrEqual(all.length);
      }),
      { numRuns: 300 },
    );
  });
});
