import process from 'node:process';
import { untilCancelled } from '../async/cancellation.ts';
import type { Backend, CacheAccess } from '../cache/backend.ts';
import { chooseBackend, listIdleAttributes } from '../cache/choose-backend.ts';
import { askServiceOnce } from '../cache/service-question.ts';
import type { Inputs } from '../inputs/types.ts';
import { listUnheard } from '../inputs/unheard.ts';
import * as log from '../log.ts';
import { describeBypass } from '../plan/bypassed-policy.ts';
import { settleContexts, toDefaultContext } from '../plan/default-context.ts';
import { toDefaultPlatform } from '../plan/identity.ts';
import { planRun, readRunFacts } from '../plan/plan-run.ts';
import { withholdStaleExport } from '../plan/withheld-export.ts';
import { isPublicRepository, normallyKeepsImage } from '../policy/image.ts';
import type { PlanDecision } from '../policy/plan.ts';
import type { CachePlan } from '../policy/types.ts';
import { renderPlanTable } from '../report/plan-table.ts';
import type { Beside } from './beside.ts';
import { Degradations } from './degradations.ts';
import { checkEmulation } from './emulation.ts';
import type { Endpoint } from './endpoint.ts';
import { joinJob } from './join-job.ts';
import { openEndpoint, prepareEndpoint, tellOfWay } from './open-endpoint.ts';
import { Phases } from './phases.ts';
import { prepareRunner } from './prepare.ts';
import type { Job } from './record.ts';
import { type Runner, readRunner } from './runner.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What git was shown is removed when git has ended. */
export const gitGraceMs = 1000;
/** A gateway that is about to be there within that is on record for post. */
export const gatewayGraceMs = 1000;

/** What a step that builds has: all of it is open, and the job's record names what post must close. */
export interface Step {
  readonly env: Environment;
  readonly inputs: Inputs;
  readonly runner: Runner;
  readonly plan: CachePlan;
  readonly job: Job;
  readonly endpoint: Endpoint;
  readonly cache: CacheAccess;
  /** The run is one that normally keeps no image, such as a pull request's. */
  readonly isTrial: boolean;
  /** Everybody can read the repository; undefined: not known. */
  readonly isPublic: boolean | undefined;
  /** The Git context of the event; undefined where the runner does not say. */
  readonly defaultContext: string | undefined;
  readonly degradations: Degradations;
  readonly phases: Phases;
  readonly beside: Beside;
  /** The runner has cancelled the step. */
  readonly signal: AbortSignal;
}

export interface StepOptions {
  readonly signal: AbortSignal;
  /** What goes on beside the build, also when the step cannot be opened. */
  readonly beside: Beside;
  /** Why it could not be saved that this step has nothing for post to do; undefined: it is saved. */
  readonly unsaved: string | undefined;
}

/** Plans the cache scopes, joins or opens the job, and gets BuildKit and the way to the cache ready, side by side. */
export async function openStep(env: Environment, given: Inputs, options: StepOptions): Promise<Step> {
  const { signal, beside, unsaved } = options;
  const runner = readRunner(env);
  const { inputs, sentence } = await settleContexts(given, env);
  if (sentence !== undefined) log.info(sentence);
  await prepareRunner(env, inputs, runner);
  const phases = new Phases(signal);
  const degradations = new Degradations();
  const way = await prepareEndpoint(env, inputs);
  const backend = chooseBackend(way.kind, inputs.cache, runner, env);
  const { plan, isTip } = await phases.run(
    'Plan the cache',
    () => planStep({ env, inputs, runner, backend, degradations, signal }),
    gitGraceMs,
  );

  const unheard = [
    ...listIdleAttributes(way.kind, inputs.cache),
    ...(await listUnheard(env, inputs, runner.workspace)),
    ...tellOfWay(way, runner, inputs.cache, [plan]),
  ];
  const job = await joinJob({ inputs, runner, env, degradations, unheard, unsaved });

  const findObstacle = askServiceOnce(runner, job, env);
  // Side by side: while BuildKit is fetched and starts, the gateway loads what the cache holds.
  const connecting = backend.connect({
    ...{ plans: [plan], isTip, job, findObstacle },
    compression: inputs.cache.compression,
    drainMs: inputs.cache.drainTimeoutMs,
  });
  const endpoint = await phases
    .run('Start BuildKit', async () => {
      const request = {
        ...{ inputs, runner, plan, job, beside, env, signal },
        findCacheObstacle: findObstacle,
      };
      const opened = await openEndpoint(request);
      await checkEmulation({
        build: inputs.build,
        workspace: runner.workspace,
        endpoint: opened,
        env,
        signal,
      });
      return opened;
    })
    // Post must find the gateway in the record, also when there is no BuildKit. What the phase ended with stays the error.
    .finally(() => untilCancelled(connecting, signal, gatewayGraceMs).catch(() => undefined));
  const cache = await phases.run('Open the cache', async () => tellAccess(await connecting, degradations));
  const facts = await readRunFacts(env);
  return {
    ...{ env, inputs, runner, plan, job, endpoint, cache, degradations, phases, beside, signal },
    isTrial: !normallyKeepsImage(facts),
    isPublic: isPublicRepository(facts),
    defaultContext: toDefaultContext(facts, env, inputs.daemon.buildxVersion),
  };
}

/** Says how the caches are reached, or what the build loses without. */
export function tellAccess(access: CacheAccess, degradations: Degradations): CacheAccess {
  const description = access.describe();
  if (description?.kind === 'info') log.info(description.sentence);
  if (description?.kind === 'loss') degradations.add(description.sentence);
  return access;
}

interface Planning extends Pick<Step, 'env' | 'inputs' | 'runner' | 'degradations' | 'signal'> {
  readonly backend: Backend;
}

async function planStep(planning: Planning): Promise<Pick<PlanDecision, 'plan' | 'isTip'>> {
  const { env, inputs, runner, backend, degradations, signal } = planning;
  const { plan, warnings, isTip } = await planRun(env, inputs, {
    cwd: runner.workspace,
    defaultPlatform: toDefaultPlatform(process.arch),
    rights: backend.rights,
    signal,
  });
  const { attempt } = runner.run;
  const withheld = withholdStaleExport(plan, { isTip, attempt, keepsNewer: backend.keepsNewer });
  log.info(renderPlanTable(withheld.plan));
  const bypass = describeBypass(inputs.cache.cacheTo, withheld.plan);
  if (bypass !== undefined) log.notice(bypass);
  for (const warning of warnings) degradations.add(warning);
  if (withheld.sentence !== undefined) degradations.add(withheld.sentence);
  return { plan: withheld.plan, isTip };
}
