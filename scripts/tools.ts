// Gets the programs that demo and tests need, and keeps them for the next time. They come from PATH, from the tool
// directory ($HOTLAYER_TOOLS, or ~/.cache/hotlayer/tools), from Go modules or from the distribution's packages.
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { hasErrorCode, toMessage } from '../src/errors.ts';
import { defaultBuildxVersion } from '../src/inputs/single-values.ts';
import { runCommand } from '../src/process/command.ts';
import { type DirectoryLock, lockDirectory } from '../src/process/directory-lock.ts';
import { getBaseImages } from './base-images.ts';
import { getBuildkit } from './buildkit-tool.ts';
import { findBusybox, findProgram } from './find-program.ts';
import { getGoProgram } from './go-program.ts';
import { getNpmProgram } from './npm-program.ts';
import { getOldBuildkit } from './old-buildkit-tool.ts';
import { getPipProgram, type pipPrograms } from './pip-program.ts';
import { lastLines } from './program.ts';

export type ToolName = keyof typeof tools;

type Log = (line: string) => void;

interface Tool {
  /** Answers undefined where there is none, and then `missing` says what to do; or throws one sentence of its own. */
  readonly get: (directory: string, log: Log) => string | Promise<string | undefined> | undefined;
  readonly missing?: string;
  /** Of Debian and Ubuntu. */
  readonly package?: string;
  readonly needsGo?: boolean;
}

export const goPrograms = {
  act: { module: 'github.com/nektos/act', version: 'v0.2.89' },
  /** An S3 server. */
  versitygw: {
    module: 'github.com/versity/versitygw/cmd/versitygw',
    version: 'v1.7.0',
    versionVariable: 'main.Version',
  },
  actionlint: { module: 'github.com/rhysd/actionlint/cmd/actionlint', version: 'v1.7.12' },
  buildx: {
    module: 'github.com/docker/buildx/cmd/buildx',
    version: defaultBuildxVersion,
    versionVariable: 'github.com/docker/buildx/version.Version',
    versionCommand: 'version',
  },
} as const;

/** With it debootstrap checks what it gets. */
const debianKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

const tools = {
  buildkit: { get: getBuildkit, needsGo: true },
  'buildkit-old': { get: getOldBuildkit, needsGo: true },
  runc: toPackaged('runc', 'runc'),
  busybox: {
    get: findBusybox,
    package: 'busybox-static',
    missing:
      'a static busybox: install it (Debian and Ubuntu: apt-get install busybox-static) or name one in HOTLAYER_BUSYBOX.',
  },
  registry: toPackaged('docker-registry', 'docker-registry'),
  // Tests start engines of their own; the package may start the system's as well, which nothing here asks.
  dockerd: toPackaged('dockerd', 'docker.io'),
  debootstrap: toPackaged('debootstrap', 'debootstrap'),
  keyring: {
    get: () => (existsSync(debianKeyring) ? debianKeyring : undefined),
    package: 'debian-archive-keyring',
    missing: `${debianKeyring}: install it (Debian and Ubuntu: apt-get install debian-archive-keyring).`,
  },
  baseImages: { get: getBaseImages, needsGo: true },
  // For steps with a network of their own.
  cni: {
    get: () => (existsSync('/usr/lib/cni/bridge') ? '/usr/lib/cni' : undefined),
    package: 'containernetworking-plugins',
    missing:
      'the CNI programs: install them (Debian and Ubuntu: apt-get install containernetworking-plugins).',
  },
  iptables: toPackaged('iptables', 'iptables'),
  // For a daemon without root.
  rootlesskit: toPackaged('rootlesskit', 'rootlesskit'),
  newuidmap: toPackaged('newuidmap', 'uidmap'),
  // For a daemon that is reached by ssh.
  sshd: toPackaged('sshd', 'openssh-server'),
  // Pulls what tests have pushed, and is none of the programs that pushed it.
  skopeo: toPackaged('skopeo', 'skopeo'),
  emulator: toPackaged('qemu-aarch64-static', 'qemu-user-static'),
  zizmor: toPip('zizmor'),
  act: toCompiled('act'),
  actionlint: toCompiled('actionlint'),
  versitygw: toCompiled('versitygw'),
  buildx: toCompiled('buildx'),
  envd: toPip('envd'),
  azurite: { get: (directory: string, log: Log) => getNpmProgram('azurite', directory, log) },
} as const satisfies Readonly<Record<string, Tool>>;

/**
 * Makes sure of the tools. Answers `buildkit` and `buildkit-old`, directories of buildkitd and buildctl, the file of each other tool by its
 * name, and `env`: the PATH to start programs with, and where the static busybox and the base images are. Throws one Error that says of all
 * missing tools how to get them.
 */
export async function ensureTools<N extends ToolName>(
  names: readonly N[],
  { log = console.log }: { readonly log?: Log } = {},
): Promise<Readonly<Record<N, string>> & { readonly env: Readonly<Record<string, string>> }> {
  if (process.platform !== 'linux')
    throw new Error('BuildKit runs on Linux only: use a Linux machine or VM.');
  const directory = process.env['HOTLAYER_TOOLS'] || path.join(homedir(), '.cache', 'hotlayer', 'tools');
  mkdirSync(directory, { recursive: true });
  const lock = await waitForLock(directory, log);
  try {
    const missing = await installPackages(names, log);
    const found: Partial<Record<ToolName, string>> = {};
    for (const name of names) {
      const { get, missing: remedy }: Tool = tools[name];
      try {
        const file = await get(directory, log);
        if (file !== undefined) found[name] = file;
        else missing.push(remedy ?? name);
      } catch (error) {
        missing.push(toMessage(error));
      }
    }
    if (!hasAll(found, names))
      throw new Error(
        `these tools are missing:\n${[...new Set(missing)].map((line) => `  - ${line}`).join('\n')}`,
      );
    return { ...found, env: toEnvironment(found) };
  } finally {
    await lock.release();
  }
}

function hasAll<N extends ToolName>(
  found: Partial<Record<ToolName, string>>,
  names: readonly N[],
): found is Partial<Record<ToolName, string>> & Record<N, string> {
  return names.every((name) => found[name] !== undefined);
}

function toPackaged(program: string, packageName: string): Tool {
  return {
    get: () => findProgram(program),
    package: packageName,
    missing: `${program}: install it (Debian and Ubuntu: apt-get install ${packageName}).`,
  };
}

function toPip(name: keyof typeof pipPrograms): Tool {
  return { get: (directory, log) => getPipProgram(name, directory, log), package: 'python3-venv' };
}

function toCompiled(name: keyof typeof goPrograms): Tool {
  return { get: (directory, log) => getGoProgram(name, goPrograms[name], directory, log), needsGo: true };
}

/** Missing distribution packages, all in one apt-get call. Answers what went wrong. */
async function installPackages(names: readonly ToolName[], log: Log): Promise<string[]> {
  const list: string[] = [];
  for (const name of names) {
    const tool: Tool = tools[name];
    if (tool.package !== undefined && (await tool.get('', log)) === undefined) list.push(tool.package);
  }
  const needsGo = names.some((name) => {
    const tool: Tool = tools[name];
    return tool.needsGo === true;
  });
  if (needsGo && (await findProgram('go')) === undefined) list.push('golang-go');
  if (list.length === 0 || (await findProgram('apt-get')) === undefined) return [];
  const [file, ...lead] = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const apt = (...args: readonly string[]) =>
    runCommand(file, [...lead, ...args], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  log(`Installing ${list.join(', ')} (apt-get) …`);
  const started = performance.now();
  await apt('update', '-qq');
  const result = await apt('install', '-y', '-qq', '--no-install-recommends', ...list);
  log(`  done in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return result.exitCode === 0
    ? []
    : [`apt-get install ${list.join(' ')} failed: ${lastLines(result.stderr, 1) || result.outcome}`];
}

function toEnvironment(found: Partial<Record<ToolName, string>>): Record<string, string> {
  const { busybox, baseImages, act, actionlint, buildx, envd, zizmor, versitygw, azurite } = found;
  const folders = [act, actionlint, buildx, envd, zizmor, versitygw].flatMap((file) =>
    file === undefined ? [] : [path.dirname(file)],
  );
  return {
    PATH: [...new Set([...folders, ...(process.env['PATH'] ?? '').split(path.delimiter)])].join(
      path.delimiter,
    ),
    ...(busybox === undefined ? {} : { HOTLAYER_BUSYBOX: busybox }),
    ...(baseImages === undefined ? {} : { HOTLAYER_TEST_BASE_IMAGES: baseImages }),
    ...(azurite === undefined ? {} : { HOTLAYER_TEST_AZURITE: azurite }),
  };
}

/** One process at a time fills the tool directory. */
async function waitForLock(directory: string, log: Log): Promise<DirectoryLock> {
  let isTold = false;
  for (;;) {
    try {
      return await lockDirectory(directory);
    } catch (error) {
      if (!hasErrorCode(error, 'directory-locked')) throw error;
    }
    if (!isTold) log('Waiting for another process, which is getting tools too …');
    isTold = true;
    await delay(250);
  }
}
