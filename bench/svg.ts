/** Colours that keep their contrast on GitHub's light and dark pages. */
const style = `text{font:13px system-ui,sans-serif;fill:#1f2328}.dim{fill:#59636e}.title{font-weight:600;font-size:15px}.line{stroke:#d1d9e0}
.back{fill:#fff}.native{fill:#818b98}.hotlayer{fill:#e36209}.later{opacity:.45}
@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.dim{fill:#9198a1}.line{stroke:#3d444d}.back{fill:#0d1117}.native{fill:#9198a1}.hotlayer{fill:#f0883e}}`;

/** An SVG document of these elements, with a description for who cannot see it. */
export function renderSvg(
  { width, height, title }: { readonly width: number; readonly height: number; readonly title: string },
  elements: readonly string[],
): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<style>${style}</style>`,
    `<rect class="back" width="${width}" height="${height}"/>`,
    ...elements,
    '</svg>',
  ].join('\n')}\n`;
}

export function text(
  x: number,
  y: number,
  content: string,
  { className, anchor }: { readonly className?: string; readonly anchor?: 'middle' | 'end' } = {},
): string {
  const attributes = [
    `x="${round(x)}" y="${round(y)}"`,
    ...(className === undefined ? [] : [`class="${className}"`]),
    ...(anchor === undefined ? [] : [`text-anchor="${anchor}"`]),
  ];
  return `<text ${attributes.join(' ')}>${escapeXml(content)}</text>`;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A bar is never so short that it cannot be seen. */
export function bar({ x, y, width, height }: Box, className: string, tip?: string): string {
  const title = tip === undefined ? '' : `<title>${escapeXml(tip)}</title>`;
  return `<rect class="${className}" x="${round(x)}" y="${round(y)}" width="${round(Math.max(width, 0.8))}" height="${height}">${title}</rect>`;
}

export function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="line" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

/** Ticks of an axis from 0 to `max`: round numbers, four to ten of them. */
export function toTicks(max: number): readonly number[] {
  const magnitude = 10 ** Math.floor(Math.log10(max / 4));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => max / size <= 10) ?? max;
  const count = Math.floor(max / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(6)));
}

function round(number: number): number {
  return Number(number.toFixed(1));
}

function escapeXml(content: string): string {
  return content
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
