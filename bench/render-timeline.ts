import type { CallSpan, Results, Span, Subject, Timeline } from './results.ts';
import { bar, line, renderSvg, text, toTicks } from './svg.ts';

const width = 860;
const left = 170;
const right = 90;
const rowHeight = 22;
const barHeight = 14;
const callKinds = ['lookup', 'create', 'upload', 'block-list', 'finalize', 'download', 'head'];

/** One recorded run of each side below each other: what ran when, and every call to the cache service. Each has a scale of its own. */
export function renderTimelines({
  timelines,
  profileName,
}: Pick<Results, 'timelines' | 'profileName'>): string {
  const panels: string[] = [];
  let y = 40;
  for (const timeline of timelines) {
    const panel = renderPanel(timeline, y);
    panels.push(...panel.elements);
    y = panel.bottom + 28;
  }
  const title = `What the time is spent on: ${timelines[0]?.title ?? ''}, profile ${profileName}`;
  return renderSvg({ width, height: y, title }, [text(16, 26, title, { className: 'title' }), ...panels]);
}

/** A row of the picture. */
interface Lane {
  readonly name: string;
  readonly note: string;
  readonly className: string;
  readonly spans: readonly (Span | CallSpan)[];
}

function renderPanel(
  { subject, mainSeconds, settledSeconds, phases, calls }: Timeline,
  top: number,
): { readonly elements: readonly string[]; readonly bottom: number } {
  const end = Math.max(settledSeconds, ...phases.map(({ endSeconds }) => endSeconds));
  const toX = (seconds: number): number => left + (Math.max(0, seconds) / end) * (width - left - right);
  const lanes = [...toPhaseLanes(phases, subject), ...toCallLanes(calls)];
  const first = top + 34;
  const bottom = first + lanes.length * rowHeight;
  const summary = `${subject === 'native' ? "BuildKit's own gha client" : 'Hotlayer'}: main step ${mainSeconds.toFixed(1)} s, everything on the service after ${settledSeconds.toFixed(1)} s`;
  const elements = [
    text(16, top + 18, summary),
    ...toTicks(end).flatMap((tick) => [
      line(toX(tick), first - 4, toX(tick), bottom),
      text(toX(tick), bottom + 16, `${tick} s`, { className: 'dim', anchor: 'middle' }),
    ]),
    ...lanes.flatMap(({ name, note, className, spans }, index) => {
      const y = first + index * rowHeight;
      return [
        text(left - 10, y + 12, name, { className: 'dim', anchor: 'end' }),
        ...spans.map((span) =>
          bar(
            {
              x: toX(span.startSeconds),
              y,
              width: toX(span.endSeconds) - toX(span.startSeconds),
              height: barHeight,
            },
            className,
            `${name}: ${span.startSeconds.toFixed(2)}–${span.endSeconds.toFixed(2)} s`,
          ),
        ),
        text(width - right + 8, y + 12, note, { className: 'dim' }),
      ];
    }),
  ];
  return { elements, bottom: bottom + 20 };
}

function toPhaseLanes(phases: readonly Span[], subject: Subject): readonly Lane[] {
  const names = [...new Set(phases.map(({ name }) => name))];
  return names.map((name) => {
    const spans = phases.filter((phase) => phase.name === name);
    const seconds = spans.reduce((sum, span) => sum + span.endSeconds - span.startSeconds, 0);
    return { name, spans, className: subject, note: `${seconds.toFixed(1)} s` };
  });
}

function toCallLanes(calls: readonly CallSpan[]): readonly Lane[] {
  return callKinds
    .map((kind) => ({ kind, spans: calls.filter((call) => call.kind === kind) }))
    .filter(({ spans }) => spans.length > 0)
    .map(({ kind, spans }) => ({
      name: `calls: ${kind}`,
      spans,
      className: 'later native',
      note: `${spans.length} call${spans.length === 1 ? '' : 's'}`,
    }));
}
