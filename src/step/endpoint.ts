import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { writeBuilder } from '../buildkit/solve/builder.ts';
import { inspectDaemon } from '../buildkit/solve/inspect.ts';
import { ToolError, toMessage } from '../errors.ts';
import type { DaemonEndpoint } from '../inputs/endpoint.ts';
import type { ChildEnvironment } from '../process/command.ts';
import { findOnPath } from '../process/search-path.ts';
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

/** What buildx starts to get there (client/connhelper of BuildKit). */
const connectors: Readonly<Record<DaemonEndpoint['kind'], string | undefined>> = {
  unix: undefined,
  tcp: undefined,
  'docker-container': 'docker',
  ssh: 'ssh',
  'kube-pod': 'kubectl',
};

/** Throws ToolError `endpoint` where the program is missing that leads to such a daemon. */
export async function checkConnector(
  { kind, address }: DaemonEndpoint,
  env: ChildEnvironment,
): Promise<void> {
  const program = connectors[kind];
  if (program === undefined || (await findOnPath(program, env['PATH'] ?? '')) !== undefined) return;
  throw new ToolError(
    'endpoint',
    `"endpoint" ${address} is reached by the program ${program}, which is not on PATH: install it before this step.`,
  );
}

/** buildx would wait 20 seconds for a socket that is not there. */
async function checkSocket(address: string): Promise<void> {
  try {
    await access(address.replace(/^unix:\/\//, ''), constants.R_OK | constants.W_OK);
  } catch (error) {
    throw noAnswer(address, toMessage(error), error);
  }
}

function noAnswer(address: string, why: string, cause?: unknown): ToolError {
  return new ToolError(
    'endpoint',
    `No BuildKit answers at ${address} (${why}). Check the address, and that the daemon runs and lets this runner in.`,
    cause === undefined ? {} : { cause },
  );
}

/** Throws ToolError `endpoint` when no BuildKit answers there. */
export async function openRemoteEndpoint(request: RemoteRequest): Promise<RemoteEndpoint> {
  const { endpoint, buildx, jobDirectory, env, signal } = request;
  const { address } = endpoint;
  if (endpoint.kind === 'unix') await checkSocket(address);
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
