import { renderMermaidText } from './mermaid-text.ts';

/** What a build did and when, in milliseconds since its begin. */
export interface TimelineRow {
  readonly section: keyof typeof sections;
  /** Foreign text. */
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly end: 'done' | 'failed' | 'cut';
}

/** In their order. */
const sections = {
  prepare: 'Prepare',
  'cache import': 'Cache import',
  cached: 'From cache',
  layers: 'Layers',
  ran: 'Steps',
  image: 'Image',
  push: 'Push',
  'cache export': 'Cache export',
} as const;
const sectionNames = new Map<string, string>(Object.entries(sections));

const maxRows = 60;
const maxNameLength = 44;
const longestCount = 3;
/** Of the whole: what is shorter is told apart from the rest only where it is a step, a push or what failed. */
const toldShare = 0.01;
/** Of the whole: what is shorter does not stand out. */
const longShare = 0.1;
/** Starts are times of the day, so that no time zone of a reader moves them. */
const maxMs = 24 * 3_600_000;
const ticks = [
  ...[100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000],
  ...[60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 7_200_000],
];

/**
 * A Mermaid gantt of the build, as a Markdown code block; empty where nothing took any time. GitHub's Mermaid draws up to
 * 50,000 characters; this has 60 rows at the most, and half of that.
 */
export function renderTimeline(rows: readonly TimelineRow[]): string {
  const wholeMs = Math.ceil(Math.max(0, ...rows.map(({ endMs }) => endMs)));
  if (wholeMs === 0 || wholeMs >= maxMs) return '';
  const { shown, rest } = choose(joinCached(rows, wholeMs), wholeMs);
  const longest = findLongest(shown, wholeMs);
  const lines = [...sectionNames].flatMap(([section, title]) => {
    const own = shown.filter((row) => row.section === section);
    if (own.length === 0) return [];
    return [`section ${title}`, ...own.map((row) => renderRow(row, longest.has(row)))];
  });
  return [
    '```mermaid',
    'gantt',
    'dateFormat HH:mm:ss.SSS',
    ...renderAxis(wholeMs),
    'todayMarker off',
    ...lines,
    ...(rest.length === 0 ? [] : ['section Other', renderRest(rest)]),
    '```',
  ].join('\n');
}

/** Cached steps take no time, and are told together, one row a stage; as wide as is needed to see them. */
function joinCached(rows: readonly TimelineRow[], wholeMs: number): readonly TimelineRow[] {
  const isCached = ({ section }: TimelineRow): boolean => section === 'cached';
  const cached = rows.filter(isCached);
  const stages = new Set(cached.map(({ name }) => toStage(name)));
  // BuildKit names them in no order.
  const joined = [...stages].toSorted().map((stage): TimelineRow => {
    const own = cached.filter(({ name }) => toStage(name) === stage);
    const count = own.length === 1 ? '1 step' : `${own.length} steps`;
    const name = stage === '' ? count : `${count} of ${stage}`;
    const startMs = Math.min(...own.map((row) => row.startMs));
    return { section: 'cached', name, startMs, endMs: startMs + wholeMs * toldShare, end: 'done' };
  });
  return [...rows.filter((row) => !isCached(row)), ...joined];
}

/** BuildKit names a step `[stage 2/5] …`, with the platform before the stage where there are several. */
function toStage(name: string): string {
  return /^\[([^\]]*?) ?\d+\/\d+\]/.exec(name)?.[1] ?? '';
}

/** The longest of all, and all that failed; the others are summed. */
function choose(rows: readonly TimelineRow[], wholeMs: number) {
  const weigh = (row: TimelineRow): number => (row.end === 'failed' ? maxMs : toLength(row));
  const isTold = (row: TimelineRow): boolean =>
    row.end === 'failed' ||
    row.section === 'ran' ||
    row.section === 'cached' ||
    row.section === 'push' ||
    toLength(row) >= wholeMs * toldShare;
  const told = rows.filter(isTold);
  const places = told.length === rows.length && told.length <= maxRows ? maxRows : maxRows - 1;
  const kept = new Set(told.toSorted((a, b) => weigh(b) - weigh(a)).slice(0, places));
  return { shown: rows.filter((row) => kept.has(row)), rest: rows.filter((row) => !kept.has(row)) };
}

function findLongest(rows: readonly TimelineRow[], wholeMs: number): ReadonlySet<TimelineRow> {
  const failed = rows.filter(({ end }) => end === 'failed');
  if (failed.length > 0) return new Set(failed);
  return new Set(
    rows
      .filter((row) => toLength(row) >= wholeMs * longShare)
      .toSorted((a, b) => toLength(b) - toLength(a))
      .slice(0, longestCount),
  );
}

function renderRow(row: TimelineRow, standsOut: boolean): string {
  const name = renderMermaidText(row.name, maxNameLength);
  const { section, end, startMs } = row;
  // A name never stands first in its line.
  const time = section === 'cached' ? '' : `${renderShort(toLength(row))} `;
  const mark =
    section === 'cached' ? 'cached ' : end === 'failed' ? 'FAILED ' : end === 'cut' ? 'cut off ' : '';
  const tag = standsOut ? 'crit, ' : section === 'cached' ? 'done, ' : section === 'ran' ? '' : 'active, ';
  return `${time}${mark}${name} :${tag}${renderTime(startMs)}, ${toLength(row)}ms`;
}

function renderRest(rest: readonly TimelineRow[]): string {
  const start = Math.min(...rest.map(({ startMs }) => startMs));
  const length = measureUnion(rest);
  return `${renderShort(length)} ${rest.length} more :active, ${renderTime(start)}, ${length}ms`;
}

/** Milliseconds in which at least one of them went on. */
function measureUnion(rows: readonly TimelineRow[]): number {
  let length = 0;
  let end = 0;
  for (const row of rows.toSorted((a, b) => a.startMs - b.startMs)) {
    length += Math.max(row.endMs - Math.max(row.startMs, end), 0);
    end = Math.max(end, row.endMs);
  }
  return Math.round(length);
}

function renderAxis(wholeMs: number): readonly string[] {
  const tick = ticks.find((each) => wholeMs / each <= 10) ?? 14_400_000;
  const interval =
    tick < 1000 ? `${tick}millisecond` : tick < 60_000 ? `${tick / 1000}second` : `${tick / 60_000}minute`;
  const form =
    tick < 1000 ? '%-S.%L s' : wholeMs < 60_000 ? '%-S s' : wholeMs < 3_600_000 ? '%-M:%S' : '%-H:%M:%S';
  return [`axisFormat ${form}`, `tickInterval ${interval}`];
}

function toLength({ startMs, endMs }: TimelineRow): number {
  return Math.max(0, Math.round(endMs - startMs));
}

/** `43 ms`, `12.3 s`, `4 m 05 s`. */
function renderShort(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`;
}

/** `00:01:02.345`. */
function renderTime(ms: number): string {
  return new Date(Math.max(0, Math.round(ms))).toISOString().slice(11, 23);
}
