import { toPlainText } from '../printable.ts';

const maxLineLength = 4000;

/** Foreign lines as a Markdown code block; its fence is longer than any row of backticks in them. */
export function renderCodeBlock(lines: readonly string[]): string {
  const shown = lines.map((line) => clip(toPlainText(line).replaceAll('\n', ' ')));
  const longest = Math.max(
    2,
    ...shown.flatMap((line) => line.match(/`+/g) ?? []).map(({ length }) => length),
  );
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...shown, fence].join('\n');
}

/** Whole or not at all: the runner does not mask the half of a secret. */
function clip(line: string): string {
  return line.length <= maxLineLength ? line : `(a line of ${line.length} characters, which is in the log)`;
}
