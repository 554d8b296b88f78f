import path from 'node:path';
import { looksRemote } from '../git/git-url.ts';
import type { BakeStepInputs } from '../inputs/types.ts';
import type { BuildContext, NamedContext } from '../inputs/values.ts';
import type { SettledSource } from './bake-source.ts';
import type { PlanInputs } from './identity.ts';

/** What of a target a plan is made of, as the definition has it. */
export interface PlannedDefinition {
  readonly name: string;
  readonly context: string;
  readonly dockerfile: string;
  readonly stage: string | undefined;
  readonly contexts: readonly NamedContext[];
  readonly platforms: readonly string[];
  readonly tags: readonly string[];
  readonly network: string | undefined;
  readonly shmSize: string | undefined;
  readonly ulimits: readonly string[];
  readonly hosts: readonly string[];
}

type Place = Pick<SettledSource, 'cwd' | 'remote'>;

const nothingOfSteps = {
  network: undefined,
  shmSize: undefined,
  ulimit: [],
  cgroupParent: undefined,
  addHosts: [],
};

/** The whole bake as if it were one build: what its run may do at all. */
export function toRunInputs({ bake, cache }: BakeStepInputs, { remote }: Place): PlanInputs {
  const context: BuildContext =
    remote === undefined ? { kind: 'path', path: '.' } : { kind: 'git', url: remote };
  const { call, githubToken } = bake;
  return {
    build: {
      ...{ context, file: undefined, target: undefined, platforms: [], buildContexts: [] },
      ...nothingOfSteps,
      ...{ call, githubToken },
    },
    image: { tags: [] },
    cache,
  };
}

/** A target as a build of its own: with its name, it has cache scopes of its own. */
export function toTargetInputs(
  target: PlannedDefinition,
  { bake, cache }: BakeStepInputs,
  { cwd, remote }: Place,
): PlanInputs {
  const context = toContext(target.context);
  const dockerfile = withoutScheme(target.dockerfile);
  const { network, shmSize, ulimits, hosts } = target;
  return {
    build: {
      context,
      file: context.kind === 'git' ? dockerfile : path.resolve(cwd, context.path, dockerfile),
      target: target.stage,
      platforms: target.platforms,
      buildContexts: target.contexts.map(({ name, value }) => ({ name, value: withoutScheme(value) })),
      ...{ network, shmSize, ulimit: ulimits, cgroupParent: undefined, addHosts: hosts },
      ...{ call: bake.call, githubToken: bake.githubToken },
    },
    image: { tags: target.tags },
    cache,
    bake: {
      target: target.name,
      files: bake.files.map((file) =>
        remote === undefined || file.startsWith(local) ? path.resolve(cwd, withoutScheme(file)) : file,
      ),
    },
  };
}

/** Of a path that is local although the definition is not. */
const local = 'cwd://';

function withoutScheme(text: string): string {
  return text.startsWith(local) ? text.slice(local.length) || '.' : text;
}

/** Whatever buildx takes for a URL, an archive too: it is no commit of this run unless git says so. */
function toContext(text: string): BuildContext {
  const context = withoutScheme(text);
  return looksRemote(context) ? { kind: 'git', url: context } : { kind: 'path', path: context };
}
