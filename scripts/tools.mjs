// Gets the programs that demo and tests need, and keeps them for the next time. They come from PATH, from the tool
// directory ($HOTLAYER_TOOLS, or ~/.cache/hotlayer/tools), from Go modules or from the distribution's packages.
import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { isStaticProgram } from './static-program.mjs';

/** The default of the action, which newer releases do not build from the Go module proxy. */
const buildkitVersion = 'v0.33.1';
const goPrograms = {
  act: { module: 'github.com/nektos/act', version: 'v0.2.89' },
  actionlint: { module: 'github.com/rhysd/actionlint/cmd/actionlint', version: 'v1.7.12' },
  // The default of the action, too. It does not know its version unless the linker tells it.
  buildx: {
    module: 'github.com/docker/buildx/cmd/buildx',
    version: 'v0.37.2',
    versionVariable: 'github.com/docker/buildx/version.Version',
    versionCommand: 'version',
  },
};
const packages = { runc: 'runc', busybox: 'busybox-static', registry: 'docker-registry' };

const root = path.join(import.meta.dirname, '..');

/**
 * Makes sure of the tools (`buildkit`, `buildx`, `runc`, `busybox`, `registry`, `act`, `actionlint`). Answers `buildkit`, the directory
 * of buildkitd and buildctl, the file of each other tool by its name, and `env`: the PATH to start programs with, and where
 * the static busybox is. Throws one Error that says of all missing tools how to get them.
 */
export async function ensureTools(names, { log = console.log } = {}) {
  if (process.platform !== 'linux')
    throw new Error('BuildKit runs on Linux only: use a Linux machine or VM.');
  const directory = process.env.HOTLAYER_TOOLS || path.join(homedir(), '.cache', 'hotlayer', 'tools');
  mkdirSync(directory, { recursive: true });
  const unlock = await lock(directory, log);
  try {
    const found = {};
    const missing = [];
    ensurePackages(names, missing, log);
    for (const name of names) {
      try {
        found[name] = await getTool(name, directory, log);
      } catch (error) {
        missing.push(error.message);
      }
    }
    if (missing.length > 0)
      throw new Error(
        `these tools are missing:\n${[...new Set(missing)].map((line) => `  - ${line}`).join('\n')}`,
      );
    return { ...found, env: toEnvironment(found) };
  } finally {
    unlock();
  }
}

async function getTool(name, directory, log) {
  switch (name) {
    case 'buildkit':
      return getBuildkit(directory, log);
    case 'runc':
      return findOnPath('runc') ?? fail('runc: install it (Debian and Ubuntu: apt-get install runc).');
    case 'busybox':
      return (
        findBusybox() ??
        fail(
          'a static busybox: install it (Debian and Ubuntu: apt-get install busybox-static) or name one in HOTLAYER_BUSYBOX.',
        )
      );
    case 'registry':
      return (
        findOnPath('docker-registry') ??
        fail('docker-registry: install it (Debian and Ubuntu: apt-get install docker-registry).')
      );
    default:
      return getGoProgram(name, goPrograms[name] ?? fail(`unknown tool ${name}`), directory, log);
  }
}

/** Missing distribution packages, all in one apt-get call. */
function ensurePackages(names, missing, log) {
  const isThere = {
    runc: () => findOnPath('runc'),
    busybox: findBusybox,
    registry: () => findOnPath('docker-registry'),
  };
  const wanted = names.filter((name) => packages[name] !== undefined && isThere[name]() === undefined);
  const list = wanted.map((name) => packages[name]);
  const needsGo = names.some((name) => name === 'buildkit' || goPrograms[name] !== undefined);
  if (needsGo && findOnPath('go') === undefined) list.push('golang-go');
  if (list.length === 0 || findOnPath('apt-get') === undefined) return;
  const [file, ...lead] = process.getuid() === 0 ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const apt = (...args) =>
    spawnSync(file, [...lead, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  step(log, `Installing ${list.join(', ')} (apt-get)`, () => {
    apt('update', '-qq');
    const { status, stderr } = apt('install', '-y', '-qq', '--no-install-recommends', ...list);
    if (status !== 0)
      missing.push(`apt-get install ${list.join(' ')} failed: ${lastLine(stderr ?? 'it could not be run')}`);
  });
}

/** By the chain of the action itself, so that it is tried out on every developer's machine. */
async function getBuildkit(directory, log) {
  const node = findTypeScriptNode();
  const temporary = mkdtempSync(path.join(directory, 'tmp-'));
  const env = { ...process.env, RUNNER_TOOL_CACHE: directory };
  delete env.ACTIONS_RUNTIME_TOKEN;
  delete env.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
  const started = Date.now();
  try {
    const { code, stdout, stderr } = await run(
      node,
      [
        '--disable-warning=ExperimentalWarning',
        path.join(root, 'scripts', 'install-buildkit.mjs'),
        buildkitVersion,
        temporary,
      ],
      env,
      (line) => {
        if (line.startsWith('Compiling')) log(line);
      },
    );
    if (code !== 0) fail(`BuildKit: ${lastLine(stderr)}`);
    // The toolkit's debug lines come before it.
    const installed = JSON.parse(lastLine(stdout));
    if (['release', 'go'].includes(installed.source))
      log(
        `  BuildKit ${installed.version} from its ${installed.source === 'go' ? 'Go module' : 'release'} in ${seconds(started)}`,
      );
    return installed.directory;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The action is TypeScript: Node runs it as it is from 22.18 on; npm brings a Node 24 along. */
function findTypeScriptNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  const bundled = path.join(root, 'node_modules', '.bin', 'node');
  if (existsSync(bundled)) return bundled;
  return fail(
    'BuildKit: getting it needs Node 22.18 or newer, or the optional npm packages (npm ci without --omit=optional).',
  );
}

async function getGoProgram(name, program, directory, log) {
  const { module, version, versionVariable, versionCommand } = program;
  const onPath = findOnPath(name);
  if (onPath !== undefined && saysVersion(onPath, version, versionCommand)) return onPath;
  const target = path.join(directory, name, version);
  const file = path.join(target, name);
  if (isExecutable(file)) return file;
  if (findOnPath('go') === undefined)
    fail(
      `${name} ${version}: install Go 1.26 or newer, then run this again (or put ${name} ${version.slice(1)} on PATH).`,
    );
  const temporary = mkdtempSync(path.join(directory, 'tmp-'));
  try {
    log(`Compiling ${name} ${version} from its Go module …`);
    const started = Date.now();
    const flags = versionVariable === undefined ? [] : ['-ldflags', `-s -w -X ${versionVariable}=${version}`];
    const { code, stderr } = await run('go', ['install', ...flags, `${module}@${version}`], {
      ...process.env,
      GOBIN: temporary,
      GOWORK: 'off',
      GOFLAGS: '-trimpath -buildvcs=false',
      CGO_ENABLED: '0',
    });
    if (code !== 0) fail(`${name} ${version}: ${explainGo(stderr)}`);
    mkdirSync(path.dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(temporary, target);
    log(`  ${name} ${version} in ${seconds(started)}`);
    return file;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function explainGo(stderr) {
  const required = /requires go >= ([\d.]+)/.exec(stderr)?.[1];
  return required === undefined
    ? `go install failed: ${lastLine(stderr)}`
    : `it needs Go ${required} or newer, and this Go may not fetch it (GOTOOLCHAIN=local, or it is older than 1.21): install a newer Go.`;
}

function saysVersion(file, version, command = '--version') {
  const { stdout } = spawnSync(file, [command], { encoding: 'utf8', timeout: 30_000 });
  return new RegExp(`(^|[\\sv])${version.slice(1).replaceAll('.', '\\.')}(\\s|$)`).test(stdout ?? '');
}

function findBusybox() {
  const named = process.env.HOTLAYER_BUSYBOX;
  const files = named
    ? [named]
    : (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'busybox'));
  return files.find((file) => isExecutable(file) && isStaticProgram(file));
}

function findOnPath(name) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Not there or not ours to run: no tool for us.
    return false;
  }
}

function toEnvironment({ busybox, act, actionlint, buildx }) {
  const folders = [act, actionlint, buildx]
    .filter((file) => file !== undefined)
    .map((file) => path.dirname(file));
  return {
    PATH: [...new Set([...folders, ...(process.env.PATH ?? '').split(path.delimiter)])].join(path.delimiter),
    ...(busybox === undefined ? {} : { HOTLAYER_BUSYBOX: busybox }),
  };
}

/** One process at a time fills the tool directory; a lock whose process is gone counts for nothing. */
async function lock(directory, log) {
  const file = path.join(directory, '.lock');
  let told = false;
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = readHolder(file);
    if (holder !== undefined && !isAlive(holder)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) log(`Waiting for process ${holder ?? ''}, which is getting tools too …`);
    told = true;
    await delay(250);
  }
}

function readHolder(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return pid > 0 ? pid : undefined;
  } catch {
    // It was released while we looked.
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Runs a program to its end; `onLine` sees each line of stderr as it comes. */
function run(file, args, env, onLine = () => undefined) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
      for (const line of text.split('\n')) onLine(line);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

function step(log, title, work) {
  log(`${title} …`);
  const started = Date.now();
  work();
  log(`  done in ${seconds(started)}`);
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(0)} s`;
}

function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? '';
}

function fail(message) {
  throw new Error(message);
}
