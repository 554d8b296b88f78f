import * as v from '@badrap/valita';
import { type Parsed, parseAs } from '../src/schema.ts';

/** What is compared: BuildKit's own client, Hotlayer as it is by default, and Hotlayer with its input `compression`. */
const subjectSchema = toNames('native', 'hotlayer', 'gzip', 'zstd');

/**
 * The same build measured in another way: `no-export`, `no-latency` (against a service without any), `compress` (cache to a
 * local directory in place of the service: gzip and no network).
 */
const variantSchema = toNames('measured', 'no-export', 'no-latency', 'compress');

const spanSchema = v.object({ name: v.string(), startSeconds: v.number(), endSeconds: v.number() });
const callSpanSchema = v.object({ kind: v.string(), startSeconds: v.number(), endSeconds: v.number() });

const runSchema = v.object({
  subject: subjectSchema,
  variant: variantSchema,
  mainSeconds: v.number(),
  buildSeconds: v.number().optional(),
  /** Until everything is on the service. */
  settledSeconds: v.number(),
  /** From the start of the process to the first line of its log. */
  firstLineSeconds: v.number().optional(),
  exportSeconds: v.number().optional(),
  cachedSteps: v.number().optional(),
  totalSteps: v.number().optional(),
  cacheExport: v.string().optional(),
  phases: v.array(spanSchema),
  warnings: v.array(v.string()),
  failure: v.string().optional(),
  totalCalls: v.number(),
  /** By kind, in the words of the service's statistics. */
  calls: v.record(v.number()),
  failedCalls: v.number(),
  bytesUp: v.number(),
  bytesDown: v.number(),
  storedEntries: v.number(),
  storedBytes: v.number(),
  /** By role: buildkitd, the client, main, post, gateway. */
  cpuSeconds: v.record(v.number()),
  peakBytes: v.record(v.number()),
});

const caseSchema = v.object({
  name: v.string(),
  title: v.string(),
  subjects: v.array(subjectSchema),
  /** The native side was run once. */
  isBounded: v.boolean(),
  runs: v.array(runSchema),
});

const timelineSchema = v.object({
  title: v.string(),
  subject: subjectSchema,
  mainSeconds: v.number(),
  settledSeconds: v.number(),
  phases: v.array(spanSchema),
  calls: v.array(callSpanSchema),
});

const profileSchema = v.object({
  latencyMs: v.number().optional(),
  blobLatencyMs: v.number().optional(),
  streamMbps: v.number().optional(),
  totalMbps: v.number().optional(),
  createsPerMinute: v.number().optional(),
});

const machineSchema = v.object({
  processor: v.string(),
  cores: v.number(),
  memoryBytes: v.number(),
  kernel: v.string(),
  system: v.string(),
  /** The file system of all runs, by its name for coreutils. */
  scratch: v.string(),
});

const versionsSchema = v.object({
  hotlayer: v.string(),
  commit: v.string(),
  /** dist/ is not that of the commit. */
  isModified: v.boolean(),
  node: v.string(),
  buildkit: v.string(),
  buildx: v.string(),
});

/** What `--json` writes and `--render` reads. */
const resultsSchema = v.object({
  formatVersion: v.literal(2),
  startedAt: v.string(),
  command: v.string(),
  profileName: v.string(),
  profile: profileSchema,
  machine: machineSchema,
  versions: versionsSchema,
  bareNodeSeconds: v.number(),
  cases: v.array(caseSchema),
  timelines: v.array(timelineSchema),
});

export const formatVersion = 2 as const;

export type Subject = Parsed<typeof subjectSchema>;
export type Variant = Parsed<typeof variantSchema>;
export type Span = Parsed<typeof spanSchema>;
export type CallSpan = Parsed<typeof callSpanSchema>;
export type Run = Parsed<typeof runSchema>;
export type CaseResult = Parsed<typeof caseSchema>;
export type Timeline = Parsed<typeof timelineSchema>;
export type Profile = Parsed<typeof profileSchema>;
export type Machine = Parsed<typeof machineSchema>;
export type Versions = Parsed<typeof versionsSchema>;
export type Results = Parsed<typeof resultsSchema>;

/** undefined: it is not what this version of the benchmark writes. */
export function parseResults(value: unknown): Results | undefined {
  return parseAs(resultsSchema, value);
}

function toNames<const T extends string>(...names: readonly T[]): v.Type<T> {
  return v.union(...names.map((name) => v.literal(name)));
}
