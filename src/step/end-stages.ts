import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { hasBridge, removeBridge } from '../buildkit/daemon/bridge-removal.ts';
import { killOrphans, removeCgroups, toJobMarks, unmountState } from '../buildkit/daemon/leftovers.ts';
import { endDaemons, removeDirectories } from '../buildkit/daemon/stop.ts';
import { reportExports } from '../cache/export-end.ts';
import { endJobGateway } from '../cache/gateway-end.ts';
import { findGatewayToken } from '../cache/job-secret.ts';
import type { GatewayEnd } from '../gateway/host/end.ts';
import * as log from '../log.ts';
import { endProcesses } from '../process/end.ts';
import { renderSize } from '../report/format.ts';
import type { Ownership } from '../state.ts';
import { findDockerConfigs } from './docker-config.ts';
import { takeBack } from './hand-over.ts';
import { type BuiltByOthers, settleLaterBuilds } from './job-builds.ts';
import { reportLaterBuilds } from './job-builds-report.ts';
import type { FoundJobDirectory } from './job-directory.ts';
import { listClients } from './job-processes.ts';
import { releaseKept } from './kept-daemon.ts';
import { listOutside } from './outside.ts';
import { readJob } from './record.ts';
import type { Stage } from './stages.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const clientPatienceMs = 3000;

export interface CleanUpFacts {
  readonly ownership: Ownership;
  readonly found: FoundJobDirectory;
  readonly token: string | undefined;
  readonly env: Environment;
  /** Uploads are not waited for any longer. */
  readonly signal: AbortSignal;
}

/** In their order; each runs whatever became of the others. */
export function listStages({ ownership, found, token, env, signal }: CleanUpFacts): readonly Stage[] {
  const { drainTimeoutMs, summary } = ownership;
  const { directory } = found;
  // Without a directory of its own to look into, what runs is still found by its names.
  const isThere = found.kind === 'there';
  // Root's daemon needs no sudo to end it; any other user's was started with it.
  const sudo = process.getuid?.() !== 0;
  const marks = toJobMarks(directory, sudo);
  let wasBridged = false;
  let end: GatewayEnd | undefined;
  let toldOutage: string | undefined;
  let built: BuiltByOthers | undefined;
  return [
    {
      name: 'the client of the build',
      run: async () => {
        const left = await endProcesses(await listClients(directory), [
          ['SIGTERM', clientPatienceMs],
          ['SIGKILL', clientPatienceMs],
        ]);
        if (left.length > 0) throw new Error(`process ${left.join(', ')} did not end`);
      },
    },
    {
      name: 'the copy of the Docker config',
      run: async () => {
        for (const copy of isThere ? await findDockerConfigs(directory) : [])
          await rm(copy, { recursive: true, force: true });
      },
    },
    {
      name: 'the builds of later steps',
      run: async () => {
        if (!isThere) return;
        const { record } = await readJob(directory);
        const { handed } = record;
        if (handed === undefined) return;
        const daemon = record.kept === undefined ? record : (await readJob(record.kept.directory)).record;
        const facts = { jobDirectory: directory, record, handed, daemon };
        built = await settleLaterBuilds({ ...facts, token, env, signal });
      },
    },
    {
      name: 'the gateway',
      run: async () => {
        const { record, faults } = isThere ? await readJob(directory) : { record: {}, faults: [] };
        for (const fault of faults) log.warning(`Clean-up: ${fault}`);
        toldOutage = record.outage;
        const gatewayToken = await findGatewayToken(directory, token, record.gateway?.place);
        end = await endJobGateway(record.gateway, {
          ...{ token: gatewayToken, jobDirectory: directory, drainMs: drainTimeoutMs, signal },
          onProgress: ({ pending, bytesUp }) =>
            log.info(`${pending} still uploading, ${renderSize(bytesUp)} of the job are written`),
        });
      },
    },
    {
      name: 'the report of the cache export',
      run: async () => {
        if (end === undefined) return;
        await reportExports(end, {
          drainTimeoutMs,
          toldOutage,
          summaryFile: summary ? env['GITHUB_STEP_SUMMARY'] : undefined,
        });
      },
    },
    {
      name: 'the report of later steps',
      run: async () => {
        if (built === undefined) return;
        reportLaterBuilds(built, {
          report: end?.kind === 'stopped' ? end.report : undefined,
          summaryFile: summary ? env['GITHUB_STEP_SUMMARY'] : undefined,
        });
      },
    },
    {
      name: 'what later steps had got',
      run: async () => {
        if (!isThere) return;
        const { handed, client } = (await readJob(directory)).record;
        if (handed !== undefined) await takeBack(handed, client?.buildx);
      },
    },
    {
      name: 'the daemon that is kept',
      run: async () => {
        if (!isThere) return;
        const { kept, seen } = (await readJob(directory)).record;
        if (kept === undefined) return;
        await releaseKept(kept, seen);
        log.info('buildkitd: kept for later jobs');
      },
    },
    {
      name: 'buildkitd',
      run: async () => {
        wasBridged = await hasBridge(marks.bridge);
        const ended = await endDaemons(marks, { env });
        log.info(`buildkitd: ${ended}`);
      },
    },
    {
      name: 'processes of build steps',
      run: async () => {
        const killed = await killOrphans(marks, env);
        if (killed.length > 0) log.info(`ended ${killed.length} processes of build steps`);
      },
    },
    {
      name: 'mounts',
      run: async () => {
        const unmounted = await unmountState(marks, env);
        if (unmounted.length > 0) log.info(`unmounted ${unmounted.length} mounts`);
      },
    },
    {
      name: 'the network of build steps',
      run: async () => {
        const left = await removeBridge(marks.bridge, wasBridged, sudo, env);
        if (left.length > 0) throw new Error(left.join(', '));
      },
    },
    {
      name: 'cgroups',
      run: async () => {
        const left = await removeCgroups(marks, env);
        if (left.length > 0) throw new Error(`${left.join(', ')} could not be removed`);
      },
    },
    {
      name: 'the directory of the job',
      run: async () => {
        const outside = await listOutside(directory, env['TMPDIR']);
        await remove([...(isThere ? await listToRemove(directory) : []), ...outside], sudo, env);
      },
    },
  ];
}

/** Its entries first: what lies beside a mount that cannot be unmounted goes all the same. */
async function listToRemove(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory);
  return [...names.map((name) => path.join(directory, name)), directory];
}

async function remove(directories: readonly string[], sudo: boolean, env: Environment): Promise<void> {
  const left = await removeDirectories(directories, sudo, env);
  if (left.length > 0) throw new Error([...new Set(left)].join('; '));
}
