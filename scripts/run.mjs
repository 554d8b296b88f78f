// Starts a script of this folder: node scripts/run.mjs NAME [flags]. Before it does, it installs the locked npm packages
// where they are missing and needed, and finds a Node that runs TypeScript. This one file is JavaScript: on a fresh machine nothing
// else is there yet.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const root = path.join(import.meta.dirname, '..');
const stamp = path.join(root, 'node_modules', '.hotlayer-lock');
/** Scripts that import no package: a workflow runs them in a fresh checkout. */
const alone = new Set(['prepare-example']);

try {
  const [name = '', ...flags] = process.argv.slice(2);
  const script = path.join(import.meta.dirname, `${name}.ts`);
  if (!/^[a-z-]+$/.test(name) || !existsSync(script))
    throw new Error(`scripts/run.mjs: there is no scripts/${name}.ts`);
  refuseOldNode();
  if (!(alone.has(name) && isNode(22, 18))) installPackages();
  await start(findTypeScriptNode(), script, flags);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function refuseOldNode() {
  if (isNode(20, 11)) return;
  throw new Error(
    `Node ${process.versions.node} is too old: Hotlayer needs Node 20.11 or newer (24 is what the action runs on).`,
  );
}

/** Installs the packages when they are not there, or not those of this lock file. */
function installPackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing the locked npm packages (npm ci) …');
  const started = performance.now();
  execFileSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  writeFileSync(stamp, wanted);
  console.log(`  npm packages installed in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

/** Node runs TypeScript as it is from 22.18 on; npm brings a Node 24 along. */
function findTypeScriptNode() {
  if (isNode(22, 18)) return process.execPath;
  const bundled = path.join(root, 'node_modules', '.bin', 'node');
  if (existsSync(bundled)) return bundled;
  throw new Error(
    `Node ${process.versions.node} does not run TypeScript: use Node 22.18 or newer, or install the optional npm packages, which bring one (npm ci without --omit=optional).`,
  );
}

/**
 * @param {number} major
 * @param {number} minor
 */
function isNode(major, minor) {
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/**
 * In this process where it can be; its end is the end of this one.
 * @param {string} node
 * @param {string} script
 * @param {string[]} flags
 */
async function start(node, script, flags) {
  if (node === process.execPath) {
    process.argv.splice(1, process.argv.length, script, ...flags);
    await import(script);
    return;
  }
  const child = spawn(node, [script, ...flags], { stdio: 'inherit' });
  // A terminal sends SIGINT to both of them, and the script is the one that cleans up.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
