import process from 'node:process';
import { untilCancelled } from '../async/cancellation.ts';
import { chooseBackend } from '../cache/choose-backend.ts';
import { askServiceOnce } from '../cache/service-question.ts';
import { checkFiles, checkSourcePolicy } from '../inputs/files.ts';
import { listSecretValues, parseInputs } from '../inputs/inputs.ts';
import { checkPlaces, prepareDestinations } from '../inputs/places.ts';
import { listUnheard } from '../inputs/unheard.ts';
import { listWithoutEffect } from '../inputs/without-effect.ts';
import * as log from '../log.ts';
import { toDefaultPlatform } from '../plan/identity.ts';
import { planRun, readRunFacts } from '../plan/plan-run.ts';
import { withholdStaleExport } from '../plan/stale-export.ts';
import { isPublicRepository, normallyKeepsImage } from '../policy/image.ts';
import { renderPlanTable } from '../report/plan-table.ts';
import { saveNoOwnership, saveOwnership } from '../state.ts';
import { buildImage } from '../step/build.ts';
import { explainFailure } from '../step/build-error.ts';
import { openBuildkit } from '../step/buildkit.ts';
import { toJobDirectory } from '../step/job-directory.ts';
import { buildPhase, Phases } from '../step/phases.ts';
import { openJob } from '../step/record.ts';
import { reportSafely } from '../step/result.ts';
import { checkRunnerPlatform, readRunner } from '../step/runner.ts';
import { tellOnce } from '../step/tell.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What git was shown is removed when git has ended. */
const gitGraceMs = 1000;
/** A gateway that is about to be there within that is on record for post. */
const gatewayGraceMs = 1000;
/** buildx may take three seconds to end. */
const buildGraceMs = 4500;

/** Main: plan the cache scopes, get BuildKit, open the way to the cache, build, report. Post takes all of it down. */
export async function run(env: Environment, signal: AbortSignal): Promise<void> {
  // First of all: what is not saved here, a build's output could save for post.
  const unsaved = saveNoOwnership(env);
  checkRunnerPlatform(process.platform);
  const inputs = parseInputs(env);
  const runner = readRunner(env);
  const { token, workspace } = runner;
  const backend = chooseBackend(inputs.cache, runner, env);
  for (const secret of [...(token === undefined ? [] : [token]), ...listSecretValues(inputs)])
    log.mask(secret);
  await checkPlaces(inputs, workspace, await toJobDirectory(runner.tempDirectory));
  await checkFiles(inputs.build, workspace);
  await checkSourcePolicy(env, workspace);
  await prepareDestinations(inputs.image, workspace);
  for (const sentence of listWithoutEffect(inputs)) log.notice(sentence);

  const phases = new Phases(signal);
  const degradations: string[] = [];
  const degrade = (sentence: string): void => {
    degradations.push(sentence);
    log.warning(sentence);
  };

  const { plan, isTip } = await phases.run(
    'Plan the cache',
    async () => {
      const decision = await planRun(env, inputs, {
        cwd: workspace,
        defaultPlatform: toDefaultPlatform(process.arch),
        rights: backend.rights,
        signal,
      });
      const { isTip } = decision;
      const { attempt } = runner.run;
      const withheld = withholdStaleExport(decision.plan, { isTip, attempt, keepsNewer: backend.keepsNewer });
      log.info(renderPlanTable(withheld.plan));
      for (const warning of decision.warnings) degrade(warning);
      if (withheld.sentence !== undefined) degrade(withheld.sentence);
      return { plan: withheld.plan, isTip };
    },
    gitGraceMs,
  );

  const job = await openJob(runner.tempDirectory, degrade);
  for (const fault of job.faults) degrade(fault);
  await tellOnce(job, await listUnheard(env, inputs, workspace));
  const { drainTimeoutMs } = inputs.cache;
  const ownership = { jobDirectory: job.directory, drainTimeoutMs, summary: inputs.report.summary };
  const stateFault = job.isOwner ? saveOwnership(ownership, env) : unsaved;
  if (stateFault !== undefined) degrade(stateFault);

  const findCacheObstacle = askServiceOnce(runner, job, env);

  // Side by side: while BuildKit is fetched and starts, the gateway loads what the cache holds.
  const opening = backend.connect({
    ...{ plan, isTip, job },
    drainMs: drainTimeoutMs,
    findObstacle: findCacheObstacle,
  });
  const started = await phases
    .run('Start BuildKit', () => openBuildkit({ inputs, runner, plan, job, env, signal, findCacheObstacle }))
    // Post must find the gateway in the record, also when there is no BuildKit.
    .finally(() => untilCancelled(opening, signal, gatewayGraceMs));

  const access = await phases.run('Open the cache', async () => {
    const opened = await opening;
    const description = opened.describe();
    if (description?.kind === 'info') log.info(description.sentence);
    if (description?.kind === 'loss') degrade(description.sentence);
    return opened;
  });

  const facts = await readRunFacts(env);
  const [isTrial, isPublic] = [!normallyKeepsImage(facts), isPublicRepository(facts)];
  const readReport = () => untilCancelled(access.readReport(), signal, 0);
  const before = await readReport();
  const { result, buildkit, verdict } = await phases.run(
    buildPhase,
    () =>
      buildImage({
        inputs,
        runner,
        plan,
        buildkit: started,
        access,
        job,
        isTrial,
        isPublic,
        env,
        signal,
        degrade,
      }),
    buildGraceMs,
  );
  const after = await readReport();

  await reportSafely({
    ...{ inputs, plan, job, buildkit, access, result, verdict, before, after, degradations, degrade, env },
    phases: phases.done,
  });
  if (result.failure !== undefined) throw await explainFailure(result.failure, buildkit.daemon);
}
