import { writeBuilder } from '../buildkit/solve/builder.ts';
import { inspectDaemon } from '../buildkit/solve/inspect.ts';
import type { DaemonEndpoint } from '../inputs/endpoint.ts';
import type { ChildEnvironment } from '../process/command.ts';
import { noAnswer } from './endpoint-reach.ts';
import { type DriverOptions, writeTls } from './endpoint-tls.ts';
import { toBuildxConfig } from './job-processes.ts';

/** The BuildKit daemon that a step builds with, and how to talk to it. */
export type Endpoint = OwnEndpoint | RemoteEndpoint;

interface Reachable {
  /** `unix:///…`, `tcp://…`: what BuildKit's clients take for an address. */
  readonly address: string;
  /** How buildx connects; empty without TLS. */
  readonly driverOptions: DriverOptions;
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
  /** The client that the daemon is asked with. */
  readonly buildctl: string;
  /** Where buildkitd looks for programs, emulators as well. */
  readonly searchPath: string;
  /** All that it stores lies there, layers as well. */
  readonly stateDirectory: string;
  /** Ends it, and starts another by the same specification in its place. */
  replace(): Promise<OwnEndpoint>;
}

/** Somebody else runs it, perhaps elsewhere: nothing is installed, started, pruned or stopped for it. */
export interface RemoteEndpoint extends Reachable {
  readonly kind: 'remote';
}

export interface RemoteRequest {
  readonly endpoint: DaemonEndpoint;
  readonly buildx: string;
  readonly jobDirectory: string;
  readonly env: ChildEnvironment;
  readonly signal?: AbortSignal | undefined;
}

/** Or older: newer daemons say which version they are. */
const newestSilent = 'v0.11.0';

/** Throws ToolError `endpoint` when no BuildKit answers there. */
export async function openRemoteEndpoint(request: RemoteRequest): Promise<RemoteEndpoint> {
  const { endpoint, buildx, jobDirectory, env, signal } = request;
  const { address } = endpoint;
  const driverOptions = await writeTls(env, jobDirectory);
  const builder = await writeBuilder({
    configDirectory: toBuildxConfig(jobDirectory),
    ...{ address, driverOptions, scopedLogins: undefined },
  });
  const answer = await inspectDaemon(buildx, builder, env, signal);
  if (typeof answer === 'string') throw noAnswer(address, answer);
  return {
    kind: 'remote',
    ...{ address, driverOptions, buildx },
    version: answer.version ?? newestSilent,
    readLog: async () => [`This job did not start the buildkitd at ${address}: its log is where it runs.`],
  };
}
