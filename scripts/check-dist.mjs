// dist/ must be what the sources make, byte for byte, also in another directory.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const root = path.join(import.meta.dirname, '..');
const copy = mkdtempSync(path.join(tmpdir(), 'hotlayer-dist-'));
try {
  for (const name of ['src', 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.build.json']) {
    cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  }
  // Real directories: through a symbolic link the bundler would see the paths of this one. Hard links where they can be.
  copyPackages(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  execFileSync(process.execPath, ['scripts/build.mjs'], {
    cwd: copy,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const list = (directory) =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
      .sort();
  const built = path.join(copy, 'dist');
  const committed = path.join(root, 'dist');
  const names = new Set([...list(built), ...list(committed)]);
  const read = (directory, name) => {
    try {
      return readFileSync(path.join(directory, name));
    } catch {
      // Missing on one side is a difference like any other.
      return Buffer.alloc(0);
    }
  };
  const stale = [...names].filter((name) => !read(built, name).equals(read(committed, name)));
  if (stale.length > 0) {
    console.error(`dist/ is not what the sources make (run npm run build and commit): ${stale.join(', ')}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function copyPackages(from, to) {
  try {
    execFileSync('cp', ['-al', from, to], { stdio: 'ignore' });
  } catch {
    // Another file system, or a cp without -l.
    rmSync(to, { recursive: true, force: true });
    execFileSync('cp', ['-a', from, to]);
  }
}
