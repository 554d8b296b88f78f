// Bundles the entries: tsc to build/, then one ncc bundle an entry to dist/ (or to the folder given as --out).
// dist/bake/ and dist/setup/ are main with another argument, and so are the entries of the actions in workflow/.
// --fresh: neither reads nor fills ncc's cache.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { forEachParallel } from '../src/async/parallel.ts';
import { runCommand } from '../src/process/command.ts';

const entries = ['main', 'cli', 'post', 'gateway', 'cleanup'];
/** A bundle keeps one core busy, and CI has two. */
const bundlesAtOnce = 2;

const root = path.join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: path.join(root, 'dist') },
    fresh: { type: 'boolean', default: false },
  },
});
const out = path.resolve(values.out);

rmSync(path.join(root, 'build'), { recursive: true, force: true });
// `npm run typecheck` checks the types, of the tests as well.
await run('typescript/bin/tsc', '-p', 'tsconfig.build.json', '--noCheck');
await forEachParallel(entries, bundlesAtOnce, bundle);
for (const action of ['bake', 'setup']) writeEntries(action, [['index.js', [action]]]);
writeEntries(
  'workflow',
  ['plan', 'login', 'logout', 'leg', 'merge'].map((name) => [`${name}.js`, ['workflow', name]]),
);

/** The runner gives an action no arguments; a bundle of its own would be main once more. */
function writeEntries(
  folder: string,
  entries: readonly (readonly [file: string, args: readonly string[]])[],
): void {
  const target = path.join(out, folder);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, 'package.json'), '{"type": "module"}\n');
  for (const [file, args] of entries) {
    const set = args.map((arg, index) => `process.argv[${2 + index}] = '${arg}';\n`).join('');
    writeFileSync(path.join(target, file), `${set}await import('../main/index.js');\n`);
  }
}

async function bundle(entry: string): Promise<void> {
  const source = path.join('build', `${entry}.js`);
  if (!existsSync(path.join(root, source))) throw new Error(`no entry src/${entry}.ts`);
  const target = path.join(out, entry);
  rmSync(target, { recursive: true, force: true });
  const flags = ['-o', target, '--license', 'LICENSES.txt', ...(values.fresh ? ['--no-cache'] : [])];
  await run('@vercel/ncc/dist/ncc/cli.js', 'build', source, ...flags);
  // ncc takes `path.resolve(a, b, 'Dockerfile')` for a file of this repository: it copies one that fits, and puts the path of
  // the copy into the code.
  const copied = readdirSync(target).filter((name) => !/^(?:.*\.js|LICENSES\.txt|package\.json)$/.test(name));
  if (copied.length > 0)
    throw new Error(`${target} has ${copied.join(', ')}: write that path with path.join`);
  const bytes = readdirSync(target).reduce((sum, name) => sum + statSync(path.join(target, name)).size, 0);
  console.log(`${entry.padEnd(8)} ${(bytes / 1024).toFixed(0).padStart(6)} KiB`);
}

async function run(program: string, ...args: readonly string[]): Promise<void> {
  const file = path.join(root, 'node_modules', program);
  const { exitCode, stdout, stderr } = await runCommand(process.execPath, [file, ...args], {
    env: process.env,
    cwd: root,
  });
  // tsc writes its errors to stdout.
  if (exitCode !== 0) throw new Error(`${program} failed:\n${stdout}${stderr}`);
}
