import { stat } from 'node:fs/promises';
import { nameRun, toBuilderId } from '../buildkit/solve/attestations.ts';
import { type BakeRequest, keepEntries, toPrintCommand } from '../buildkit/solve/bake-arguments.ts';
import type { BakeTarget } from '../buildkit/solve/bake-definition.ts';
import { toGitAuth } from '../buildkit/solve/git-auth.ts';
import { printDefinition } from '../buildkit/solve/print-definition.ts';
import { chooseBackend, listIdleAttributes } from '../cache/choose-backend.ts';
import { askServiceOnce } from '../cache/service-question.ts';
import { InputError, quote } from '../errors.ts';
import { checkSourcePolicy } from '../inputs/files.ts';
import { listSecretValues } from '../inputs/inputs.ts';
import type { BakeStepInputs } from '../inputs/types.ts';
import { listUnheardOfBake } from '../inputs/unheard.ts';
import { listIdleOfBake } from '../inputs/without-effect.ts';
import * as log from '../log.ts';
import { toRunInputs, toTargetInputs } from '../plan/bake-plan.ts';
import { type SettledSource, settleSource } from '../plan/bake-source.ts';
import { readRunFacts } from '../plan/plan-run.ts';
import { shareMeasure } from '../plan/shared-measure.ts';
import { withholdForDefinition } from '../plan/withheld-export.ts';
import { isPublicRepository } from '../policy/image.ts';
import type { CachePlan } from '../policy/types.ts';
import { renderPlanTable } from '../report/plan-table.ts';
import { openBuilder } from './build.ts';
import { Degradations } from './degradations.ts';
import { checkBakeLoad } from './docker-engine.ts';
import { joinJob } from './join-job.ts';
import { openEndpoint, prepareEndpoint, tellOfWay } from './open-endpoint.ts';
import { Phases } from './phases.ts';
import { type Planning, planBuild } from './plan-build.ts';
import { prepareTargets } from './prepare-targets.ts';
import { readRunner } from './runner.ts';
import { gitGraceMs, type Step, type StepOptions, tellAccess } from './step.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A target and what the run may do with its caches. */
export interface PlannedTarget {
  readonly target: BakeTarget;
  readonly plan: CachePlan;
}

/** What a step that bakes has. */
export interface BakeStep extends Omit<Step, 'inputs' | 'plan' | 'isTrial'> {
  readonly inputs: BakeStepInputs;
  readonly source: SettledSource;
  /** In the order of their names. */
  readonly targets: readonly PlannedTarget[];
}

/**
 * Gets BuildKit ready and reads the definition with it, plans the cache scopes of each target, and opens the way to them.
 * The definition comes first: a remote one is BuildKit's to fetch.
 */
export async function openBakeStep(
  env: Environment,
  inputs: BakeStepInputs,
  options: StepOptions,
): Promise<BakeStep> {
  const { signal, beside, unsaved } = options;
  const runner = readRunner(env);
  for (const secret of [...(runner.token === undefined ? [] : [runner.token]), ...listSecretValues(inputs)])
    log.mask(secret);
  const source = await settleSource(inputs, env);
  if (source.sentence !== undefined) log.info(source.sentence);
  await checkDirectory(source.cwd);
  await checkBakeLoad(inputs.bake, env, runner.workspace);
  await checkSourcePolicy(env, source.cwd);
  for (const sentence of listIdleOfBake(inputs)) log.notice(sentence);

  const phases = new Phases(signal);
  const degradations = new Degradations();
  const way = await prepareEndpoint(env, inputs);
  const backend = chooseBackend(way.kind, inputs.cache, runner, env);
  const planning = { env, cwd: source.cwd, source, runner, backend, signal, measure: shareMeasure() };
  const whole = await phases.run(
    'Plan the cache',
    () => planBuild(toRunInputs(inputs, source), planning),
    gitGraceMs,
  );
  log.info(whole.plan.reason);
  for (const warning of whole.warnings) degradations.add(warning);
  const unheard = [
    ...listIdleAttributes(way.kind, inputs.cache),
    ...(await listUnheardOfBake(env, inputs, runner.workspace)),
    ...tellOfWay(way, runner, inputs.cache, [whole.plan]),
  ];
  const job = await joinJob({ inputs, runner, env, degradations, unheard, unsaved });
  const findObstacle = askServiceOnce(runner, job, env);
  const endpoint = await phases.run('Start BuildKit', () =>
    openEndpoint({
      ...{ runner, plan: whole.plan, job, beside, env, signal },
      inputs: { ...inputs, build: inputs.bake },
      findCacheObstacle: findObstacle,
    }),
  );
  const opened = { env, inputs, runner, source, job, endpoint, degradations, phases, beside, signal };
  const found = await phases.run('Read the bake definition', async () => {
    const request = await toBakeRequest(opened, endpoint);
    return printDefinition(endpoint.buildx, toPrintCommand(request), { cwd: source.cwd, signal });
  });
  await prepareTargets(env, { targets: found, source, inputs: inputs.bake, cache: inputs.cache }, runner);
  const targets = await phases.run(
    'Plan the caches of the targets',
    () => planTargets(found, inputs, { ...planning, whole: whole.plan }, degradations),
    gitGraceMs,
  );
  for (const notice of listCacheNotices(found)) log.notice(notice);
  const cache = await phases.run('Open the cache', async () => {
    const access = await backend.connect({
      ...{ plans: targets.map((target) => target.plan), isTip: whole.isTip, job, findObstacle },
      compression: inputs.cache.compression,
      drainMs: inputs.cache.drainTimeoutMs,
    });
    return tellAccess(access, degradations);
  });
  const isPublic = isPublicRepository(await readRunFacts(env));
  return { ...opened, cache, targets, isPublic, defaultContext: source.defaultContext };
}

/** What a call of `buildx bake` is made of, whatever it is for. */
export async function toBakeRequest(
  { inputs, source, env, runner, job }: Pick<BakeStep, 'inputs' | 'source' | 'env' | 'runner' | 'job'>,
  endpoint: Step['endpoint'],
): Promise<BakeRequest> {
  const { provenance, sbom, githubToken } = inputs.bake;
  const { remote, defaultContext } = source;
  const given = [provenance, sbom].filter((attestation) => attestation !== undefined);
  const auth =
    remote === undefined
      ? undefined
      : toGitAuth({ context: { kind: 'git', url: remote }, githubToken }, defaultContext);
  return {
    inputs: inputs.bake,
    remote,
    builder: await openBuilder({ job, env, runner }, endpoint),
    environment: env,
    attestations: given.map((attestation) => nameRun(attestation, toBuilderId(runner))),
    gitToken: auth?.token,
  };
}

async function planTargets(
  targets: readonly BakeTarget[],
  inputs: BakeStepInputs,
  planning: Planning & { readonly whole: CachePlan; readonly source: SettledSource },
  degradations: Degradations,
): Promise<readonly PlannedTarget[]> {
  const planned: PlannedTarget[] = [];
  for (const target of targets) {
    const decided = await planBuild(toTargetInputs(target, inputs, planning.source), planning);
    const allowed = withholdForDefinition(decided.plan, planning.whole);
    log.info(`target ${target.name}\n${renderPlanTable(allowed)}`);
    // What is true of all targets is said once.
    for (const warning of decided.warnings)
      if (!degradations.sentences.includes(warning)) degradations.add(warning);
    planned.push({ target, plan: allowed });
  }
  return planned;
}

/** On the caches of the definition's own. */
function listCacheNotices(targets: readonly BakeTarget[]): readonly string[] {
  const own = targets.filter(({ cacheFrom, cacheTo }) => keepEntries([...cacheFrom, ...cacheTo]).length > 0);
  const gha = targets.filter(({ cacheFrom, cacheTo }) =>
    [...cacheFrom, ...cacheTo].some(({ type }) => type === 'gha'),
  );
  const list = (found: readonly BakeTarget[]) => found.map(({ name }) => name).join(', ');
  return [
    ...(own.length === 0
      ? []
      : [
          `The bake definition has cache-from or cache-to of its own for ${list(own)}: they are kept, beside the caches that Hotlayer chooses.`,
        ]),
    ...(gha.length === 0
      ? []
      : [
          `type=gha in cache-from or cache-to of ${list(gha)} has no effect: Hotlayer chooses the caches in the Actions cache itself, by the event and the target.`,
        ]),
  ];
}

async function checkDirectory(directory: string): Promise<void> {
  const found = await stat(directory).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  throw new InputError(
    'workdir',
    `input "workdir": ${quote(directory)} is not a directory; allowed is a directory in the workspace, from which "source" leads on. Did actions/checkout run before this step?`,
  );
}
