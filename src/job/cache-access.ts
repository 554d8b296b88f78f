import path from 'node:path';
import process from 'node:process';
import * as core from '@actions/core';
import { toMessage } from '../errors.ts';
import { fetchGatewayReport, joinGateway } from '../gateway/control-client.ts';
import { endGateway } from '../gateway/end.ts';
import type { GatewayReport } from '../gateway/report.ts';
import { type GatewayRecord, startGateway } from '../gateway/start.ts';
import { deriveStubToken } from '../gateway/stub-token.ts';
import type { CachePlan } from '../policy/types.ts';
import type { Runner } from '../runner.ts';
import { type Job, updateJob } from './record.ts';

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
  | { readonly kind: 'none'; readonly reason: string | undefined };

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
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** In the job's directory. */
export const gatewayLog = 'gateway.log';

/**
 * Joins the job's gateway or starts it; it stands in the record then. Says nothing: other parts of main log meanwhile.
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
  if (!useGateway) return openDirect(token, upstream);
  try {
    const opened = await openGateway({ ...options, token, upstream });
    if (opened.kind !== 'gateway') return opened;
    // The whole of it, and its signature alone: that part is the secret.
    for (const secret of [opened.stub, opened.stub.slice(opened.stub.lastIndexOf('.') + 1)])
      core.setSecret(secret);
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
function openDirect(token: string, upstream: NonNullable<Runner['upstream']>): CacheAccess {
  // BuildKit fails the whole build on a token that it cannot use, so it is looked at first.
  const usable = deriveStubToken(token, '', Date.now());
  if (usable.kind === 'refused') return toRefusal(usable);
  return { kind: 'direct', variables: toVariables(upstream.url, upstream.protocol, token) };
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
    const joined = await joinGateway({ url: running.url, token }, gatewayPlan).then(
      () => true,
      () => false,
    );
    if (joined) return toAccess(running, stub.token);
    // It has died, or knows another token (act gives each step its own): then it finishes its uploads and makes room.
    const logPath = path.join(job.directory, gatewayLog);
    await endGateway(running, { token, jobDirectory: job.directory, logPath, drainMs });
  }
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
  // The plan has warned of a token that cannot be read.
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
