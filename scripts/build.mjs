// Bundles the entries: tsc to build/, then one ncc bundle an entry to dist/ (or to the folder given as --out).
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const root = path.join(import.meta.dirname, '..');
const outFlag = process.argv.indexOf('--out');
const out = outFlag > 0 ? path.resolve(process.argv[outFlag + 1]) : path.join(root, 'dist');
const run = (file, args) =>
  execFileSync(process.execPath, [path.join(root, 'node_modules', file), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

rmSync(path.join(root, 'build'), { recursive: true, force: true });
run('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
for (const entry of ['main', 'post', 'gateway', 'cli']) {
  const source = path.join('build', `${entry}.js`);
  if (!existsSync(path.join(root, source))) throw new Error(`no entry src/${entry}.ts`);
  const target = path.join(out, entry);
  rmSync(target, { recursive: true, force: true });
  run('@vercel/ncc/dist/ncc/cli.js', ['build', source, '-o', target, '--license', 'LICENSES.txt']);
  // ncc takes `path.resolve(a, b, 'Dockerfile')` for a file of this repository: it copies one that fits, and puts the path of
  // the copy into the code.
  const copied = readdirSync(target).filter((name) => !/^(?:.*\.js|LICENSES\.txt|package\.json)$/.test(name));
  if (copied.length > 0)
    throw new Error(`${target} has ${copied.join(', ')}: write that path with path.join`);
  const bytes = readdirSync(target).reduce((sum, name) => sum + statSync(path.join(target, name)).size, 0);
  console.log(`${entry.padEnd(8)} ${(bytes / 1024).toFixed(0).padStart(6)} KiB`);
}
