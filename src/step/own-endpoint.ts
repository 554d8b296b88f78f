import process from 'node:process';
import { startDaemon } from '../buildkit/daemon/daemon.ts';
import { decidePrivilege } from '../buildkit/daemon/privilege.ts';
import { type DaemonRecord, readDaemonLog } from '../buildkit/daemon/record.ts';
import { stopDaemon } from '../buildkit/daemon/stop.ts';
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
import type { Job } from './record.ts';

const termTimeoutMs = 2000;

export interface OwnEndpointRequest extends InstallRequest {
  readonly job: Job;
  /** Where what was fetched is saved for the next runner. */
  readonly beside: Beside;
}

/** Takes the daemon of an earlier step of this job, or installs BuildKit and starts one. */
export async function openOwnEndpoint(request: OwnEndpointRequest): Promise<OwnEndpoint> {
  const { inputs, runner, job, env, signal } = request;
  const { daemon, spec, client } = job.record;
  const asked = await readDaemonSettings(inputs, env, runner.workspace);
  const starting = { job, env, signal };
  if (!job.isOwner && daemon !== undefined && spec !== undefined && client !== undefined) {
    await refuseOtherDaemon(asked, spec.asked, spec.binaries);
    await refuseOtherClient(asked, spec.asked, client);
    for (const sentence of listIgnoredSettings(asked, spec.asked)) log.notice(sentence);
    log.info(`buildkitd ${spec.binaries.version} of an earlier step (pid ${daemon.pid})`);
    return toEndpoint(daemon, spec, { ...starting, buildx: client.buildx });
  }
  // What is wrong for certain is told before anything is fetched.
  await checkConfig(request);
  const { uid } = readOwner();
  // What a daemon of an earlier step has left (mounts, cgroups, build steps), or that daemon itself where nobody can reach
  // it any more, must go before the next one starts.
  await clearJob(job.directory, uid !== 0, env);
  const privilege = await decidePrivilege(uid, env);
  const tools = installForJob(request);
  // Whichever fails first is what the step fails with.
  tools.buildx.catch(() => undefined);
  const binaries = await tools.buildkit;
  const { buildkitdConfigInline: config } = inputs.daemon;
  const planned: DaemonSpec = {
    ...{ binaries, workspace: runner.workspace, privilege, debug: runner.debug, asked },
    ...(config === undefined ? {} : { config }),
  };
  // The daemon starts while the client may still be on its way.
  const started = await start(planned, starting);
  const buildx = await tools.buildx;
  await job.update({ client: { buildx } });
  request.beside.add(tools.save());
  return toEndpoint(started, planned, { ...starting, buildx });
}

interface Starting {
  readonly job: Job;
  readonly env: ChildEnvironment;
  readonly signal: AbortSignal;
}

function start(spec: DaemonSpec, { job, env, signal }: Starting): Promise<DaemonRecord> {
  return startDaemon({
    jobDirectory: job.directory,
    binaries: spec.binaries,
    configInline: spec.config,
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
    address: `unix://${daemon.socket}`,
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

/** This process's user, who may use the socket. */
function readOwner(): { readonly uid: number; readonly gid: number } {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
}
