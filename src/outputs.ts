import * as core from '@actions/core';
import type { CachePlan } from './policy/types.ts';
import { toPrintableJson } from './printable.ts';

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

export type CacheExportOutput = 'exported' | 'skipped' | 'failed' | 'pending';

/** What is known at the end of main; undefined: not known, the output is left unset. */
export interface Outputs {
  readonly imageid: string | undefined;
  readonly digest: string | undefined;
  /** JSON text. */
  readonly metadata: string | undefined;
  readonly cachePlan: CachePlan | undefined;
  readonly cacheExport: CacheExportOutput | undefined;
  readonly cachedSteps: number | undefined;
  readonly totalSteps: number | undefined;
  readonly cacheReadBytes: number | undefined;
  readonly cacheWrittenBytes: number | undefined;
  /** `unix:///…`. */
  readonly buildkitHost: string | undefined;
}

export function writeOutputs(outputs: Outputs): void {
  const values: Readonly<Record<(typeof outputNames)[number], string | number | undefined>> = {
    imageid: outputs.imageid,
    digest: outputs.digest,
    metadata: outputs.metadata,
    'cache-plan': outputs.cachePlan === undefined ? undefined : toPrintableJson(outputs.cachePlan),
    'cache-export': outputs.cacheExport,
    'cached-steps': outputs.cachedSteps,
    'total-steps': outputs.totalSteps,
    'cache-read-bytes': outputs.cacheReadBytes,
    'cache-written-bytes': outputs.cacheWrittenBytes,
    'buildkit-host': outputs.buildkitHost,
  };
  for (const name of outputNames) {
    if (values[name] !== undefined) core.setOutput(name, values[name]);
  }
}
