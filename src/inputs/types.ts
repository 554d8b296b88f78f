import type { bakeRows } from './bake-rows.ts';
import type { buildRows } from './build-rows.ts';
import type { cacheRows } from './cache-rows.ts';
import type { cleanupRows } from './cleanup-rows.ts';
import type { daemonRows } from './daemon-rows.ts';
import type { imageRows } from './image-rows.ts';
import type { reportRows } from './report-rows.ts';
import type { ValuesOf } from './row.ts';
import type { setupRows } from './setup-rows.ts';

/** What is built, and what its steps get. */
export type BuildInputs = ValuesOf<typeof buildRows>;
/** What the result is called, and where it goes. */
export type ImageInputs = ValuesOf<typeof imageRows>;
/** Which caches the run may import and export, and in which form. */
export type CacheInputs = ValuesOf<typeof cacheRows>;
/** The BuildKit that all steps of a job share. */
export type DaemonInputs = ValuesOf<typeof daemonRows>;
export type ReportInputs = ValuesOf<typeof reportRows>;

/** What a bake builds. */
export type BakeInputs = ValuesOf<typeof bakeRows>;

/** Of layers in the cache; `auto`: what is fastest without changing what is pushed. */
export type CacheCompression = CacheInputs['compression'];

/** The inputs of the main action, checked. A room takes its own group, not all of them. */
export interface Inputs {
  readonly build: BuildInputs;
  readonly image: ImageInputs;
  readonly cache: CacheInputs;
  readonly daemon: DaemonInputs;
  readonly report: ReportInputs;
}

/** The inputs of the action `bake`, checked. */
export interface BakeStepInputs extends Omit<Inputs, 'build' | 'image'> {
  readonly bake: BakeInputs;
}

/** What later steps of the job get. */
export type SetupInputs = ValuesOf<typeof setupRows>;

/** The inputs of the action `setup`, checked. */
export interface SetupStepInputs extends Omit<Inputs, 'build' | 'image'> {
  readonly setup: SetupInputs;
}

export type CleanupInputs = ValuesOf<typeof cleanupRows>;

/** The inputs of the action `cleanup`, checked. */
export interface CleanupStepInputs {
  readonly cleanup: CleanupInputs;
  readonly report: ReportInputs;
}

/** The inputs of any action. */
export type StepInputs = Inputs | BakeStepInputs | SetupStepInputs | CleanupStepInputs;
