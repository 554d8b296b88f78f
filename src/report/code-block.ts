import { toPlainText } from '../printable.ts';

const maxLineLength = 400;

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

function clip(line: string): string {
  const characters = [...line];
  return characters.length <= maxLineLength ? line : `${characters.slice(0, maxLineLength).join('')} …`;
}
