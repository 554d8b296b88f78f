import { readConfigText } from '../buildkit/daemon/config-source.ts';
import { type CacheEntry, renderCacheEntry } from '../buildkit/solve/cache-flags.ts';
import type { CacheAccess } from '../cache/backend.ts';
import { nothingSeen } from '../cache/cache-record.ts';
import { chooseBackend } from '../cache/choose-backend.ts';
import { toCompleteEntries } from '../cache/plain-entries.ts';
import { askServiceOnce } from '../cache/service-question.ts';
import { listSecretValues } from '../inputs/inputs.ts';
import type { SetupStepInputs } from '../inputs/types.ts';
import { listUnheardOfSetup } from '../inputs/unheard.ts';
import type { BuildOutput } from '../inputs/values.ts';
import { listIdleOfSetup } from '../inputs/without-effect.ts';
import * as log from '../log.ts';
import { listSetupScopes, type SetupScope } from '../plan/setup-scopes.ts';
import { shareMeasure } from '../plan/shared-measure.ts';
import { toCanonicalJson } from '../policy/canonical-json.ts';
import type { CachePlan } from '../policy/types.ts';
import { renderPlanTable } from '../report/plan-table.ts';
import { readDaemonSettings } from './daemon-settings.ts';
import { Degradations } from './degradations.ts';
import type { Endpoint } from './endpoint.ts';
import { handBuilder, handExports, handLogin, handPrograms } from './hand-over.ts';
import { joinJob } from './join-job.ts';
import { type KeptDaemon, noteSeen, openKeptDaemon } from './kept-daemon.ts';
import { openEndpoint, prepareEndpoint, tellOfWay } from './open-endpoint.ts';
import { Phases } from './phases.ts';
import { planBuild } from './plan-build.ts';
import { type Job, openKept } from './record.ts';
import { type Runner, readRunner } from './runner.ts';
import { gitGraceMs, type StepOptions, tellAccess } from './step.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A cache that later steps may use, with all that their clients must be told of it. */
export interface HandedScope {
  readonly name: string;
  readonly plan: CachePlan;
  /** Entries of `--cache-from` and `--cache-to`. */
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
  /** The same for clients that read no environment: with address and stub. */
  readonly cacheFromGha: readonly string[];
  readonly cacheToGha: readonly string[];
}

/** What later steps of the job get. */
export interface SetupStep {
  readonly inputs: SetupStepInputs;
  readonly scopes: readonly HandedScope[];
  readonly endpoint: Endpoint;
  /** As buildx calls the daemon. */
  readonly builder: string;
  /** Of programs, for the search path. */
  readonly programs: string;
  /** For the environment of later steps; it holds the stub, never the runner's token. */
  readonly variables: Readonly<Record<string, string>>;
  readonly degradations: Degradations;
  readonly phases: Phases;
}

/** Plans the cache scopes, opens the job, and hands the daemon and the way to the caches to later steps. */
export async function openSetupStep(
  env: Environment,
  given: SetupStepInputs,
  { signal, beside, unsaved }: StepOptions,
): Promise<SetupStep> {
  const runner = readRunner(env);
  for (const secret of [...(runner.token === undefined ? [] : [runner.token]), ...listSecretValues(given)])
    log.mask(secret);
  for (const sentence of listIdleOfSetup(given)) log.notice(sentence);
  const phases = new Phases(signal);
  const degradations = new Degradations();
  const way = await prepareEndpoint(env, given);
  const backend = chooseBackend(way.kind === 'gateway' ? 'gateway' : 'none', runner, env);
  const planning = { env, cwd: runner.workspace, runner, backend, signal, measure: shareMeasure() };
  const { planned, isTip } = await phases.run(
    'Plan the caches',
    () => planScopes(listSetupScopes(given, env), planning, degradations),
    gitGraceMs,
  );
  const [first] = planned;
  if (first === undefined) throw new Error('there is no cache scope');
  const plans = planned.map(({ plan, scope }) => ({ ...plan, aliases: scope.aliases }));
  const unheard = [
    ...(await listUnheardOfSetup(env, given, runner.workspace)),
    ...tellOfWay({ ...way, sentence: describeWay(way.kind, given) }, runner, plans),
  ];
  const job = await joinJob({ inputs: given, runner, env, degradations, unheard, unsaved });
  const findObstacle = askServiceOnce(runner, job, env);
  const kept = await keepDaemon({ inputs: given, runner, job, env, plan: first.plan });
  const inputs = kept === undefined ? given : limitKept(given);
  const connecting = backend.connect({
    ...{ plans, isTip, job, findObstacle, isForOthers: true },
    compression: inputs.cache.compression,
    drainMs: inputs.cache.drainTimeoutMs,
  });
  const endpoint = await phases
    .run('Start BuildKit', () =>
      openEndpoint({
        ...{ runner, plan: first.plan, job, beside, env, signal, findCacheObstacle: findObstacle },
        inputs: { ...inputs, build: inputs.setup },
      }),
    )
    .finally(() => connecting.catch(() => undefined))
    // Of a shared one others may go on now.
    .finally(() => (given.setup.keep === 'shared' ? kept?.lock.release() : undefined));
  const access = await phases.run('Open the caches', async () => tellAccess(await connecting, degradations));
  await job.update({ client: { buildx: endpoint.buildx } });
  const receiver = { job, workspace: runner.workspace, env };
  const builder = await handBuilder(receiver, endpoint);
  const programs = await handPrograms(receiver, {
    buildx: endpoint.buildx,
    buildctl: endpoint.kind === 'own' ? endpoint.buildctl : undefined,
  });
  const handed = await openCaches({
    inputs,
    planned,
    access,
    job,
    kept,
    runner,
    env,
    endpoint,
    degradations,
  });
  return {
    ...{ inputs, scopes: handed.scopes, endpoint, builder, programs, degradations, phases },
    variables: { BUILDKIT_HOST: endpoint.address, BUILDX_BUILDER: builder, ...handed.environment },
  };
}

const keptBytes = 10e9;

function limitKept(inputs: SetupStepInputs): SetupStepInputs {
  return { ...inputs, daemon: { ...inputs.daemon, gcKeep: inputs.daemon.gcKeep ?? keptBytes } };
}

/** undefined: the daemon ends with the job, because nobody has asked for another or, as is told then, nobody may have it. */
async function keepDaemon(request: {
  readonly inputs: SetupStepInputs;
  readonly runner: Runner;
  readonly job: Job;
  readonly env: Environment;
  readonly plan: CachePlan;
}): Promise<KeptDaemon | undefined> {
  const { runner, job, env, plan } = request;
  if (request.inputs.setup.keep === 'false' || job.hasDaemon || job.record.kept !== undefined)
    return undefined;
  const inputs = limitKept(request.inputs);
  const { toolCacheDirectory, repository, workspace } = runner;
  if (toolCacheDirectory === undefined || plan.exportRef === null) {
    const why =
      plan.exportRef === null
        ? `this run exports no cache (${plan.reason}), and nobody may build on what its steps leave in a daemon`
        : 'RUNNER_TOOL_CACHE is not set, so no directory outlives the job';
    log.notice(`"keep" has no effect: ${why.replace(/\.\)/, ')')}. The daemon ends with the job.`);
    return undefined;
  }
  const config = await readConfigText(inputs.daemon, workspace);
  const { drainTimeoutMs: _, ...asked } = await readDaemonSettings(inputs, env, workspace, config);
  const settings = toCanonicalJson([inputs.daemon.buildkitVersion, asked, runner.debug]);
  const isShared = inputs.setup.keep === 'shared';
  const kept = await openKeptDaemon(
    toolCacheDirectory,
    { repository, ref: plan.exportRef, settings },
    isShared,
    env,
  );
  const { directory } = kept.job;
  await job.update({ kept: { directory, ...(isShared ? {} : { claim: kept.lock.claim }) } });
  return kept;
}

interface PlannedScope {
  readonly scope: SetupScope;
  readonly plan: CachePlan;
}

async function planScopes(
  scopes: readonly SetupScope[],
  planning: Parameters<typeof planBuild>[1],
  degradations: Degradations,
): Promise<{ readonly planned: readonly PlannedScope[]; readonly isTip: boolean | undefined }> {
  const planned: PlannedScope[] = [];
  let isTip: boolean | undefined;
  for (const scope of scopes) {
    const decided = await planBuild(scope.inputs, planning);
    isTip = decided.isTip;
    log.info(`scope ${scope.name}\n${renderPlanTable(decided.plan)}`);
    for (const warning of decided.warnings)
      if (!degradations.sentences.includes(warning)) degradations.add(warning);
    planned.push({ scope, plan: decided.plan });
  }
  return { planned, isTip };
}

/** Nobody but the gateway may stand between later steps and the token. */
function describeWay(kind: 'gateway' | 'direct' | 'none', { daemon }: SetupStepInputs): string | undefined {
  if (kind === 'gateway') return undefined;
  return `The daemon at ${daemon.endpoint?.address ?? 'another place'} cannot reach the gateway on this runner's loopback, and the runner's own token is for no later step: what they build has no cache from Hotlayer.`;
}

interface Opening extends Pick<SetupStep, 'inputs' | 'endpoint' | 'degradations'> {
  readonly planned: readonly PlannedScope[];
  readonly access: CacheAccess;
  readonly job: Job;
  readonly kept: KeptDaemon | undefined;
  readonly runner: Runner;
  readonly env: Environment;
}

/**
 * Nobody knows what later steps make: a cache that would change the layers of an image which nothing forces to gzip is
 * left out, unless zstd was asked for.
 */
const unforced: BuildOutput = { type: 'image', attrs: { compression: 'estargz' } };

async function openCaches(opening: Opening): Promise<{
  readonly scopes: readonly HandedScope[];
  readonly environment: Readonly<Record<string, string>>;
}> {
  const { inputs, planned, access, job, kept, runner, env, endpoint, degradations } = opening;
  if (kept?.job.record.seen !== undefined) await noteSeen(job, kept.job.record.seen);
  const { seen = nothingSeen } = job.record;
  const isZstd = inputs.cache.compression === 'zstd';
  const settings = { ...inputs.cache, compression: isZstd ? ('zstd' as const) : ('gzip' as const) };
  const opened = await access.open({
    ...{ plans: planned.map(({ plan }) => plan), settings, seen, isForOthers: true },
    outputs: isZstd ? [] : [unforced],
    version: endpoint.version,
    logIn: (login) => handLogin({ job, workspace: runner.workspace, env }, login),
  });
  for (const notice of opened.notices) log.notice(notice);
  for (const sentence of opened.degradations) degradations.add(sentence);
  if (opened.seen !== seen) await job.update({ seen: opened.seen });
  // Anew: the daemon's own part was written meanwhile.
  if (kept !== undefined) await noteSeen(await openKept(kept.job.directory), opened.seen);
  const exports = planned.flatMap(({ plan }) => (plan.export === null ? [] : [plan.export]));
  await handExports(job, exports);
  const environment = opened.routes[0]?.cache.environment ?? {};
  const scopes = planned.map(({ scope, plan }, index) => {
    const cache = opened.routes[index]?.cache;
    const complete = toCompleteEntries(plan, settings, environment);
    const render = (entries: readonly (CacheEntry | undefined)[]) =>
      entries.flatMap((entry) => (entry === undefined ? [] : [renderCacheEntry(entry)]));
    return {
      ...{ name: scope.name, plan },
      cacheFrom: render(cache?.imports ?? []),
      cacheTo: render([cache?.export]),
      cacheFromGha: render(complete.imports),
      cacheToGha: render([complete.export]),
    };
  });
  return { scopes, environment };
}
