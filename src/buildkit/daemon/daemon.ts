import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ToolError } from '../../errors.ts';
import type { DaemonVariable } from '../../inputs/daemon-values.ts';
import type { JsonRecord } from '../../json.ts';
import { type ChildEnvironment, runCommand } from '../../process/command.ts';
import { parseStat, readOr } from '../../process/identity.ts';
import type { BuildkitBinaries } from '../install/binaries.ts';
import { renderDaemonConfig } from './config.ts';
import type { ConfigText } from './config-source.ts';
import { checkLogLimits, renderExports, toDaemonEnvironment } from './environment.ts';
import { toDaemonPlaces, toJobPrefix } from './names.ts';
import { type Privilege, withPrivilege } from './privilege.ts';
import { type DaemonRecord, readDaemonLog } from './record.ts';
import { toRootlessCommand } from './rootless.ts';

export type { DaemonRecord } from './record.ts';

export interface DaemonOptions {
  /** Below it lie the daemon's state and its log. */
  readonly jobDirectory: string;
  readonly binaries: Pick<BuildkitBinaries, 'directory' | 'buildkitd' | 'buildctl' | 'runc' | 'version'>;
  /** The user's part of the configuration. */
  readonly config?: ConfigText | undefined;
  /** What other inputs say in the configuration. */
  readonly keys?: JsonRecord | undefined;
  /** More words for the command line. */
  readonly flags?: readonly string[] | undefined;
  /** The `buildkitd-env` input. */
  readonly variables?: readonly DaemonVariable[] | undefined;
  /** Where the relative paths of that start. */
  readonly workspace?: string | undefined;
  readonly privilege: Privilege;
  /** This process's user, who may use the socket when the daemon runs under sudo. */
  readonly owner: { readonly uid: number; readonly gid: number };
  readonly debug: boolean;
  /** Of it only PATH, proxies, certificates and the limits of a step's output reach the daemon. */
  readonly env: ChildEnvironment;
  /** Called before the daemon is started and again when its pid is known: keep the newest for `stopDaemon`. */
  readonly onRecord: (record: DaemonRecord) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
  readonly readyTimeoutMs?: number;
}

/**
 * The longest socket that buildkitd makes below its temporary directory, one for each `RUN --mount=type=ssh`
 * (session/sshforward, with the ten digits of os.MkdirTemp). With room for it there is room for its own, too, of which it
 * takes 104 bytes at most.
 */
const longestSocket = '.buildkit-ssh-sock0123456789/ssh_auth_sock';

const tempName = 'tmp';

/** sun_path of unix(7) holds 108 bytes, the last of which is a NUL. */
const maxSocketBytes = 107;

/** Between two looks at what the daemon has got to. */
const pauseMs = 10;

/**
 * Starts buildkitd and answers once it serves calls. Throws InputError for a wrong inline configuration or log limit (nothing
 * is started then), ToolError `daemon-start` with the end of its log when it dies or is not ready in time. On any failure
 * the last record says what to stop.
 */
export async function startDaemon(options: DaemonOptions): Promise<DaemonRecord> {
  checkLogLimits({ ...options.env, ...toVariables(options) });
  const planned = await planRecord(options);
  const config = renderDaemonConfig({
    root: planned.root,
    socket: planned.socket,
    traceSocket: path.join(path.dirname(planned.socket), 'trace.sock'),
    owner: planned.sudo ? options.owner : undefined,
    runc: options.binaries.runc,
    cgroupParent: planned.cgroupParent,
    debug: options.debug,
    inline: options.config?.toml,
    input: options.config?.input,
    keys: options.keys,
    workspace: options.workspace,
    version: options.binaries.version,
  });
  const configFile = path.join(planned.stateDirectory, 'buildkitd.toml');
  const tempDirectory = await makeTempDirectory(planned);
  await writeFile(configFile, config);
  await options.onRecord(planned);
  options.signal?.throwIfAborted();

  const daemon = await spawnDaemon(planned, configFile, tempDirectory, options);
  const deadlineAtMs = Date.now() + (options.readyTimeoutMs ?? 60_000);
  const record = await waitForPid(planned, daemon, deadlineAtMs, options);
  await options.onRecord(record);
  await waitUntilReady(record, daemon, deadlineAtMs, options);
  daemon.child.unref();
  return record;
}

function toVariables({ variables = [] }: DaemonOptions): Readonly<Record<string, string>> {
  return Object.fromEntries(variables.map(({ key, value }) => [key, value]));
}

/** Files and mounts lie in the state directory in any case, where they are found when the daemon is killed; sockets in them are named by the short way. */
async function makeTempDirectory({ stateDirectory, socketDirectory }: DaemonRecord): Promise<string> {
  const directory = path.join(stateDirectory, tempName);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (socketDirectory === undefined) return directory;
  const link = path.join(socketDirectory, tempName);
  await symlink(directory, link);
  return link;
}

async function planRecord({ jobDirectory, privilege }: DaemonOptions): Promise<DaemonRecord> {
  // Random: a daemon that failed to start is never taken for the one that a later step of the job starts.
  const id = randomBytes(6).toString('hex');
  const directory = path.resolve(jobDirectory);
  const near = toDaemonPlaces(directory, id, undefined);
  await mkdir(near.stateDirectory, { recursive: true, mode: 0o700 });
  const longest = path.join(near.stateDirectory, tempName, longestSocket);
  const isShort = Buffer.byteLength(longest) <= maxSocketBytes;
  const far = path.join(tmpdir(), `${toJobPrefix(directory)}${id}`);
  // Not recursive: a directory that another user has put there is not ours to use.
  if (!isShort) await mkdir(far, { mode: 0o700 });
  const places = isShort ? near : toDaemonPlaces(directory, id, far);
  return { ...places, sudo: privilege === 'sudo' };
}

interface StartedDaemon {
  readonly child: ChildProcess;
  /** Set once it has ended, or could not be started. */
  ended: string | undefined;
}

/**
 * The shell reads its environment from the pipe, writes what /proc says of it to a file and becomes buildkitd: so the pid and
 * the start time in that file are the daemon's own, also under sudo, and also when this process is killed right now.
 */
const startScript =
  'eval "$(cat)"; cat "/proc/$$/stat" > "$0.new" && mv "$0.new" "$0" && exec "$@" < /dev/null';

async function spawnDaemon(
  record: DaemonRecord,
  configFile: string,
  tempDirectory: string,
  options: DaemonOptions,
): Promise<StartedDaemon> {
  const { binaries, env, flags = [] } = options;
  const daemonEnv = toDaemonEnvironment(env, {
    binDirectory: binaries.directory,
    tempDirectory,
    home: record.stateDirectory,
    variables: {
      ...toVariables(options),
      // Where runc keeps its own state without root.
      ...(options.privilege === 'rootless' ? { XDG_RUNTIME_DIR: record.stateDirectory } : {}),
    },
  });
  const log = await open(record.logFile, 'a', 0o600);
  try {
    const launcher = options.privilege === 'rootless' ? toRootlessCommand(record.stateDirectory) : [];
    const command = [...launcher, binaries.buildkitd, '--config', configFile, ...flags];
    const [file, ...args] = withPrivilege(record.sudo, ['sh', '-c', startScript, record.pidFile, ...command]);
    // Its own session: a signal to the job's step must not reach it, and it lives on when main ends.
    const child = spawn(file, args, {
      cwd: '/',
      env: { PATH: daemonEnv['PATH'] },
      detached: true,
      stdio: ['pipe', log.fd, log.fd],
    });
    const daemon: StartedDaemon = { child, ended: undefined };
    child.once('error', (error) => {
      daemon.ended = `could not be started (${error.message})`;
    });
    child.once('exit', (code, signal) => {
      daemon.ended = code === null ? `was ended by ${signal}` : `ended with exit code ${code}`;
    });
    // A shell that dies before it has read all shows in `ended`, which says more than EPIPE.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(renderExports(daemonEnv));
    return daemon;
  } finally {
    await log.close();
  }
}

async function waitForPid(
  record: DaemonRecord,
  daemon: StartedDaemon,
  deadlineAtMs: number,
  options: DaemonOptions,
): Promise<DaemonRecord> {
  for (;;) {
    const identity = parseStat(await readOr(record.pidFile, ''));
    if (identity !== undefined) return { ...record, pid: identity.pid, pidStartTime: identity.startTime };
    await pause(record, daemon, deadlineAtMs, options);
  }
}

/** Ready is a call that the daemon answers. Before its socket is there, asking would only take the processor from it. */
async function waitUntilReady(
  record: DaemonRecord,
  daemon: StartedDaemon,
  deadlineAtMs: number,
  options: DaemonOptions,
): Promise<void> {
  const args = ['--addr', `unix://${record.socket}`, 'debug', 'workers'];
  for (;;) {
    while (!existsSync(record.socket)) await pause(record, daemon, deadlineAtMs, options);
    const { exitCode } = await runCommand(options.binaries.buildctl, args, {
      env: { PATH: options.env['PATH'], HOME: record.stateDirectory },
      timeoutMs: 10_000,
      signal: options.signal,
    });
    if (exitCode === 0) return;
    await pause(record, daemon, deadlineAtMs, options);
  }
}

/** Throws when waiting on is of no use. */
async function pause(
  record: DaemonRecord,
  daemon: StartedDaemon,
  deadlineAtMs: number,
  { signal }: DaemonOptions,
): Promise<void> {
  signal?.throwIfAborted();
  if (daemon.ended !== undefined) throw await toStartError(record, daemon.ended);
  if (Date.now() > deadlineAtMs) throw await toStartError(record, 'did not answer in time');
  await delay(pauseMs);
}

async function toStartError(record: DaemonRecord, what: string): Promise<ToolError> {
  const lines = dropStackFrames(await readDaemonLog(record, 200)).slice(-20);
  const log = lines.length === 0 ? 'It wrote no log.' : `The end of its log:\n${lines.join('\n')}`;
  return new ToolError('daemon-start', `buildkitd ${what} before it was ready. ${log}`);
}

/** buildkitd prints its errors with a Go stack, which would push the message out of sight. */
export function dropStackFrames(lines: readonly string[]): readonly string[] {
  return lines.filter((line, index) => !line.startsWith('\t') && lines[index + 1]?.startsWith('\t') !== true);
}
