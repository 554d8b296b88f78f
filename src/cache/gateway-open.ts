import path from 'node:path';
import process from 'node:process';
import { ToolError, toMessage } from '../errors.ts';
import type { GatewayPlan } from '../gateway/access/plan.ts';
import type { GatewayProtocol } from '../gateway/access/protocols.ts';
import { deriveStubToken, isStub } from '../gateway/access/stub-token.ts';
import { joinGateway } from '../gateway/control/control-client.ts';
import type { GatewayUpstream } from '../gateway/control/start-message.ts';
import { endGateway } from '../gateway/host/end.ts';
import { type GatewayRecord, type StartGatewayResult, startGateway } from '../gateway/host/start.ts';
import type { CacheCompression } from '../inputs/types.ts';
import * as log from '../log.ts';
import type { ConnectRequest } from './backend.ts';
import { endJobGateway, gatewayLog } from './gateway-end.ts';
import type { ServiceFacts } from './service.ts';

/** Where the gateway keeps the caches, and the token that proves who may ask it. */
export interface GatewayService {
  readonly upstream: GatewayUpstream;
  readonly token: string;
  /** Of another place than the runner's cache service. */
  readonly place?: string;
}

export interface GatewayOpening {
  readonly service: GatewayService;
  readonly run: ServiceFacts['run'];
  readonly request: ConnectRequest;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Joins the gateway of an earlier step, or starts one in its place. Throws ToolError `gateway-start`, `gateway-control`. */
export async function openGateway(opening: GatewayOpening): Promise<StartGatewayResult> {
  const { service, run, request, env } = opening;
  const { token, upstream } = service;
  const { plans, isTip, job, drainMs, compression } = request;
  const running = job.record.gateway;
  const [first, ...others] = plans.map(({ imports, export: target, aliases }) => ({
    ...{ imports: [...imports], export: target, isTip },
    ...(aliases === undefined ? {} : { aliases: [...aliases] }),
  }));
  if (first === undefined) throw new Error('nothing is built');
  const protocols = toProtocols(compression, others.length > 0 || request.isForOthers === true);
  if (isStub(token)) {
    const reason =
      "ACTIONS_RUNTIME_TOKEN is the stub that an earlier step of this job has exported, and only the runner's own token opens a gateway";
    return { kind: 'refused', code: 'token-stub', reason };
  }
  if (running !== undefined) {
    const stub = deriveStubToken(token, running.nonce, Date.now());
    if (stub.kind === 'refused') return stub;
    const obstacle = await join([first, ...others], { url: running.url, token }, protocols).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (obstacle === undefined) return { kind: 'started', record: running, stub: stub.token };
    await makeRoom(running, obstacle, service, request);
  }
  // One that is not on record would share its files with the new one.
  await endJobGateway(undefined, { token, jobDirectory: job.directory, drainMs });
  const started = await startGateway({
    entry: path.join(import.meta.dirname, '..', 'gateway', 'index.js'),
    nodePath: process.execPath,
    jobDirectory: job.directory,
    logFile: gatewayLog,
    token,
    upstream,
    run,
    plan: first,
    protocols,
    // main's parent is the runner: when it is gone, nobody will run post.
    runnerPid: process.ppid,
    env,
  });
  if (started.kind === 'refused') return started;
  await join(others, { url: started.record.url, token }, protocols);
  const { place } = service;
  return place === undefined ? started : { ...started, record: { ...started.record, place } };
}

/** It allows what all plans together allow, and loads what they import. */
async function join(
  plans: readonly GatewayPlan[],
  gateway: { readonly url: string; readonly token: string },
  protocols: readonly GatewayProtocol[],
): Promise<void> {
  for (const plan of plans) await joinGateway(gateway, { plan, protocols });
}

/** `type=gha` always: with zstd it is what reads a cache scope that is too large for a registry. */
function toProtocols(compression: CacheCompression, needsOci: boolean): readonly GatewayProtocol[] {
  return compression === 'gzip' && !needsOci ? ['gha-v1'] : ['gha-v1', 'oci'];
}

/** A gateway that does not answer has nothing to wait for; one that only knows another token may be in mid upload. */
const patienceMs = { otherToken: 120_000, silent: 5000 };

/** It has died, hangs, or knows another token (act gives each step its own): the next one needs its place. */
async function makeRoom(
  running: GatewayRecord,
  obstacle: unknown,
  { token, place }: GatewayService,
  { job, drainMs }: ConnectRequest,
): Promise<void> {
  const isOther = obstacle instanceof ToolError && obstacle.code === 'gateway-token';
  const waitMs = Math.min(drainMs, isOther ? patienceMs.otherToken : patienceMs.silent);
  log.info(
    isOther
      ? `The gateway of an earlier step (pid ${running.pid}) ${running.place === place ? 'knows another token, as under act' : 'keeps its caches at another place'}: it ends its uploads first, in ${waitMs / 1000} s at most (input drain-timeout).`
      : `The gateway of an earlier step (pid ${running.pid}) does not answer, so it is replaced: ${toMessage(obstacle)}.`,
  );
  const logPath = path.join(job.directory, gatewayLog);
  const started = performance.now();
  const end = await endGateway(running, { token, jobDirectory: job.directory, logPath, drainMs: waitMs });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (end.kind === 'lost')
    log.warning(
      `The gateway of an earlier step was lost: ${end.reason}. What it had not uploaded yet is missing in the cache.`,
    );
  else log.info(`The gateway of the earlier step ended after ${seconds} s.`);
}
