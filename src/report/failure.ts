import { renderCodeBlock } from './code-block.ts';
import { renderText } from './format.ts';

/** Why a build failed. All but `advice` is foreign text. */
export interface FailureReport {
  /** `Dockerfile:4`. */
  readonly location: string | undefined;
  /** The lines around the failing one; empty: none is known. */
  readonly excerpt: readonly string[];
  readonly reason: string;
  readonly exitCode: number | undefined;
  /** Of the failing step, oldest first. */
  readonly output: readonly string[];
  /** What the reader does next, in sentences. */
  readonly advice: string;
}

const shownOutput = 20;
const shownReason = 8;
const shownExcerpt = 30;

/** The first part of a failed build's summary. */
export function renderFailure({
  location,
  excerpt,
  reason,
  exitCode,
  output,
  advice,
}: FailureReport): string {
  const lines = output.slice(-shownOutput);
  const what = exitCode === undefined ? '' : `The step ended with **exit code ${exitCode}**.`;
  const why = exitCode === undefined ? [renderCodeBlock(reason.split('\n').slice(0, shownReason))] : [];
  return [
    ...(location === undefined && what === '' ? [] : [`> [!CAUTION]\n> ${renderPlace(location, what)}`]),
    ...(excerpt.length === 0 ? [] : [renderCodeBlock(cutExcerpt(excerpt))]),
    ...why,
    ...(lines.length === 0 ? [] : ['The last lines of the step:', renderCodeBlock(lines)]),
    `**What to do:** ${renderText(advice)}`,
  ].join('\n\n');
}

/** An instruction with a here-document may have pages. */
function cutExcerpt(excerpt: readonly string[]): readonly string[] {
  const marked = excerpt.findIndex((line) => /^\s*\d+ \| >>> /.test(line));
  const start = Math.max(0, marked - 5);
  return excerpt.slice(start, start + shownExcerpt);
}

function renderPlace(location: string | undefined, what: string): string {
  return [location === undefined ? '' : `**${renderText(location)}**`, what]
    .filter((part) => part !== '')
    .join(' ');
}
