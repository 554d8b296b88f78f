import path from 'node:path';
import process from 'node:process';
import { askService } from '../cache-client/service-question.ts';
import { ToolError, toMessage } from '../errors.ts';
import { deriveStubToken } from '../gateway/access/stub-token.ts';
import { fetchGatewayReport, joinGateway } from '../gateway/control/control-client.ts';
import { endGateway } from '../gateway/host/end.ts';
import { type GatewayRecord, startGateway } from '../gateway/host/start.ts';
import type { GatewayReport } from '../gateway/report/report.ts';
import * as log from '../log.ts';
import { findBuildkitFault } from '../policy/runtime-token.ts';
import type { CachePlan } from '../policy/types.ts';
import { endJobGateway, gatewayLog } from './gateway-end.ts';
import { type Job, updateJob } from './record.ts';
import type { Runner } from './runner.ts';

type Variables = Readonly<Record<string, string>>;

/** How this step's BuildKit reaches the cache. `variables` are for buildctl only, which reads them for `type=gha`. */
export type CacheAccess =
  | {
      readonly kind: 'gateway';
      readonly record: GatewayRecord;
      readonly variables: Variables;
      readonly stub: string;
    }
  | { readonly kind: 'direct'; readonly variables: Variables }
  /** `reason` is a whole sentence for an annotation; undefined where the plan itself says why there is no cache. */
  | {
      readonly kind: 'none';
      readonly reason: string | undefined;
      /** An earlier step of the job has said so. */
      readonly isTold?: boolean;
    };

export interface CacheAccessOptions {
  readonly runner: Runner;
  readonly plan: CachePlan;
  /** GITHUB_SHA is known to be the tip of its branch. */
  readonly isTip: boolean | undefined;
  /** The `gateway` input. */
  readonly useGateway: boolean;
  readonly job: Job;
  /** The `drain-timeout` input: how long a gateway that must go may still upload. */
  readonly drainMs: number;
  /** Why the cache service is of no use; undefined: it answers. */
  readonly findCacheObstacle: () => Promise<string | undefined>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Joins the job's gateway or starts it; it stands in the record then. Says nothing but what it waits for: other parts of
 * main log meanwhile.
 * Never throws: without a cache the build goes on, and the reason is reported.
 */
export async function openCacheAccess(options: CacheAccessOptions): Promise<CacheAccess> {
  const { runner, plan, useGateway } = options;
  const { token, upstream } = runner;
  if (token === undefined || (plan.imports.length === 0 && plan.export === null)) {
    return { kind: 'none', reason: undefined };
  }
  if (upstream === undefined) {
    return {
      kind: 'none',
      reason:
        'The runner names no cache service (ACTIONS_RESULTS_URL, ACTIONS_CACHE_URL): this build runs without a cache.',
    };
  }
  if (!useGateway) return await openDirect(options, token, upstream);
  try {
    const opened = await openGateway({ ...options, token, upstream });
    if (opened.kind !== 'gateway') return opened;
    // The whole of it, and its signature alone: that part is the secret.
    for (const secret of [opened.stub, opened.stub.slice(opened.stub.lastIndexOf('.') + 1)]) log.mask(secret);
    await updateJob(options.job, { gateway: opened.record });
    return opened;
  } catch (error) {
    return {
      kind: 'none',
      reason: `The gateway to the cache is not there: ${toMessage(error)}. This build runs without a cache.`,
    };
  }
}

/** The plain way: the real service and token for buildctl, as BuildKit documents it. */
async function openDirect(
  { job, findCacheObstacle }: CacheAccessOptions,
  token: string,
  upstream: NonNullable<Runner['upstream']>,
): Promise<CacheAccess> {
  // BuildKit fails the whole build on a token that it cannot use, so it is looked at first.
  const usable = deriveStubToken(token, '', Date.now());
  if (usable.kind === 'refused') return toRefusal(usable);
  const fault = findBuildkitFault(token);
  if (fault !== undefined) {
    const reason = `BuildKit does not take the runtime token, because ${fault}; with \`gateway: true\` it need not`;
    return toRefusal({ code: 'token-of-others', reason });
  }
  // BuildKit's client would try for minutes, before the build and after it.
  const obstacle = await findCacheObstacle();
  if (obstacle !== undefined) {
    const isTold = job.record.outage !== undefined;
    await updateJob(job, { outage: obstacle });
    const reason = `The cache service does not answer (${obstacle}): this build runs without a cache.`;
    return { kind: 'none', reason, isTold };
  }
  return { kind: 'direct', variables: toVariables(upstream.url, upstream.protocol, token) };
}

/** Asks the cache service once for all of this step, and only if somebody wants to know. */
export function askServiceOnce(
  { token, upstream }: Runner,
  job: Job,
  env: Readonly<Record<string, string | undefined>>,
): () => Promise<string | undefined> {
  if (token === undefined || upstream === undefined) return async () => undefined;
  const ask = async () => {
    const answer = await askService({ upstream, token, env, isSuspect: job.record.outage !== undefined });
    return answer.kind === 'away' ? answer.reason : undefined;
  };
  let asked: Promise<string | undefined> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}

interface GatewayOptions extends CacheAccessOptions {
  readonly token: string;
  readonly upstream: NonNullable<Runner['upstream']>;
}

async function openGateway({
  token,
  upstream,
  runner,
  plan,
  isTip,
  job,
  drainMs,
  env,
}: GatewayOptions): Promise<CacheAccess> {
  const running = job.record.gateway;
  const gatewayPlan = { imports: plan.imports, export: plan.export, isTip };
  if (running !== undefined) {
    const stub = deriveStubToken(token, running.nonce, Date.now());
    if (stub.kind === 'refused') return toRefusal(stub);
    const obstacle = await joinGateway({ url: running.url, token }, gatewayPlan).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (obstacle === undefined) return toAccess(running, stub.token);
    await makeRoom(running, obstacle, { token, job, drainMs });
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
    run: runner.run,
    plan: gatewayPlan,
    // main's parent is the runner: when it is gone, nobody will run post.
    runnerPid: process.ppid,
    env,
  });
  return started.kind === 'refused' ? toRefusal(started) : toAccess(started.record, started.stub);
}

/** A gateway that does not answer has nothing to wait for; one that only knows another token may be in mid upload. */
const patienceMs = { otherToken: 120_000, silent: 5000 };

/** It has died, hangs, or knows another token (act gives each step its own): the next one needs its place. */
async function makeRoom(
  running: GatewayRecord,
  obstacle: unknown,
  { token, job, drainMs }: { readonly token: string; readonly job: Job; readonly drainMs: number },
): Promise<void> {
  const isOther = obstacle instanceof ToolError && obstacle.code === 'gateway-token';
  const waitMs = Math.min(drainMs, isOther ? patienceMs.otherToken : patienceMs.silent);
  log.info(
    isOther
      ? `The gateway of an earlier step (pid ${running.pid}) knows another token, as under act: it ends its uploads first, in ${waitMs / 1000} s at most (input drain-timeout).`
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

/** What the gateway counted so far; undefined when there is none or it does not answer. */
export async function readGatewayReport(
  access: CacheAccess,
  token: string | undefined,
): Promise<GatewayReport | undefined> {
  if (access.kind !== 'gateway' || token === undefined) return undefined;
  try {
    return await fetchGatewayReport({ url: access.record.url, token });
  } catch {
    // It was killed; the build's own trace tells what that cost.
    return undefined;
  }
}

function toAccess(record: GatewayRecord, stub: string): CacheAccess {
  // v1 whatever the service speaks: BuildKit sends a layer in four calls in place of five, and in chunks of 32 MiB, four
  // at a time, in place of serial blocks of 1 MiB.
  return { kind: 'gateway', record, stub, variables: toVariables(record.url, 1, stub) };
}

function toRefusal(refusal: { readonly code: string; readonly reason: string }): CacheAccess {
  // The plan has warned of a token that cannot be read: it has asked the same reader.
  const isKnown = refusal.code === 'token-opaque';
  return {
    kind: 'none',
    reason: isKnown ? undefined : `This build runs without a cache: ${refusal.reason}.`,
  };
}

/** The variables that buildctl's loadGithubEnv reads (cmd/buildctl/build/util.go). */
function toVariables(url: string, protocol: 1 | 2, token: string): Variables {
  const base = url.endsWith('/') ? url : `${url}/`;
  return {
    ACTIONS_CACHE_SERVICE_V2: protocol === 2 ? 'true' : 'false',
    ACTIONS_CACHE_URL: base,
    ACTIONS_RESULTS_URL: base,
    ACTIONS_RUNTIME_TOKEN: token,
  };
}
