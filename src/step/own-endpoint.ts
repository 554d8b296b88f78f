import { userInfo } from 'node:os';
import process from 'node:process';
import { planBridge } from '../buildkit/daemon/bridge.ts';
import { mergeKeys } from '../buildkit/daemon/config.ts';
import { readConfigText } from '../buildkit/daemon/config-source.ts';
import { startDaemon } from '../buildkit/daemon/daemon.ts';
import { toDaemonPath } from '../buildkit/daemon/environment.ts';
import { toInputKeys } from '../buildkit/daemon/input-keys.ts';
import { decidePrivilege } from '../buildkit/daemon/privilege.ts';
import { type DaemonRecord, readDaemonLog } from '../buildkit/daemon/record.ts';
import { checkRootless } from '../buildkit/daemon/rootless.ts';
import { stopDaemon } from '../buildkit/daemon/stop.ts';
import type { BuildkitBinaries } from '../buildkit/install/binaries.ts';
import type { DaemonVariable } from '../inputs/daemon-values.ts';
import type { DaemonInputs } from '../inputs/types.ts';
import type { JsonRecord } from '../json.ts';
import * as log from '../log.ts';
import type { ChildEnvironment } from '../process/command.ts';
import type { Beside } from './beside.ts';
import { checkConfig, type InstallRequest, installForJob } from './buildkit.ts';
import { clearJob } from './clear-job.ts';
import {
  listIgnoredSettings,
  readDaemonSettings,
  refuseOtherClient,
  refuseOtherDaemon,
} from './daemon-settings.ts';
import type { DaemonSpec } from './daemon-spec.ts';
import type { OwnEndpoint } from './endpoint.ts';
import { type Job, openKept } from './record.ts';

const termTimeoutMs = 2000;

export interface OwnEndpointRequest extends Omit<InstallRequest, 'config'> {
  readonly job: Job;
  /** Where what was fetched is saved for the next runner. */
  readonly beside: Beside;
}

/** Takes the daemon of an earlier step of this job, or installs BuildKit and starts one. */
export async function openOwnEndpoint(request: OwnEndpointRequest): Promise<OwnEndpoint> {
  const { kept } = request.job.record;
  if (kept === undefined) return openDaemon(request);
  // It outlives the job, and so does its directory with its record.
  return openDaemon({ ...request, job: await openKept(kept.directory) }, 'job');
}

async function openDaemon(given: OwnEndpointRequest, scope: 'step' | 'job' = 'step'): Promise<OwnEndpoint> {
  const { inputs, runner, job, env, signal } = given;
  const config = await readConfigText(inputs.daemon, runner.workspace);
  const request: InstallRequest & OwnEndpointRequest = { ...given, config };
  const { daemon, spec, client } = job.record;
  const asked = await readDaemonSettings(inputs, env, runner.workspace, config);
  const starting = { job, env, signal, variables: inputs.daemon.buildkitdEnv };
  if (job.hasDaemon && daemon !== undefined && spec !== undefined && client !== undefined) {
    await refuseOtherDaemon(asked, spec.asked, spec.binaries);
    await refuseOtherClient(asked, spec.asked, client);
    for (const sentence of listIgnoredSettings(asked, spec.asked)) log.notice(sentence);
    log.info(`buildkitd ${spec.binaries.version} of an earlier ${scope} (pid ${daemon.pid})`);
    return toEndpoint(daemon, spec, { ...starting, buildx: client.buildx });
  }
  // What is wrong for certain is told before anything is fetched.
  await checkConfig(request);
  const { uid } = readOwner();
  // What a daemon of an earlier step has left (mounts, cgroups, build steps), or that daemon itself where nobody can reach
  // it any more, must go before the next one starts.
  await clearJob(job.directory, uid !== 0, env);
  if (inputs.daemon.rootless) await checkRootless({ uid, name: readUserName() }, env);
  const privilege = inputs.daemon.rootless ? 'rootless' : await decidePrivilege(uid, env);
  const tools = installForJob(request);
  // Whichever fails first is what the step fails with.
  tools.buildx.catch(() => undefined);
  const binaries = await tools.buildkit;
  const planned: DaemonSpec = {
    ...{ binaries, workspace: runner.workspace, privilege, debug: runner.debug, asked },
    keys: await planKeys(inputs.daemon, binaries, given),
    flags: inputs.daemon.buildkitdFlags ?? [],
    ...(config === undefined ? {} : { config }),
  };
  // The daemon starts while the client may still be on its way.
  const started = await start(planned, starting);
  const buildx = await tools.buildx;
  await job.update({ client: { buildx } });
  request.beside.add(tools.save());
  return toEndpoint(started, planned, { ...starting, buildx });
}

async function planKeys(
  daemon: DaemonInputs,
  binaries: BuildkitBinaries,
  { job, env }: OwnEndpointRequest,
): Promise<JsonRecord> {
  const keys = toInputKeys(daemon, binaries.version);
  if (daemon.stepNetwork === 'host') return keys;
  return mergeKeys(keys, await planBridge({ jobDirectory: job.directory, binaries, env }));
}

interface Starting {
  readonly job: Job;
  readonly env: ChildEnvironment;
  readonly signal: AbortSignal;
  /** Of this step: they are in no record. */
  readonly variables: readonly DaemonVariable[];
}

function start(spec: DaemonSpec, { job, env, signal, variables }: Starting): Promise<DaemonRecord> {
  return startDaemon({
    jobDirectory: job.directory,
    binaries: spec.binaries,
    ...{ config: spec.config, keys: spec.keys, flags: spec.flags, variables },
    workspace: spec.workspace,
    privilege: spec.privilege,
    owner: readOwner(),
    debug: spec.debug,
    env,
    signal,
    // On disk before the daemon is ready: post must find it after a cancelled main.
    onRecord: (planned) => job.update({ daemon: planned, spec }),
  });
}

interface Client {
  readonly buildx: string;
}

function toEndpoint(daemon: DaemonRecord, spec: DaemonSpec, starting: Starting & Client): OwnEndpoint {
  const { job, env, buildx } = starting;
  const { buildctl, version } = spec.binaries;
  return {
    kind: 'own',
    ...{ address: `unix://${daemon.socket}`, driverOptions: {} },
    searchPath: toDaemonPath(env, spec.binaries.directory),
    ...{ buildctl, buildx, version, stateDirectory: daemon.stateDirectory },
    readLog: () => readDaemonLog(daemon),
    // Whoever opened the job takes down what is on record, whichever step has started it.
    replace: async () => {
      await stopDaemon(daemon, { env, termTimeoutMs });
      await clearJob(job.directory, spec.privilege === 'sudo', env);
      return toEndpoint(await start(spec, starting), spec, starting);
    },
  };
}

/** undefined: the user has no name, as in many a container. */
function readUserName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // There is no entry for that id.
    return undefined;
  }
}

/** This process's user, who may use the socket. */
function readOwner(): { readonly uid: number; readonly gid: number } {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
}
