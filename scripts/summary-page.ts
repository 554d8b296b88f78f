import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from './find-program.ts';
import { shrinkPng } from './small-png.ts';

/** What GitHub shows a summary with, or what is near it: GitHub does not say which Mermaid it has (11 in 2025). */
const packages = {
  mermaid: { spec: 'mermaid@11.12.0', file: 'dist/mermaid.min.js' },
  markdown: { spec: 'marked@18.2.1', file: 'lib/marked.umd.js' },
  style: { spec: 'github-markdown-css@5.9.0', file: 'github-markdown-light.css' },
} as const;

const width = 860;

/** Pictures of Markdown as GitHub shows it, made by a browser. Throws one sentence for what is missing on this machine. */
export async function openPictures(tools: string): Promise<(markdown: string, picture: string) => void> {
  const browser = (await findProgram('chromium')) ?? (await findProgram('google-chrome'));
  if (browser === undefined)
    throw new Error('chromium is missing: install it (Debian and Ubuntu: apt-get install chromium).');
  const [mermaid, markdown, style] = [packages.mermaid, packages.markdown, packages.style].map((each) =>
    readPackageFile(tools, each),
  );
  return (text, picture) => {
    const scratch = mkdtempSync(path.join(tools, 'page-'));
    try {
      const page = path.join(scratch, 'page.html');
      writeFileSync(page, renderPage(text, { mermaid, markdown, style }));
      const run = (...args: readonly string[]): string =>
        execFileSync(
          browser,
          [
            ...[
              '--headless',
              '--no-sandbox',
              '--disable-gpu',
              '--hide-scrollbars',
              '--force-device-scale-factor=1',
              '--disable-lcd-text',
            ],
            ...[`--user-data-dir=${path.join(scratch, 'profile')}`, '--virtual-time-budget=20000'],
            ...[...args, `file://${page}`],
          ],
          { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 },
        );
      // First to know how high it is.
      const dom = run(`--window-size=${width},600`, '--dump-dom');
      const height = /data-height="(\d+)"/.exec(dom)?.[1];
      const fault = /data-fault="([^"]*)"/.exec(dom)?.[1];
      if (height === undefined || fault !== undefined)
        throw new Error(
          `The browser could not show the summary: ${fault ?? 'its page did not come to its end'}`,
        );
      run(`--window-size=${width},${height}`, `--screenshot=${picture}`);
      writeFileSync(picture, shrinkPng(readFileSync(picture)));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  };
}

/** From the tool directory, or from npm the first time. */
function readPackageFile(
  tools: string,
  { spec, file }: { readonly spec: string; readonly file: string },
): string {
  const directory = path.join(tools, spec);
  if (!existsSync(directory)) {
    const scratch = mkdtempSync(path.join(tools, 'npm-'));
    const [packed = ''] = execFileSync('npm', ['pack', '--silent', spec], {
      cwd: scratch,
      encoding: 'utf8',
    }).split('\n');
    mkdirSync(path.join(scratch, 'out'));
    execFileSync('tar', ['-xzf', packed, '-C', 'out'], { cwd: scratch });
    renameSync(path.join(scratch, 'out', 'package'), directory);
    rmSync(scratch, { recursive: true });
  }
  return readFileSync(path.join(directory, file), 'utf8');
}

interface PageParts {
  readonly mermaid: string | undefined;
  readonly markdown: string | undefined;
  readonly style: string | undefined;
}

function renderPage(text: string, { mermaid = '', markdown = '', style = '' }: PageParts): string {
  const inScript = (code: string): string => code.replaceAll('</script', '<\\/script');
  return `<!doctype html><html><head><meta charset="utf-8"><style>${style}
body { margin: 0; background: #fff; } .markdown-body { padding: 16px 24px; box-sizing: border-box; }
.alert { border-left: 4px solid; padding: 0 16px; margin-bottom: 16px; } .alert p { color: #1f2328; }
.markdown-body .CAUTION { border-color: #cf222e; } .markdown-body .WARNING { border-color: #9a6700; }
.alert b.kind { text-transform: capitalize; } .CAUTION b.kind { color: #cf222e; } .WARNING b.kind { color: #9a6700; }
</style></head><body><article class="markdown-body" id="a"></article>
<script>${inScript(mermaid)}</script><script>${inScript(markdown)}</script><script>
const source = ${inScript(JSON.stringify(text))};
const a = document.getElementById('a');
a.innerHTML = marked.parse(source, { gfm: true });
for (const quote of a.querySelectorAll('blockquote')) {
  const found = /^\\s*\\[!(CAUTION|WARNING|NOTE)\\]/.exec(quote.textContent);
  if (found === null) continue;
  quote.className = 'alert ' + found[1];
  quote.innerHTML = quote.innerHTML.replace(/\\[!(\\w+)\\](?:<br>)?\\s*/, '<b class="kind">' + found[1].toLowerCase() + '</b><br>');
}
(async () => {
  try {
    mermaid.initialize({ startOnLoad: false, theme: 'default', securityLevel: 'strict' });
    for (const code of a.querySelectorAll('code.language-mermaid')) {
      const place = document.createElement('div');
      place.className = 'mermaid';
      place.textContent = code.textContent;
      code.parentElement.replaceWith(place);
    }
    await mermaid.run({ querySelector: '.mermaid' });
  } catch (error) {
    document.body.dataset.fault = String(error.message ?? error).slice(0, 300);
  }
  document.body.dataset.height = Math.ceil(a.getBoundingClientRect().height);
})();
</script></body></html>`;
}
