import type { Span } from './results.ts';
import { isCacheExport } from './trace.ts';

export interface LogLine {
  /** Since the start of main. */
  readonly seconds: number;
  readonly text: string;
}

/** Groups of a log and BuildKit's cache export in it. */
export function parseLogSpans(lines: readonly LogLine[]): readonly Span[] {
  const spans: Span[] = [];
  let group: { readonly name: string; readonly startSeconds: number } | undefined;
  let exporting: { readonly number: string | undefined; readonly startSeconds: number } | undefined;
  for (const { seconds, text } of lines) {
    const name = /^::group::(.*)$/.exec(text)?.[1];
    const [, number, words = ''] = /^#(\d+) (.*)$/.exec(text) ?? [];
    if (name !== undefined) group = { name, startSeconds: seconds };
    else if (text === '::endgroup::' && group !== undefined) {
      spans.push({ ...group, endSeconds: seconds });
      group = undefined;
    } else if (number !== undefined && isCacheExport({ name: words })) {
      exporting = { number, startSeconds: seconds };
    } else if (exporting !== undefined && number === exporting.number && /^(done|FAILED)/.test(words)) {
      const { startSeconds } = exporting;
      spans.push({ name: 'Export the cache', startSeconds, endSeconds: seconds });
      exporting = undefined;
    }
  }
  return spans;
}
