// How jest is started, here and as root.
import { spawnSync } from 'node:child_process';
import process from 'node:process';

/** What e2e tests are run with: they start buildkitd, which needs root. */
export function decideLead() {
  if (process.getuid() === 0) return [];
  if (spawnSync('sudo', ['-n', 'true']).status === 0) return ['sudo', '-n'];
  throw new Error(
    'the end-to-end tests start BuildKit, which needs root: run this as root, or allow your user passwordless sudo.',
  );
}

/** Program and arguments of one project's tests. */
export function toJestCommand(project, env, lead, flags) {
  // sudo keeps no variables, and PATH least of all.
  const kept = ['PATH', 'HOTLAYER_TEST_BUILDKIT_BIN', 'HOTLAYER_BUSYBOX', 'CI', 'NO_COLOR'];
  const isKept = (name) => kept.includes(name) || name.startsWith('HOTLAYER_CHAOS_');
  const variables = Object.keys(env)
    .filter((name) => isKept(name) && env[name] !== undefined)
    .map((name) => `${name}=${env[name]}`);
  const node = ['node', '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const [file, ...rest] = [...lead, 'env', ...variables, ...node, 'node_modules/jest/bin/jest.js'];
  return [file, [...rest, '--selectProjects', project, ...flags]];
}
