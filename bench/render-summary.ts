import { line, renderSvg, text } from './svg.ts';

const width = 760;
const margin = 16;
const rowHeight = 26;
const gap = 14;
/** Of the 13 px font, on the average. */
const charWidth = 7;

/** An SVG of a job summary: headings, tables and paragraphs of its Markdown, one below the other. */
export function renderSummaryPicture(markdown: string): string {
  const elements: string[] = [];
  let y = margin;
  for (const block of markdown.trim().split(/\n\n+|\n(?=### )|(?<=^### [^\n]*)\n/m)) {
    const lines = block.split('\n');
    if (lines.every((each) => each.startsWith('|'))) y = drawTable(lines, y, elements);
    else for (const each of lines) y = drawText(each, y, elements);
    y += gap;
  }
  return renderSvg({ width, height: y, title: 'The job summary of a build' }, elements);
}

function drawText(markdown: string, y: number, elements: string[]): number {
  const heading = /^#+ (.*)$/.exec(markdown)?.[1];
  const options = heading === undefined ? {} : { className: 'title' };
  elements.push(text(margin, y + rowHeight - 8, toPlain(heading ?? markdown), options));
  return y + rowHeight;
}

function drawTable(lines: readonly string[], top: number, elements: string[]): number {
  const rows = lines.filter((_, index) => index !== 1).map(toCells);
  const columns = Math.max(...rows.map((cells) => cells.length));
  const widths = Array.from(
    { length: columns },
    (_, index) => Math.max(...rows.map((cells) => (cells[index] ?? '').length)) * charWidth + 2 * margin,
  );
  let y = top;
  for (const [number, cells] of rows.entries()) {
    let x = margin;
    for (const [index, cell] of cells.entries()) {
      const options = number === 0 ? { className: 'dim' } : {};
      elements.push(text(x, y + rowHeight - 8, cell, options));
      x += widths[index] ?? 0;
    }
    y += rowHeight;
    elements.push(line(margin, y, Math.min(x, width - margin), y));
  }
  return y;
}

function toCells(row: string): readonly string[] {
  return row.split('|').slice(1, -1).map(toPlain);
}

/** What the Markdown and HTML of a summary look like; an em space stays, as it moves a cell in. */
function toPlain(markdown: string): string {
  return markdown
    .trim()
    .replaceAll(/<br>/g, ', ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&emsp;', '\u2003')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
