import { describe, expect, it } from '@jest/globals';
import { ProgressLog } from '../../../src/buildkit/trace/progress-log.ts';
import { BuildTrace } from '../../../src/buildkit/trace/trace.ts';
import { toPrintable } from '../../../src/printable.ts';
import { replayTrace } from '../../helpers/trace.ts';

function render(events: ReturnType<typeof replayTrace>['events'], dockerfile?: string, annotates?: boolean) {
  const lines: string[] = [];
  const warnings: unknown[] = [];
  const log = new ProgressLog(
    {
      info: (line) => void lines.push(line),
      warning: (message, properties) => void warnings.push({ message, ...properties }),
    },
    dockerfile,
    annotates,
  );
  for (const event of events) log.write(event);
  return { lines, warnings };
}

describe('ProgressLog', () => {
  it('shows a failing build: names, output, how it ended, and the place in the Dockerfile', () => {
    const { lines } = render(replayTrace('failing').events);
    const shown = lines.map((line) => line.replace(/\d+\.\d s/, 'N s'));
    expect(shown).toContain('#3 [3/3] RUN echo one; echo "two: no such thing" >&2; exit 7');
    expect(shown).toContain('#3 | one');
    expect(shown).toContain('#3 | two: no such thing');
    expect(shown).toContain('#4 done in N s');
    expect(shown.filter((line) => line.startsWith('#3 FAILED after N s: process'))).toHaveLength(1);
    expect(shown).toContain('   4 | >>> RUN echo one; echo "two: no such thing" >&2; exit 7');
  });

  it('gives a cached step one line', () => {
    const { lines } = render(replayTrace('warm').events);
    expect(lines.filter((line) => line.includes('RUN install-packages'))).toEqual([
      expect.stringMatching(/^#\d+ \[packages 4\/4\] RUN install-packages packages\.txt CACHED$/),
    ]);
  });

  it('annotates a warning once, at its line of the Dockerfile', () => {
    const { warnings } = render(replayTrace('warnings').events, 'app/Dockerfile');
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toMatchObject({
      title: 'Dockerfile',
      file: 'app/Dockerfile',
      startLine: 3,
      message: expect.stringMatching(/^MaintainerDeprecated: .*https:\/\//),
    });
  });

  it('has warnings as lines where nobody wants annotations', () => {
    const { lines, warnings } = render(replayTrace('warnings').events, 'app/Dockerfile', false);
    expect(warnings).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^Dockerfile:3 MaintainerDeprecated: /));
  });

  it.each([
    ['of a Dockerfile that is no file of this repository', undefined],
    ['of another file than the Dockerfile', 'app/other.Dockerfile'],
  ])('points to no file of this repository with a warning %s', (_what, dockerfile) => {
    const { warnings } = render(replayTrace('warnings').events, dockerfile);
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toEqual({
      title: 'Dockerfile',
      message: expect.stringMatching(/^Dockerfile:3: MaintainerDeprecated: /),
    });
  });

  it('joins output that arrives in pieces, and shows the last state of a progress bar', () => {
    const trace = new BuildTrace();
    const say = (text: string) =>
      trace.add(JSON.stringify({ logs: [{ vertex: 'v', data: Buffer.from(text).toString('base64') }] }));
    const events = [
      ...trace.add('{"vertexes":[{"digest":"v","name":"[1/1] RUN x","started":"2026-01-01T00:00:00Z"}]}'),
      ...say('he'),
      ...say('llo\r\n10%\r50%\r100%\nlast'),
      ...trace.add(
        '{"vertexes":[{"digest":"v","name":"[1/1] RUN x","started":"2026-01-01T00:00:00Z","completed":"2026-01-01T00:00:01.5Z"}]}',
      ),
    ];
    expect(render(events).lines).toEqual([
      '#1 [1/1] RUN x',
      '#1 | hello',
      '#1 | 100%',
      '#1 | last',
      '#1 done in 1.5 s',
    ]);
  });
});

describe('output that arrives in pieces', () => {
  const start = '{"vertexes":[{"digest":"v","name":"[1/1] RUN x","started":"2026-01-01T00:00:00Z"}]}';
  const say = (bytes: Buffer, stream = 1): string =>
    JSON.stringify({ logs: [{ vertex: 'v', stream, data: bytes.toString('base64') }] });

  it('is whole where a piece ends within a character, on both streams', () => {
    const trace = new BuildTrace();
    const bytes = Buffer.from('日本語 \u{1f600}\n');
    const lines = [...bytes]
      .map((byte) => say(Buffer.from([byte])))
      .concat([...bytes].map((byte) => say(Buffer.from([byte]), 2)));
    const events = [start, ...lines].flatMap((line) => trace.add(line));
    expect(render(events).lines.slice(1)).toEqual(['#1 | 日本語 \u{1f600}', '#1 | 日本語 \u{1f600}']);
    expect(trace.vertices[0]?.output).toBe('日本語 \u{1f600}\n日本語 \u{1f600}\n');
  });

  it('takes time in step with its length where one line has many', () => {
    const trace = new BuildTrace();
    const piece = say(Buffer.alloc(1024, 'x'));
    const started = performance.now();
    const events = [start, ...Array.from({ length: 20_000 }, () => piece), say(Buffer.from('\n'))].flatMap(
      (line) => trace.add(line),
    );
    expect(render(events).lines.at(-1)).toHaveLength('#1 | '.length + 20_000 * 1024);
    // What looks at the line again with each piece takes minutes.
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe('toPrintable', () => {
  it.each([
    ['::error::x', false],
    ['  ::stop-commands::y', false],
    ['a\n::add-mask::b', false],
    ['x ##[add-mask]b', false],
    ['plain :: text', true],
    ['\u001b[32mgreen\u001b[0m\ttab', true],
    ['bell\u0007', false],
  ])('of %p', (text, isSame) => {
    const shown = toPrintable(text);
    expect(shown === text).toBe(isSame);
    expect(shown).not.toMatch(/^\s*::/m);
    expect(shown).not.toContain('##[');
  });
});
