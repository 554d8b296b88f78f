import type { CachePlan } from './policy/types.ts';
import { toPrintableJson } from './printable.ts';
import { setOutputs } from './runner-files.ts';

/** The outputs of the action, in action.yml's order. */
export const outputNames = [
  'imageid',
  'digest',
  'metadata',
  'cache-plan',
  'cache-export',
  'cached-steps',
  'total-steps',
  'cache-read-bytes',
  'cache-written-bytes',
  'buildkit-host',
] as const;

/** Those of the action `bake`, which makes no single image. */
export const bakeOutputNames = outputNames.filter((name) => name !== 'imageid' && name !== 'digest');

export type CacheExportOutput = 'exported' | 'skipped' | 'failed' | 'pending';

/** What is known at the end of main; undefined: not known, the output is left unset. */
export interface Outputs {
  readonly imageid: string | undefined;
  readonly digest: string | undefined;
  /** JSON text. */
  readonly metadata: string | undefined;
  /** Of a bake by target. */
  readonly cachePlan: CachePlan | Readonly<Record<string, CachePlan>> | undefined;
  /** Of a bake by target. */
  readonly cacheExport: CacheExportOutput | Readonly<Record<string, CacheExportOutput>> | undefined;
  readonly cachedSteps: number | undefined;
  readonly totalSteps: number | undefined;
  readonly cacheReadBytes: number | undefined;
  readonly cacheWrittenBytes: number | undefined;
  /** `unix:///…`. */
  readonly buildkitHost: string | undefined;
}

/**
 * Throws what the file system says of the runner's file; then none is set.
 *
 * @param env names that file; without it the toolkit's own way is taken
 */
export function writeOutputs(outputs: Outputs, env: Readonly<Record<string, string | undefined>> = {}): void {
  const values: Readonly<Record<(typeof outputNames)[number], string | number | undefined>> = {
    imageid: outputs.imageid,
    digest: outputs.digest,
    metadata: outputs.metadata,
    'cache-plan': outputs.cachePlan === undefined ? undefined : toPrintableJson(outputs.cachePlan),
    'cache-export':
      typeof outputs.cacheExport === 'object' ? toPrintableJson(outputs.cacheExport) : outputs.cacheExport,
    'cached-steps': outputs.cachedSteps,
    'total-steps': outputs.totalSteps,
    'cache-read-bytes': outputs.cacheReadBytes,
    'cache-written-bytes': outputs.cacheWrittenBytes,
    'buildkit-host': outputs.buildkitHost,
  };
  const known = outputNames.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  setOutputs(known, env);
}

/** The outputs of the action `setup`, in the order of its action.yml. */
export const setupOutputNames = [
  'buildkit-host',
  'builder',
  'cache-from',
  'cache-to',
  'cache-from-gha',
  'cache-to-gha',
  'build-flags',
  'caches',
  'cache-plan',
] as const;

/** Throws what the file system says of the runner's file; then none is set. */
export function writeSetupOutputs(
  values: Readonly<Record<(typeof setupOutputNames)[number], string>>,
  env: Readonly<Record<string, string | undefined>>,
): void {
  setOutputs(
    setupOutputNames.map((name) => [name, values[name]] as const),
    env,
  );
}
