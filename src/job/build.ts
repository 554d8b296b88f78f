import path from 'node:path';
import * as core from '@actions/core';
import { type BuildResult, runBuild } from '../buildkit/build.ts';
import { toBuildCommand } from '../buildkit/build-arguments.ts';
import { toGitAuth } from '../buildkit/git-auth.ts';
import type { Inputs } from '../inputs.ts';
import type { CachePlan } from '../policy/types.ts';
import type { Runner } from '../runner.ts';
import type { JobBuildkit } from './buildkit.ts';
import type { CacheAccess } from './cache-access.ts';
import type { Job } from './record.ts';

export interface ImageBuild {
  readonly inputs: Inputs;
  readonly runner: Runner;
  readonly plan: CachePlan;
  readonly buildkit: JobBuildkit;
  readonly access: CacheAccess;
  readonly job: Pick<Job, 'directory'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Told what the build loses by cache trouble, one sentence each. */
  readonly degrade: (sentence: string) => void;
}

/** Builds; when a cached layer turns out to be unreadable, once more without imports. */
export async function buildImage(build: ImageBuild): Promise<BuildResult> {
  const { plan, degrade } = build;
  const first = await attempt(build, plan);
  for (const error of first.importErrors)
    degrade(`A cache could not be imported, its steps are run again: ${error}.`);
  if (first.failure?.kind !== 'cache' || plan.imports.length === 0) return first;
  degrade(
    `A cached layer could not be read, so the build was run again without imports: ${firstLine(first.failure.reason)}.`,
  );
  return attempt(build, { ...plan, imports: [] });
}

function attempt(build: ImageBuild, plan: Pick<CachePlan, 'imports' | 'export'>): Promise<BuildResult> {
  const { inputs, runner, buildkit, access, job, env, signal } = build;
  const metadataFile = path.join(job.directory, 'metadata.json');
  const command = toBuildCommand({
    inputs,
    plan,
    address: toAddress(buildkit),
    metadataFile,
    workspace: runner.workspace,
    environment: env,
    cacheEnvironment: access.kind === 'none' ? {} : access.variables,
    gitAuth: toGitAuth(inputs, runner),
  });
  for (const notice of command.notices) core.notice(notice);
  return runBuild({
    buildctl: buildkit.buildctl,
    command,
    metadataFile,
    cwd: runner.workspace,
    dockerfile:
      inputs.context.kind === 'git'
        ? undefined
        : (inputs.file ?? path.join(inputs.context.path, 'Dockerfile')),
    log: core,
    signal,
  });
}

export function toAddress({ daemon }: Pick<JobBuildkit, 'daemon'>): string {
  return `unix://${daemon.socket}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
