import path from 'node:path';
import { isOwnCache } from '../../inputs/cache-entry.ts';
import type { Inputs } from '../../inputs/types.ts';
import { renderCsv } from './csv-fields.ts';

interface FlagRequest {
  readonly inputs: Pick<Inputs, 'build' | 'image' | 'cache'>;
  /** Absolute; relative paths of the inputs start there. */
  readonly workspace: string;
  /** The step's own environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The flags of buildx that stand for one input each: what is built, and what its steps get. */
export function toBuildFlags({ inputs, workspace, environment }: FlagRequest): readonly string[] {
  const { context, file, target, platforms, buildArgs, buildContexts, pull, noCache } = inputs.build;
  const { noCacheFilters, ssh, addHosts, network, shmSize, ulimit, cgroupParent, allow, call } = inputs.build;
  // The Dockerfile of a Git context lies in the repository.
  const dockerfile = file === undefined || context.kind === 'git' ? file : path.resolve(workspace, file);
  return [
    ...one('--call', call?.text),
    ...one('--file', dockerfile),
    ...one('--target', target),
    ...one('--platform', platforms.length === 0 ? undefined : platforms.join(',')),
    ...buildArgs.flatMap(({ key, value = environment[key] }) =>
      // As docker build: a bare KEY that the environment does not have leaves the Dockerfile's default alone.
      value === undefined ? [] : ['--build-arg', `${key}=${value}`],
    ),
    ...buildContexts.flatMap(({ name, value }) => ['--build-context', `${name}=${value}`]),
    ...inputs.image.labels.flatMap(({ key, value = '' }) => ['--label', `${key}=${value}`]),
    ...each('--annotation', inputs.image.annotations),
    // The only flag whose value buildx takes for CSV as a whole.
    ...each(
      '--add-host',
      addHosts.map((entry) => renderCsv([entry])),
    ),
    ...one('--network', network),
    ...one('--shm-size', shmSize),
    ...each('--ulimit', ulimit),
    ...one('--cgroup-parent', cgroupParent),
    ...each('--allow', allow),
    ...each('--ssh', ssh),
    ...(pull ? ['--pull'] : []),
    ...(noCache ? ['--no-cache'] : []),
    ...each('--no-cache-filter', noCacheFilters),
  ];
}

/** The raw `cache-from` and `cache-to`, beside those of the plan. */
export function toRawCacheFlags({ cacheFrom, cacheTo }: FlagRequest['inputs']['cache']): readonly string[] {
  const select = (sources: typeof cacheFrom) =>
    sources.filter((source) => !isOwnCache(source)).map(({ text }) => text);
  return [...each('--cache-to', select(cacheTo)), ...each('--cache-from', select(cacheFrom))];
}

function one(flag: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [flag, value];
}

function each(flag: string, values: readonly string[]): readonly string[] {
  return values.flatMap((value) => [flag, value]);
}
