import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { toAttestations, toBuilderId } from '../buildkit/solve/attestations.ts';
import { type BuildResult, runBuild } from '../buildkit/solve/build.ts';
import { toBuildCommand } from '../buildkit/solve/build-arguments.ts';
import { listImages, listOutputs } from '../buildkit/solve/build-outputs.ts';
import { type Builder, writeBuilder } from '../buildkit/solve/builder.ts';
import { toGitAuth } from '../buildkit/solve/git-auth.ts';
import * as log from '../log.ts';
import { type BuiltWith, buildWithCache, type WorkRequest, type WorkStep } from './attempts.ts';
import { findBuildxConfig } from './docker-config.ts';
import { findAnnotatedDockerfile } from './dockerfile-place.ts';
import type { Endpoint } from './endpoint.ts';
import { toBuildxConfig, toMetadataPrefix } from './job-processes.ts';
import { toRepeated } from './push-again.ts';
import type { Step } from './step.ts';

/** What a build needs of its step. */
export type ImageBuild = WorkStep & Pick<Step, 'inputs' | 'plan' | 'isTrial' | 'isPublic' | 'defaultContext'>;

/** Builds the image of the inputs, whatever becomes of the cache. */
export async function buildImage(build: ImageBuild): Promise<BuiltWith> {
  const { inputs, plan } = build;
  return buildWithCache(build, {
    plans: [{ ...plan, images: listImages(inputs.image) }],
    outputs: listOutputs(inputs.image),
    settings: inputs.cache,
    pushRetries: inputs.image.pushRetries,
    isQuestion: inputs.build.call !== undefined,
    run: (request) => run(build, request),
  });
}

async function run(build: ImageBuild, request: WorkRequest): Promise<BuildResult> {
  const { runner, env } = build;
  const { endpoint, signal, isRepeated } = request;
  const [route] = request.routes;
  if (route === undefined) throw new Error('a build has no way to its cache');
  const { cache, cachedLayers } = route;
  const inputs = isRepeated ? toRepeated(build.inputs) : build.inputs;
  const metadataFile = toMetadataFile(build);
  const command = toBuildCommand({
    inputs,
    cache,
    cachedLayers,
    builder: await openBuilder(build, endpoint),
    metadataFile,
    workspace: runner.workspace,
    environment: env,
    attestations: toAttestations({
      asked: inputs.image,
      outputs: listOutputs(inputs.image),
      isPublic: build.isPublic,
      builderId: toBuilderId(runner),
      version: endpoint.version,
      environment: env,
    }),
    gitAuth: toGitAuth(inputs.build, build.defaultContext),
    isTrial: build.isTrial,
  });
  if (!isRepeated) for (const notice of command.notices) log.notice(notice);
  return runBuild({
    buildx: endpoint.buildx,
    command,
    metadataFile,
    cwd: runner.workspace,
    dockerfile: await findAnnotatedDockerfile(
      { ...inputs.build, defaultContext: build.defaultContext },
      runner.workspace,
      env,
      signal,
    ),
    annotates: inputs.report.checkAnnotations,
    call: inputs.build.call,
    log: isRepeated ? { info: log.info, warning: log.info } : log,
    words: cache.words,
    signal,
  });
}

/** A new name: an earlier build's answer must not pass for this one's. */
export function toMetadataFile({ job }: Pick<Step, 'job'>): string {
  return `${toMetadataPrefix(job.directory)}${randomUUID()}.json`;
}

/** The builder of buildx that is the endpoint. */
export async function openBuilder(
  { job, env, runner }: Pick<Step, 'job' | 'env' | 'runner'>,
  { address, driverOptions }: Pick<Endpoint, 'address' | 'driverOptions'>,
): Promise<Builder> {
  return writeBuilder({
    configDirectory: toBuildxConfig(job.directory),
    ...{ address, driverOptions },
    scopedLogins: path.join(findBuildxConfig(env, runner.workspace), 'config'),
  });
}
