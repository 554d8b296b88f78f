import path from 'node:path';
import type { SetupStepInputs } from '../inputs/types.ts';
import { toCanonicalJson } from '../policy/canonical-json.ts';
import type { PlanInputs } from './identity.ts';

/** A name that later steps may build under. */
export interface SetupScope {
  /** As the input `scopes` has it; `default` without. */
  readonly name: string;
  /** What clients may say for it as `scope=`. */
  readonly aliases: readonly string[];
  readonly inputs: PlanInputs;
}

/** What BuildKit calls a cache whose `scope=` is not given (cache/remotecache/gha). */
const nameOfBuildkit = 'buildkit';

const defaultName = 'default';

/** The caches that later steps get, the first of which is also the one that nobody names. */
export function listSetupScopes(
  { setup, cache }: SetupStepInputs,
  env: Readonly<Record<string, string | undefined>>,
): readonly SetupScope[] {
  const names = [...new Set(setup.scopes)];
  const toScope = (name: string, scope: string, aliases: readonly string[]): SetupScope => ({
    ...{ name, aliases },
    inputs: {
      build: {
        ...{ context: { kind: 'path', path: '.' }, file: undefined, target: undefined, platforms: [] },
        ...{ call: undefined, githubToken: setup.githubToken, buildContexts: [], addHosts: [], ulimit: [] },
        ...{ network: undefined, shmSize: undefined, cgroupParent: undefined },
      },
      image: { tags: [] },
      cache: { ...cache, scope },
    },
  });
  if (names.length === 0) return [toScope(defaultName, nameOfJob(env, cache.matrix), [nameOfBuildkit])];
  return names.map((name, index) => toScope(name, name, [name, ...(index === 0 ? [nameOfBuildkit] : [])]));
}

/** `ci.yml/build`, and the leg of the matrix: two jobs do not take each other's caches unless they are told to. */
function nameOfJob(env: Readonly<Record<string, string | undefined>>, matrix: unknown): string {
  const [workflow = ''] = (env['GITHUB_WORKFLOW_REF'] ?? '').split('@', 1);
  const file = path.posix.basename(workflow) || env['GITHUB_WORKFLOW'] || 'workflow';
  const leg = matrix === undefined ? [] : [toCanonicalJson(matrix)];
  return [file, env['GITHUB_JOB'] || 'job', ...leg].join('/');
}
