import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { toClientEnvironment } from '../buildkit/solve/build-arguments.ts';
import { ToolError } from '../errors.ts';
import type { DaemonEndpoint } from '../inputs/endpoint.ts';
import type { ChildEnvironment } from '../process/command.ts';
import { findOnPath } from '../process/search-path.ts';

const endMs = 1000;

/** What buildx starts to get there, to the word (client/connhelper of BuildKit); undefined: it needs no program. */
export function toConnection({
  kind,
  address,
}: Pick<DaemonEndpoint, 'kind' | 'address'>): readonly [program: string, ...words: string[]] | undefined {
  if (kind === 'unix' || kind === 'tcp') return undefined;
  const { hostname: host, port, username, pathname, searchParams } = new URL(address);
  // In an address an IPv6 host has brackets, and for a program it has none.
  const hostname = host.replace(/^\[(.*)\]$/, '$1');
  const read = (name: string) => searchParams.get(name) ?? '';
  switch (kind) {
    case 'docker-container': {
      const context = read('context') === '' ? [] : [`--context=${read('context')}`];
      return ['docker', ...context, 'exec', '-i', hostname, 'buildctl', 'dial-stdio'];
    }
    case 'kube-pod': {
      const place = [`--context=${read('context')}`, `--namespace=${read('namespace')}`];
      const container = [`--container=${read('container')}`, '-i', hostname];
      return ['kubectl', ...place, 'exec', ...container, '--', 'buildctl', 'dial-stdio'];
    }
    case 'ssh': {
      const user = username === '' ? [] : ['-l', decodeURIComponent(username)];
      const at = port === '' ? [] : ['-p', port];
      const socket = pathname === '' ? [] : ['--addr', `unix://${decodeURIComponent(pathname)}`];
      return ['ssh', ...user, ...at, '--', hostname, 'buildctl', ...socket, 'dial-stdio'];
    }
    default:
      return kind satisfies never;
  }
}

/** Throws ToolError `endpoint` where the program is missing that leads to such a daemon. */
export async function checkConnector(endpoint: DaemonEndpoint, env: ChildEnvironment): Promise<void> {
  const [program] = toConnection(endpoint) ?? [];
  if (program === undefined || (await findOnPath(program, env['PATH'] ?? '')) !== undefined) return;
  throw new ToolError(
    'endpoint',
    `"endpoint" ${endpoint.address} is reached by the program ${program}, which is not on PATH: install it before this step.`,
  );
}

/**
 * Says something by that program, and waits for the first word of the answer. Answers why there is none, by the last line
 * that the program wrote; undefined: there is one, or nothing yet when the time is over.
 */
export function greetByProgram(
  [program, ...words]: readonly [string, ...string[]],
  firstWord: Buffer,
  { env, answerMs, signal }: { env: ChildEnvironment; answerMs: number; signal: AbortSignal | undefined },
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { env: toClientEnvironment(env), stdio: 'pipe' });
    let told = '';
    let hasAnswered = false;
    const end = async (): Promise<void> => {
      hasAnswered = true;
      // The end of its input ends what it has started at the other end, too.
      child.stdin.end();
      await delay(endMs, undefined, { ref: false });
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => void end(), answerMs);
    const cancel = () => void end();
    signal?.addEventListener('abort', cancel, { once: true });
    const settle = (why: string): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      const last = told.trimEnd().split('\n').at(-1)?.trim() ?? '';
      resolve(hasAnswered ? undefined : `${program}: ${last === '' ? why : last}`);
    };
    // It may end before it has read; its end says why.
    child.stdin.on('error', () => undefined);
    child.stdin.write(firstWord);
    child.stdout.once('data', () => void end());
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told = `${told}${text}`.slice(-10_000);
    });
    child.once('error', (error) => settle(error.message));
    child.once('close', (code, killedBy) => settle(`ended by ${killedBy ?? `exit code ${code}`}`));
  });
}
