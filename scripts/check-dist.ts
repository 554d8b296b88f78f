// dist/ must be what the sources make, byte for byte, also in another directory.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { hasErrorCode } from '../src/errors.ts';
import { runCommand } from '../src/process/command.ts';

const root = path.join(import.meta.dirname, '..');
const copy = mkdtempSync(path.join(tmpdir(), 'hotlayer-dist-'));
try {
  for (const name of ['src', 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.build.json'])
    cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  await copyPackages(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  const build = await runCommand(process.execPath, ['scripts/build.ts', '--fresh'], {
    env: process.env,
    cwd: copy,
  });
  if (build.exitCode !== 0) throw new Error(`scripts/build.ts ${build.outcome}\n${build.stdout}`);
  const built = path.join(copy, 'dist');
  const committed = path.join(root, 'dist');
  const names = new Set([...listFiles(built), ...listFiles(committed)]);
  const stale = [...names].filter((name) => !readIn(built, name).equals(readIn(committed, name)));
  if (stale.length > 0) {
    console.error(`dist/ is not what the sources make (run npm run build and commit): ${stale.join(', ')}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function listFiles(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)));
}

/** Missing on one side is a difference like any other. */
function readIn(directory: string, name: string): Buffer {
  try {
    return readFileSync(path.join(directory, name));
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return Buffer.alloc(0);
    throw error;
  }
}

/** Real directories: through a symbolic link the bundler would see the paths of this one. Hard links where they can be. */
async function copyPackages(from: string, to: string): Promise<void> {
  const linked = await runCommand('cp', ['-al', from, to], { env: process.env });
  if (linked.exitCode === 0) return;
  // Another file system, or a cp without -l.
  rmSync(to, { recursive: true, force: true });
  const copied = await runCommand('cp', ['-a', from, to], { env: process.env });
  if (copied.exitCode !== 0) throw new Error(`cp ${copied.outcome}`);
}
