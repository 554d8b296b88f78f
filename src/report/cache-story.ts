import type { RefName } from '../policy/types.ts';
import { renderCode, renderText } from './format.ts';
import { renderRef } from './plan-table.ts';

/** What the cache gave to a build, and where it ended. */
export interface CacheStory {
  /** Caches of the plan that had something; undefined: nobody says. */
  readonly sources: readonly CacheSource[] | undefined;
  readonly hasImports: boolean;
  /** Of the input `no-cache`. */
  readonly isOff: boolean;
  readonly firstMisses: readonly CacheMiss[];
}

export interface CacheSource {
  readonly ref: RefName;
  /** Of the run that wrote it; undefined: not known. */
  readonly runId: string | undefined;
  readonly runUrl: string | undefined;
  /** Since it was written; undefined: not known. */
  readonly ageMs: number | undefined;
}

/** Names are foreign text. */
export interface CacheMiss {
  readonly name: string;
  readonly before: string | undefined;
  readonly isLost: boolean;
}

const toldMisses = 3;
const maxNameLength = 120;

/** Some sentences for people who do not know what a cache scope is. */
export function renderCacheStory(
  story: CacheStory,
  steps: { readonly cachedSteps: number; readonly totalSteps: number },
): string {
  const { cachedSteps, totalSteps } = steps;
  if (totalSteps === 0) return '';
  if (cachedSteps === 0)
    return [`**No step came from the cache: ${renderNone(story)}**`, ...listMisses(story)].join('\n');
  const count = `**${cachedSteps} of ${totalSteps} steps came from the cache**`;
  const sources = (story.sources ?? []).map(renderSource);
  const whole = `${count}${sources.length === 0 ? '' : ` of ${sources.join(' and of ')}`}.`;
  return [whole, ...(cachedSteps === totalSteps ? [] : listMisses(story))].join('\n');
}

function renderNone({ isOff, hasImports, sources }: CacheStory): string {
  if (isOff) return 'the input no-cache asks for that.';
  if (!hasImports) return 'this run imports none.';
  if (sources?.length === 0) return 'there is none for this build yet. This run makes it for the next one.';
  return 'what is there does not fit.';
}

function renderSource({ ref, runId, runUrl, ageMs }: CacheSource): string {
  const run =
    runId === undefined ? '' : runUrl === undefined ? renderText(runId) : `[${renderText(runId)}](${runUrl})`;
  const when = ageMs === undefined ? '' : ` ${renderAge(ageMs)}`;
  const written = run === '' && when === '' ? '' : `, written${run === '' ? '' : ` by run ${run}`}${when}`;
  return `${renderText(renderRef(ref))}${written}`;
}

/** Only where there was a cache to end. */
function listMisses({ firstMisses, isOff, hasImports, sources }: CacheStory): readonly string[] {
  if (isOff || !hasImports || sources?.length === 0) return [];
  const told = firstMisses.slice(0, toldMisses).map((miss) => `- ${renderMiss(miss)}`);
  const more = firstMisses.length - told.length;
  if (told.length === 0) return [];
  return [
    '',
    'Where the cache ended, and why:',
    '',
    ...told,
    ...(more > 0 ? [`- and at ${more} more steps`] : []),
  ];
}

function renderMiss({ name, before, isLost }: CacheMiss): string {
  const instruction = /^\[[^\]]*\] (\w+)/.exec(name)?.[1] ?? '';
  const base = before === undefined ? ', or the image that it stands on' : '';
  const why = isLost
    ? 'the cache names its layer, but the layer is gone'
    : instruction === 'COPY' || instruction === 'ADD'
      ? `the files that it copies have changed${base === '' ? ', or the line itself' : `, the line itself${base}`}`
      : `the line has changed, or what it uses (a build argument, a mount)${base}`;
  const last = before === undefined ? '' : `. The step before it came from the cache: ${renderName(before)}`;
  return `${renderName(name)}: ${why}${last}.`;
}

/** A RUN with a here-document may have pages. */
function renderName(name: string): string {
  const characters = [...name];
  const isLong = characters.length > maxNameLength;
  return renderCode(isLong ? `${characters.slice(0, maxNameLength).join('')} …` : name);
}

/** `2 hours ago`; of a clock that is ahead, `a moment ago`. */
export function renderAge(ageMs: number): string {
  const minutes = Math.round(ageMs / 60_000);
  if (minutes < 2) return 'a moment ago';
  if (minutes < 90) return `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}
