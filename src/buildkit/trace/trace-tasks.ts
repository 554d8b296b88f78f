import type { Task } from './trace.ts';

/** Tasks other than pulls and extractions are told from here on: shorter ones are many. */
const toldSeconds = 0.1;

const pullId = /^sha(?:256|512):[0-9a-f]+$/;

/** The line of a task that has ended, so that no time goes missing in the log; undefined: not worth one. */
export function renderTask({ id, bytes, startMs, endMs }: Task): string | undefined {
  const seconds = (endMs - startMs) / 1000;
  const what = shortenDigests(id).replace(/:?\s*$/, '');
  const size = bytes === 0 ? '' : ` ${renderBytes(bytes)}`;
  const time = `${size} in ${seconds.toFixed(1)} s`;
  if (pullId.test(id)) return `pulled ${what}${time}`;
  if (id.startsWith('extracting ')) return `${what.replace('extracting', 'extracted')}${time}`;
  return seconds < toldSeconds ? undefined : `${what}${time}`;
}

function shortenDigests(text: string): string {
  return text.replace(/(sha(?:256|512):[0-9a-f]{12})[0-9a-f]+/g, '$1…');
}

function renderBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
