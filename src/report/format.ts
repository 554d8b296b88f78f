import { toPlainText } from '../printable.ts';

const mebibyte = 1024 * 1024;

/** `12.3 MiB`. */
export function renderSize(sizeBytes: number): string {
  return `${(sizeBytes / mebibyte).toFixed(1)} MiB`;
}

/** `4.2 s`. */
export function renderSeconds(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}

/** Nobody sees it. GitHub looks for mentions, issues and addresses last, and finds none with this in it. */
const gap = '&#8203;';

/**
 * Text as it may stand in a cell of a Markdown table: no HTML, no new cell, no new line, no formatting, no mathematics,
 * no link, and nobody is mentioned.
 */
export function renderText(text: string): string {
  return escapeText(text).replace(/&#64;|&#35;(?=\d)|\bGH-(?=\d)|\bwww(?=\.)/gi, `$&${gap}`);
}

/** Without the gaps, which whoever copies a name would copy with it. */
function escapeText(text: string): string {
  return toPlainText(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\|`*_[\]~#@!$]|:(?=\/\/)/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A name in fixed-width letters; HTML, because a backtick in the name would end a Markdown code span. */
export function renderCode(text: string): string {
  return `<code>${escapeText(text)}</code>`;
}

/** A Markdown table; the cells are Markdown already. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const render = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [render(head), render(head.map(() => '---')), ...rows.map(render)].join('\n');
}
