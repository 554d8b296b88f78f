// The pictures of job summaries in docs/: builds examples/hello with the action's bundles cold, warm with one file changed,
// and with a step that fails, and lets a browser draw what each wrote: `node scripts/run.mjs summary-pictures [DIRECTORY]`.
// Markdown files given as `NAME.md` are drawn instead of that.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { toMessage } from '../src/errors.ts';
import { parseJson, readString } from '../src/json.ts';
import { openPictures } from './summary-page.ts';
import { ensureTools } from './tools.ts';

const root = path.join(import.meta.dirname, '..');
const directory = process.env['HOTLAYER_TOOLS'] || path.join(homedir(), '.cache', 'hotlayer', 'tools');
const files = process.argv.slice(2).filter((argument) => argument.endsWith('.md'));

interface Shot {
  readonly name: string;
  readonly change: (context: string) => void;
}

const shots: readonly Shot[] = [
  { name: 'cold', change: () => undefined },
  {
    name: 'warm',
    change: (context) => appendFileSync(path.join(context, 'pages', 'about.txt'), '\nOne more line.\n'),
  },
  {
    name: 'failed',
    change: (context) => {
      const file = path.join(context, 'Dockerfile');
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace('RUN touch /tested', 'RUN check-links /var/www && touch /tested'),
      );
    },
  },
];

try {
  const draw = await openPictures(directory);
  if (files.length > 0) for (const file of files) draw(readFileSync(file, 'utf8'), toPicture(file));
  else await buildAll(draw);
} catch (error) {
  console.error(`summary-pictures: ${toMessage(error)}`);
  process.exitCode = 1;
}

function toPicture(file: string): string {
  const picture = file.replace(/\.md$/, '.png');
  console.log(picture);
  return picture;
}

async function buildAll(draw: (markdown: string, picture: string) => void): Promise<void> {
  const tools = await ensureTools(['buildkit', 'buildx', 'runc', 'busybox']);
  const env = { ...process.env, ...tools.env };
  const scratch = mkdtempSync(path.join(tmpdir(), 'hotlayer-pictures-'));
  try {
    run([path.join(import.meta.dirname, 'prepare-example.ts')], root, env);
    cpSync(path.join(root, 'examples', 'hello'), path.join(scratch, 'hello'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    for (const { name, change } of shots) {
      change(path.join(scratch, 'hello'));
      const report = path.join(scratch, 'report.json');
      const payload = path.join(scratch, 'event.json');
      writeFileSync(payload, JSON.stringify({ repository: { default_branch: 'main' } }));
      run(
        [
          ...[path.join(root, 'dist', 'cli', 'index.js'), 'build'],
          ...['--event', 'push', '--ref', 'refs/heads/main', '--payload', payload],
          ...['--cache-dir', path.join(scratch, 'cache'), '--report', report, '--scope', 'hello'],
          ...['--tags', 'demo/hello:latest', '--buildkit-path', tools.buildkit, 'hello'],
        ],
        scratch,
        env,
      );
      const markdown = readString(parseJson(readFileSync(report, 'utf8')), 'summary') ?? '';

      draw(markdown, toPicture(path.join(root, 'docs', `summary-${name}.md`)));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The failing build is one of them. */
function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): void {
  const { error } = spawnSync(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], env });
  if (error !== undefined) throw error;
}
