const mebibyte = 1024 * 1024;

/** `12.3 MiB`. */
export function renderSize(sizeBytes: number): string {
  return `${(sizeBytes / mebibyte).toFixed(1)} MiB`;
}

/** `4.2 s`. */
export function renderSeconds(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}

/** Text as it may stand in a cell of a Markdown table: no HTML, no new cell, no new line, no formatting. */
export function renderText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\|`*_[\]~#@!]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

/** A name in fixed-width letters; HTML, because a backtick in the name would end a Markdown code span. */
export function renderCode(text: string): string {
  return `<code>${renderText(text)}</code>`;
}

/** A Markdown table; the cells are Markdown already. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const render = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [render(head), render(head.map(() => '---')), ...rows.map(render)].join('\n');
}
