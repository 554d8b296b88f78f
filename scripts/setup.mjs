// Installs the locked npm packages when they are not there or not of this lock file.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const root = path.join(import.meta.dirname, '..');
const stamp = path.join(root, 'node_modules', '.hotlayer-lock');

/** Throws with one sentence where Node is too old or npm fails. */
export function ensurePackages(log = console.log) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 11)) {
    throw new Error(
      `Node ${process.versions.node} is too old: Hotlayer needs Node 20.11 or newer (24 is what the action runs on).`,
    );
  }
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  log('Installing the locked npm packages (npm ci) …');
  const started = Date.now();
  execFileSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  writeFileSync(stamp, wanted);
  log(`  npm packages installed in ${((Date.now() - started) / 1000).toFixed(0)} s`);
}
