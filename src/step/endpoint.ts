import { ToolError } from '../errors.ts';
import { type ChildEnvironment, runCommand } from '../process/command.ts';

/** The BuildKit daemon that a step builds with, and how to talk to it. */
export type Endpoint = OwnEndpoint | RemoteEndpoint;

interface Reachable {
  /** `unix:///…`, `tcp://…`: what BuildKit's clients take for `--addr`. */
  readonly address: string;
  /** The client that the daemon is asked with. */
  readonly buildctl: string;
  /** The client that builds. */
  readonly buildx: string;
  /** Of the daemon, for example `v0.33.1`. */
  readonly version: string;
  /** The last lines of its log, or one that says where the log is. */
  readLog(): Promise<readonly string[]>;
}

/** This job has started it, and ends it. */
export interface OwnEndpoint extends Reachable {
  readonly kind: 'own';
  /** All that it stores lies there, layers as well. */
  readonly stateDirectory: string;
  /** Ends it, and starts another by the same specification in its place. */
  replace(): Promise<OwnEndpoint>;
}

/** Somebody else runs it, perhaps elsewhere: nothing is installed, started, pruned or stopped for it. */
export interface RemoteEndpoint extends Reachable {
  readonly kind: 'remote';
}

export type RemotePlace = Pick<RemoteEndpoint, 'address' | 'buildctl' | 'buildx'>;

const answerTimeoutMs = 30_000;
/** Or older: newer daemons say which version they are. */
const newestSilent = 'v0.11.0';

/** Throws ToolError `endpoint` when no BuildKit answers there. */
export async function openRemoteEndpoint(
  { address, buildctl, buildx }: RemotePlace,
  env: ChildEnvironment,
  signal?: AbortSignal,
): Promise<RemoteEndpoint> {
  const ask = (what: string) =>
    runCommand(buildctl, ['--addr', address, 'debug', what], {
      env: { PATH: env['PATH'], HOME: env['HOME'] },
      timeoutMs: answerTimeoutMs,
      signal,
    });
  const info = await ask('info');
  const version = info.exitCode === 0 ? parseInfo(info.stdout) : undefined;
  // Old daemons have no such call; all of them have workers.
  const answer = version === undefined ? await ask('workers') : info;
  signal?.throwIfAborted();
  if (answer.exitCode !== 0) {
    throw new ToolError(
      'endpoint',
      `No BuildKit answers at ${address} (buildctl ${answer.outcome}). Check the address, and that the daemon runs and lets this runner in.`,
    );
  }
  return {
    kind: 'remote',
    ...{ address, buildctl, buildx },
    version: version ?? newestSilent,
    readLog: async () => [`This job did not start the buildkitd at ${address}: its log is where it runs.`],
  };
}

/** The version in what `buildctl debug info` prints: `BuildKit: github.com/moby/buildkit v0.33.1 1a2b3c`. */
export function parseInfo(text: string): string | undefined {
  return /^BuildKit:\s+\S+ (\S+)/m.exec(text)?.[1];
}
