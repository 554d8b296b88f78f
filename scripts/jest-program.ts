// How jest is started, here and as root.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import type { ChildEnvironment } from '../src/process/command.ts';

/** What e2e tests are run with: they start buildkitd, which needs root. */
export function decideLead(): readonly string[] {
  if (process.getuid?.() === 0) return [];
  if (spawnSync('sudo', ['-n', 'true']).status === 0) return ['sudo', '-n'];
  throw new Error(
    'the end-to-end tests start BuildKit, which needs root: run this as root, or allow your user passwordless sudo.',
  );
}

export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

/** Of one project's tests. */
export function toJestProgram(
  project: string,
  env: ChildEnvironment,
  lead: readonly string[],
  flags: readonly string[],
): Program {
  // sudo keeps no variables, and PATH least of all.
  const kept = ['PATH', 'HOTLAYER_BUSYBOX', 'HOTLAYER_WHOLE_MATRIX', 'CI', 'NO_COLOR'];
  const isKept = (name: string): boolean => kept.includes(name) || /^HOTLAYER_(?:CHAOS|TEST)_/.test(name);
  const variables = Object.keys(env)
    .filter((name) => isKept(name) && env[name] !== undefined)
    .map((name) => `${name}=${env[name]}`);
  const node = ['node', '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const [file = 'env', ...args] = [...lead, 'env', ...variables, ...node, 'node_modules/jest/bin/jest.js'];
  return { file, args: [...args, '--selectProjects', project, ...flags] };
}
