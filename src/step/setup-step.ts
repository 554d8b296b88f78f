import { untilCancelled } from '../async/cancellation.ts';
import { chooseBackend } from '../cache/choose-backend.ts';
import { askServiceOnce } from '../cache/service-question.ts';
import { listSecretValues } from '../inputs/inputs.ts';
import type { SetupStepInputs } from '../inputs/types.ts';
import { listUnheardOfSetup } from '../inputs/unheard.ts';
import { listIdleOfSetup } from '../inputs/without-effect.ts';
import * as log from '../log.ts';
import { listSetupScopes, type SetupScope } from '../plan/setup-scopes.ts';
import { shareMeasure } from '../plan/shared-measure.ts';
import { renderPlanTable } from '../report/plan-table.ts';
import { Degradations } from './degradations.ts';
import type { Endpoint } from './endpoint.ts';
import { handBuilder, handPrograms } from './hand-over.ts';
import { joinJob } from './join-job.ts';
import { keepDaemon, limitKept } from './keep-request.ts';
import { openEndpoint, prepareEndpoint, tellOfWay } from './open-endpoint.ts';
import { Phases } from './phases.ts';
import { planBuild } from './plan-build.ts';
import { readRunner } from './runner.ts';
import { type HandedScope, openCaches, type PlannedScope } from './setup-caches.ts';
import { gatewayGraceMs, gitGraceMs, type StepOptions, tellAccess } from './step.ts';

type Environment = Readonly<Record<string, string | undefined>>;

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
  const backend = chooseBackend(way.kind === 'gateway' ? 'gateway' : 'none', given.cache, runner, env);
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
    ...tellOfWay({ ...way, sentence: describeWay(way.kind, given) }, runner, given.cache, plans),
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
    // As in openStep: post must find the gateway in the record.
    .finally(() => untilCancelled(connecting, signal, gatewayGraceMs).catch(() => undefined))
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
  const exposed = Object.keys(handed.environment).length > 0 && givesToActions(env);
  if (exposed) log.notice(sentenceOnActions);
  return {
    ...{ inputs, scopes: handed.scopes, endpoint, builder, programs, degradations, phases },
    variables: {
      ...{ BUILDKIT_HOST: endpoint.address, BUILDX_BUILDER: builder },
      ...(exposed ? {} : handed.environment),
    },
  };
}

/**
 * GitHub's runner gives every action its own ACTIONS_* again (HandlerBase and NodeScriptActionHandler of actions/runner).
 * act, and the runners that are made of it, give actions what a step has exported: other actions and our own post would
 * take the stub for the token.
 */
function givesToActions(env: Environment): boolean {
  return ['ACT', 'GITEA_ACTIONS', 'FORGEJO_ACTIONS'].some((name) => env[name] === 'true');
}

const sentenceOnActions =
  'This runner gives actions what a step exports, so ACTIONS_CACHE_URL and ACTIONS_RUNTIME_TOKEN stay as they are: later steps reach the caches by the outputs "build-flags", "cache-from-gha" and "cache-to-gha".';

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
