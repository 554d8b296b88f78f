import path from 'node:path';
import process from 'node:process';
import * as core from '@actions/core';
import { toBuildError } from './buildkit/build-failure.ts';
import { readDaemonLog } from './buildkit/daemon-record.ts';
import { planRun, readRunFacts } from './context.ts';
import { toDefaultPlatform } from './identity.ts';
import { checkFiles, checkSourcePolicy } from './inputs/files.ts';
import { checkPlaces, prepareDestinations } from './inputs/places.ts';
import { listUnheard } from './inputs/unheard.ts';
import { listWithoutEffect } from './inputs/without-effect.ts';
import { listSecretValues, parseInputs } from './inputs.ts';
import { buildImage } from './job/build.ts';
import { openBuildkit } from './job/buildkit.ts';
import { openCacheAccess, readGatewayReport } from './job/cache-access.ts';
import { Phases } from './job/phases.ts';
import { jobDirectoryName, openJob } from './job/record.ts';
import { reportBuild } from './job/result.ts';
import { tellOnce } from './job/tell.ts';
import * as log from './log.ts';
import { normallyKeepsImage } from './policy/image.ts';
import { renderPlanTable } from './report/plan-table.ts';
import { checkPlatform, readRunner } from './runner.ts';
import { saveOwnership } from './state.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Main: plan the cache scopes, get BuildKit, open the way to the cache, build, report. Post takes all of it down. */
export async function run(env: Environment, signal: AbortSignal): Promise<void> {
  checkPlatform(process.platform);
  const inputs = parseInputs(env);
  const runner = readRunner(env);
  const { token, workspace } = runner;
  for (const secret of [...(token === undefined ? [] : [token]), ...listSecretValues(inputs)])
    core.setSecret(secret);
  await checkPlaces(inputs, workspace, path.join(runner.tempDirectory, jobDirectoryName));
  await checkFiles(inputs, workspace);
  await checkSourcePolicy(env, workspace);
  await prepareDestinations(inputs, workspace);
  for (const sentence of listWithoutEffect(inputs)) log.notice(sentence);

  const phases = new Phases();
  const degradations: string[] = [];
  const degrade = (sentence: string): void => {
    degradations.push(sentence);
    log.warning(sentence);
  };

  const plan = await phases.run('Plan the cache', async () => {
    const decision = await planRun(env, inputs, {
      cwd: workspace,
      defaultPlatform: toDefaultPlatform(process.arch),
    });
    log.info(renderPlanTable(decision.plan));
    for (const warning of decision.warnings) degrade(warning);
    return decision.plan;
  });

  const job = await openJob(runner.tempDirectory);
  await tellOnce(job, await listUnheard(env, inputs, workspace));
  const { drainTimeout: drainTimeoutMs, summary } = inputs;
  if (job.isOwner) saveOwnership({ jobDirectory: job.directory, drainTimeoutMs, summary });

  // Side by side: while BuildKit is fetched and starts, the gateway loads what the cache holds.
  const opening = openCacheAccess({
    ...{ runner, plan, job, env },
    useGateway: inputs.gateway,
    drainMs: drainTimeoutMs,
  });
  const started = await phases
    .run('Start BuildKit', () => openBuildkit({ inputs, runner, plan, job, env, signal }))
    // Post must find the gateway in the record, also when there is no BuildKit.
    .finally(() => opening);

  const access = await phases.run('Open the cache', async () => {
    const opened = await opening;
    if (opened.kind === 'gateway') {
      log.info(
        `gateway at ${opened.record.url} (pid ${opened.record.pid}) to the cache service, protocol v${runner.upstream?.protocol}`,
      );
    }
    if (opened.kind === 'none' && opened.reason !== undefined) degrade(opened.reason);
    return opened;
  });

  const isTrial = !normallyKeepsImage(await readRunFacts(env));
  const before = await readGatewayReport(access, token);
  const { result, buildkit } = await phases.run('Build', () =>
    buildImage({ inputs, runner, plan, buildkit: started, access, job, isTrial, env, signal, degrade }),
  );
  const after = await readGatewayReport(access, token);

  await reportBuild({
    inputs,
    plan,
    buildkit,
    access,
    result,
    before,
    after,
    phases: phases.done,
    degradations,
    degrade,
    env,
  });
  if (result.failure === undefined) return;
  const { failure } = result;
  if (failure.output.length > 0) {
    await log.group('Output of the failing step', async () => log.info(failure.output.join('\n')));
  }
  await log.group('Log of buildkitd', async () =>
    log.info((await readDaemonLog(buildkit.daemon)).join('\n')),
  );
  throw toBuildError(failure);
}
