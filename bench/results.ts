import {
  type Guarded,
  isFlag,
  isListOf,
  isMapOf,
  isNumber,
  isOneOf,
  isOptional,
  isShaped,
  isText,
} from './shape.ts';

/** What is compared: BuildKit's own client, Hotlayer as it is by default, and Hotlayer with its input `compression`. */
const isSubject = isOneOf('native', 'hotlayer', 'gzip', 'zstd');

/**
 * The same build measured in another way: `no-export`, `no-latency` (against a service without any), `compress` (cache to a
 * local directory in place of the service: gzip and no network).
 */
const isVariant = isOneOf('measured', 'no-export', 'no-latency', 'compress');

const isSpan = isShaped({ name: isText, startSeconds: isNumber, endSeconds: isNumber });
const isCallSpan = isShaped({ kind: isText, startSeconds: isNumber, endSeconds: isNumber });

const isRun = isShaped({
  subject: isSubject,
  variant: isVariant,
  mainSeconds: isNumber,
  buildSeconds: isOptional(isNumber),
  /** Until everything is on the service. */
  settledSeconds: isNumber,
  /** From the start of the process to the first line of its log. */
  firstLineSeconds: isOptional(isNumber),
  exportSeconds: isOptional(isNumber),
  cachedSteps: isOptional(isNumber),
  totalSteps: isOptional(isNumber),
  cacheExport: isOptional(isText),
  phases: isListOf(isSpan),
  warnings: isListOf(isText),
  failure: isOptional(isText),
  totalCalls: isNumber,
  /** By kind, in the words of the service's statistics. */
  calls: isMapOf(isNumber),
  failedCalls: isNumber,
  bytesUp: isNumber,
  bytesDown: isNumber,
  storedEntries: isNumber,
  storedBytes: isNumber,
  /** By role: buildkitd, the client, main, post, gateway. */
  cpuSeconds: isMapOf(isNumber),
  peakBytes: isMapOf(isNumber),
});

const isCase = isShaped({
  name: isText,
  title: isText,
  subjects: isListOf(isSubject),
  /** The native side was run once. */
  isBounded: isFlag,
  runs: isListOf(isRun),
});

const isTimeline = isShaped({
  title: isText,
  subject: isSubject,
  mainSeconds: isNumber,
  settledSeconds: isNumber,
  phases: isListOf(isSpan),
  calls: isListOf(isCallSpan),
});

const isProfile = isShaped({
  latencyMs: isOptional(isNumber),
  blobLatencyMs: isOptional(isNumber),
  streamMbps: isOptional(isNumber),
  totalMbps: isOptional(isNumber),
  createsPerMinute: isOptional(isNumber),
});

const isMachine = isShaped({
  processor: isText,
  cores: isNumber,
  memoryBytes: isNumber,
  kernel: isText,
  system: isText,
  /** The file system of all runs, by its name for coreutils. */
  scratch: isText,
});

const isVersions = isShaped({
  hotlayer: isText,
  commit: isText,
  /** dist/ is not that of the commit. */
  isModified: isFlag,
  node: isText,
  buildkit: isText,
  buildx: isText,
});

/** What `--json` writes and `--render` reads. */
export const isResults = isShaped({
  formatVersion: isNumber,
  startedAt: isText,
  command: isText,
  profileName: isText,
  profile: isProfile,
  machine: isMachine,
  versions: isVersions,
  bareNodeSeconds: isNumber,
  cases: isListOf(isCase),
  timelines: isListOf(isTimeline),
});

export const formatVersion = 2;

export type Subject = Guarded<typeof isSubject>;
export type Variant = Guarded<typeof isVariant>;
export type Span = Guarded<typeof isSpan>;
export type CallSpan = Guarded<typeof isCallSpan>;
export type Run = Guarded<typeof isRun>;
export type CaseResult = Guarded<typeof isCase>;
export type Timeline = Guarded<typeof isTimeline>;
export type Profile = Guarded<typeof isProfile>;
export type Machine = Guarded<typeof isMachine>;
export type Versions = Guarded<typeof isVersions>;
export type Results = Guarded<typeof isResults>;
