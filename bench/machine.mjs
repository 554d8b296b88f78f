import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { summarize } from './statistics.mjs';

const root = path.join(import.meta.dirname, '..');

/** What the numbers depend on, as far as a reader can use it: no host name and no path of this machine. `scratch` is the directory of all runs. */
export function describeMachine(scratch) {
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    kernel: `${os.type()} ${os.release()}`,
    system: readSystem(),
    // By its name for coreutils, such as `ext2/ext3` or `tmpfs`.
    scratch: execFileSync('stat', ['--file-system', '--format=%T', scratch], { encoding: 'utf8' }).trim(),
  };
}

/** Versions of what is compared, and whether the sources are those of the commit. */
export function describeVersions(node, buildkit) {
  const ask = (file, ...args) => {
    try {
      return execFileSync(file, args, {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    } catch {
      // A copy without git, for example: the rest is still worth printing.
      return 'unknown';
    }
  };
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return {
    hotlayer: version,
    commit: ask('git', 'rev-parse', '--short=12', 'HEAD'),
    isModified: ask('git', 'status', '--porcelain', '--', 'dist') !== '',
    node: ask(node, '--version'),
    buildkit: ask(path.join(buildkit, 'buildkitd'), '--version').split(' ').slice(0, 3).join(' '),
  };
}

/** Seconds that bare node takes to start and end, the median of five. */
export function measureBareNode(node) {
  const seconds = Array.from({ length: 5 }, () => {
    const started = performance.now();
    execFileSync(node, ['-e', '0']);
    return (performance.now() - started) / 1000;
  });
  return summarize(seconds).median;
}

function readSystem() {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
  } catch {
    // A system without the file is still a Linux.
    return 'Linux';
  }
}
