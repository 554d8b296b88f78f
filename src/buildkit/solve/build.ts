import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text as readText } from 'node:stream/consumers';
import { ToolError, toMessage } from '../../errors.ts';
import type { BuildCall } from '../../inputs/values.ts';
import { isRecord, parseJson, readField, readString } from '../../json.ts';
import { toPrintableJson } from '../../printable.ts';
import { killGroup } from '../../process/end.ts';
import { type BuildTimes, measureBuildTimes } from '../trace/build-times.ts';
import { listLintWarnings } from '../trace/lint-result.ts';
import { type FirstMiss, listFirstMisses } from '../trace/misses.ts';
import { type BuildLog, ProgressLog } from '../trace/progress-log.ts';
import { listTimeline, type TimelineBar } from '../trace/timeline.ts';
import { BuildTrace } from '../trace/trace.ts';
import {
  type CacheExportResult,
  countSteps,
  findCacheExport,
  listImportErrors,
  type StepCounts,
} from '../trace/trace-facts.ts';
import { BakeTraces, sumUp, type TargetResult } from './bake-result.ts';
import type { BuildCommand } from './build-arguments.ts';
import { type BuildFailure, classifyBuildFailure } from './build-failure.ts';
import { type CacheWords, noWords } from './cache-flags.ts';

export interface BuildRun {
  /** Path of the buildx binary. */
  readonly buildx: string;
  readonly command: Pick<BuildCommand, 'args' | 'env'>;
  /** The file that the command's `--metadata-file` names. */
  readonly metadataFile: string;
  readonly cwd: string;
  /** Path of the Dockerfile in the workspace, for annotations; undefined where it is no file of this repository. */
  readonly dockerfile: string | undefined;
  /** False: what build checks find is a line of the log, no annotation. */
  readonly annotates?: boolean;
  /** The question that is asked in place of the build; its answer is printed. */
  readonly call?: BuildCall | undefined;
  readonly log: BuildLog;
  /** By which words BuildKit speaks of the cache of this build; by default it has none. */
  readonly words?: CacheWords;
  /** Of a bake: its targets, and by which words BuildKit speaks of the cache of each. */
  readonly targets?: readonly { readonly name: string; readonly words: CacheWords }[];
  /** Ends buildx with SIGTERM, which cancels the build in the daemon. */
  readonly signal?: AbortSignal | undefined;
}

export interface BuiltImage {
  /** Digest of the image's configuration, or of the index where that has several images or attestations; undefined without an image. */
  readonly imageid: string | undefined;
  /** Digest of the manifest or index; undefined without an image. */
  readonly digest: string | undefined;
  /** buildx's answer as JSON of several lines; undefined when there was none. */
  readonly metadata: string | undefined;
}

export interface BuildResult {
  readonly failure: BuildFailure | undefined;
  readonly steps: StepCounts;
  readonly cacheExport: CacheExportResult;
  readonly importErrors: readonly string[];
  readonly image: BuiltImage;
  readonly times: BuildTimes;
  readonly timeline: readonly TimelineBar[];
  /** Where the cache ended. */
  readonly firstMisses: readonly FirstMiss[];
  readonly seconds: number;
  /** Of a bake, whose targets the other fields sum up; undefined: one image was built. */
  readonly targets?: readonly TargetResult[] | undefined;
}

/** What has a cache of its own in a build: its targets, or all of it. */
export function listParts(
  result: Pick<BuildResult, 'steps' | 'cacheExport' | 'firstMisses' | 'targets'>,
): readonly Omit<TargetResult, 'name'>[] {
  return result.targets ?? [result];
}

/** Runs one build to its end. A build that fails is a result; ToolError only when buildx cannot be run or was aborted. */
export async function runBuild(run: BuildRun): Promise<BuildResult> {
  const { metadataFile, log, words = noWords } = run;
  const started = performance.now();
  // What an earlier build left must not pass for this one's answer.
  await rm(metadataFile, { force: true });
  const trace = new BuildTrace();
  const bake = run.targets === undefined ? undefined : new BakeTraces(run.targets);
  const progress = new ProgressLog(log, run.dockerfile, run.annotates);
  const { exitCode, answer } = await runBuildx(
    run,
    tolerate(log, (line) => {
      bake?.add(line);
      for (const event of trace.add(line)) progress.write(event);
    }),
  );
  if (run.call !== undefined) await tellAnswer(run, answer, progress);
  const { vertices } = trace;
  const unwritten = exitCode === 0 ? undefined : findUnwrittenAnswer(trace, metadataFile);
  if (unwritten !== undefined) {
    log.warning(
      `The build is done, but buildx could not write its answer (${unwritten}): the outputs imageid, digest and metadata of this step are empty.`,
    );
  }
  const isDone = exitCode === 0 || unwritten !== undefined;
  const exporters = bake?.exporters ?? words.exporters;
  const whole = {
    steps: countSteps(vertices),
    cacheExport: findCacheExport(vertices, exporters),
    firstMisses: listFirstMisses(vertices),
  };
  return {
    failure: isDone ? undefined : toFailure(trace, words, run.call, answer),
    ...(bake === undefined ? whole : sumUp(bake.toResults(vertices))),
    importErrors: listImportErrors(vertices),
    image: await readImage(metadataFile),
    times: measureBuildTimes(vertices, exporters),
    timeline: listTimeline(vertices, exporters),
    seconds: (performance.now() - started) / 1000,
  };
}

/** Says what the question was answered with, and annotates what a check has found. */
async function tellAnswer(
  { call, targets, metadataFile, log }: BuildRun,
  answer: string,
  progress: ProgressLog,
): Promise<void> {
  if (answer.trim() !== '') log.info(answer.trimEnd());
  if (call?.isCheck !== true) return;
  // Written for a check that fails too.
  const metadata = parseJson(await readFile(metadataFile, 'utf8').catch(() => ''));
  const answers = targets?.map(({ name }) => readField(metadata, name)) ?? [metadata];
  for (const warning of answers.flatMap(listLintWarnings)) progress.write({ kind: 'warning', warning });
}

/** A check that found something ends with an exit code and no error: the first line of its answer says what it is. */
function toFailure(
  trace: BuildTrace,
  { faults }: CacheWords,
  call: BuildCall | undefined,
  answer: string,
): BuildFailure {
  const failure = classifyBuildFailure(trace, faults);
  if (call === undefined || trace.text.some((line) => line.startsWith('ERROR: '))) return failure;
  const first = answer.trim().split('\n', 1)[0] ?? '';
  const isSentence = first !== '' && !first.startsWith('{');
  const reason = isSentence ? first : `"call: ${call.text}" found faults: its answer is in the log.`;
  return { ...failure, kind: 'check', reason };
}

/** A fault in following the build is no fault of the build: it is told once, and the build goes on. */
function tolerate(log: BuildLog, follow: (line: string) => void): (line: string) => void {
  let isTold = false;
  return (line) => {
    try {
      follow(line);
    } catch (error) {
      if (!isTold)
        log.warning(
          `A message of BuildKit could not be read (${toMessage(error)}), so the log and the counts of this build may lack something. Please report this.`,
        );
      isTold = true;
    }
  };
}

/** buildx fails when it cannot write the metadata file, which it does when all else is done: image, push and cache. */
function findUnwrittenAnswer({ vertices, text }: BuildTrace, metadataFile: string): string | undefined {
  const error = text.findLast((line) => line.startsWith('ERROR: '));
  const isAboutFile = error?.includes(path.basename(metadataFile)) === true;
  return isAboutFile && vertices.every((vertex) => vertex.error === undefined) ? error : undefined;
}

/** After SIGTERM, until SIGKILL. */
const cancelTimeoutMs = 3000;

async function runBuildx(
  { buildx, command, cwd, signal }: BuildRun,
  onLine: (line: string) => void,
): Promise<{ readonly exitCode: number | null; readonly answer: string }> {
  const child = spawn(buildx, [...command.args], {
    env: { ...command.env },
    cwd,
    // A process group of its own: credential helpers and git end with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    let cancelled: ToolError | undefined;
    child.once('error', (error) => {
      // Until it has ended, which is when it closes, it may write its output; a daemon that hangs may hold it.
      if (signal?.aborted === true && child.pid !== undefined) {
        cancelled = new ToolError('build-cancelled', 'The build was cancelled', { cause: error });
        const { pid } = child;
        const timer = setTimeout(() => killGroup(pid), cancelTimeoutMs);
        // What it has started may outlive it, and hold its pipe open.
        child.once('exit', () => killGroup(pid));
        child.once('close', () => clearTimeout(timer));
      } else
        reject(new ToolError('buildx', `${buildx} could not be run: ${error.message}`, { cause: error }));
    });
    child.once('close', (code) => (cancelled === undefined ? resolve(code) : reject(cancelled)));
  });
  // Both must be waited for: the last lines may still be in the pipe when the process has ended.
  const read = (async () => {
    for await (const line of createInterface({ input: child.stderr, crlfDelay: Number.POSITIVE_INFINITY }))
      onLine(line);
  })();
  const [exitCode, answer] = await Promise.all([ended, readText(child.stdout), read]);
  return { exitCode, answer };
}

async function readImage(metadataFile: string): Promise<BuiltImage> {
  let text: string;
  try {
    text = await readFile(metadataFile, 'utf8');
  } catch {
    // buildx writes it only at the end of a build that went well.
    return { imageid: undefined, digest: undefined, metadata: undefined };
  }
  const metadata = parseJson(text);
  const digest = readString(metadata, 'containerimage.digest');
  return {
    // As buildx's --iidfile (getImageID of its commands/build.go).
    imageid: readString(metadata, 'containerimage.config.digest') ?? digest,
    digest,
    metadata: isRecord(metadata) ? toPrintableJson(metadata, 2) : undefined,
  };
}
