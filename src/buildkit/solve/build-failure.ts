import { ToolError } from '../../errors.ts';
import type { Vertex } from '../trace/trace.ts';
import { isStep } from '../trace/trace-facts.ts';
import { classifyPushFailure } from './push-failure.ts';

export type BuildFailureKind = 'dockerfile' | 'cache' | 'daemon' | 'push' | 'load' | 'check' | 'other';

export interface BuildFailure {
  readonly kind: BuildFailureKind;
  /** BuildKit's own words. */
  readonly reason: string;
  /** The failing instruction, for example `RUN make`. */
  readonly instruction: string | undefined;
  /** `Dockerfile:4`. */
  readonly location: string | undefined;
  /** Where it stands in the Dockerfile, with the lines around it, as buildx prints them; empty: it names none. */
  readonly excerpt: readonly string[];
  /** Exit code of the instruction's process. */
  readonly exitCode: number | undefined;
  /** Everything that the failing step printed and BuildKit passed on, line by line. */
  readonly output: readonly string[];
  /** The limit at which BuildKit left out a part of that, for example `2MiB`; undefined: nothing is missing. */
  readonly clippedAt: string | undefined;
}

interface TraceText {
  readonly vertices: readonly Vertex[];
  /** buildx's own lines, outside the trace. */
  readonly text: readonly string[];
}

/**
 * Why a build failed, from its trace and buildx's last words.
 *
 * @param cacheFaults what BuildKit says when it cannot read the cache of this build
 */
export function classifyBuildFailure(
  { vertices, text }: TraceText,
  cacheFaults: readonly RegExp[],
): BuildFailure {
  const reason =
    findReason(text) ?? vertices.findLast(({ error }) => error !== undefined)?.error ?? 'no reason given';
  const failed =
    vertices.find((vertex) => isStep(vertex) && vertex.error !== undefined && !isCancelled(vertex.error)) ??
    vertices.find(({ error }) => error !== undefined && !isCancelled(error));
  const exitCode = /did not complete successfully: exit code: (\d+)/.exec(reason)?.[1];
  return {
    kind: toKind(reason, text, failed, cacheFaults),
    reason,
    instruction: findInstruction(text, failed),
    location: text.find((line) => /^[^\s:]+:\d+$/.test(line)),
    excerpt: findExcerpt(text),
    exitCode: exitCode === undefined ? undefined : Number(exitCode),
    output: toLines(failed?.output ?? ''),
    clippedAt: findClipLimit(failed?.output ?? ''),
  };
}

/** What a reader of the failing step's output must know: undefined when all of it is there. */
export function renderClipNotice({ clippedAt }: Pick<BuildFailure, 'clippedAt'>): string | undefined {
  if (clippedAt === undefined) return undefined;
  return `A part of the step's output is missing: BuildKit clipped it at its limit of ${clippedAt}. To see all of it, raise BUILDKIT_STEP_LOG_MAX_SIZE (bytes a step) and BUILDKIT_STEP_LOG_MAX_SPEED (bytes a second) in the job's "env"; -1 lifts a limit.`;
}

/** The error of the action's step: what failed, where, how, and the last lines it said. */
export function toBuildError(failure: BuildFailure): ToolError {
  const { kind, instruction, location, exitCode, output } = failure;
  const lines = output.slice(-10);
  const clipNotice = renderClipNotice(failure);
  const tail = [
    lines.length === 0 ? '' : `\nIts last output:\n${lines.join('\n')}`,
    clipNotice === undefined ? '' : `\n${clipNotice}`,
  ].join('');
  // Of a bake.
  const target = /^target [\w-]+: /.exec(failure.reason)?.[0] ?? '';
  const reason = exitCode === undefined ? failure.reason : `${target}exit code ${exitCode}`;
  switch (kind) {
    case 'dockerfile': {
      const place = location === undefined ? '' : ` at ${location}`;
      const what = instruction === undefined ? '' : `, ${instruction}`;
      return new ToolError('build-dockerfile', `The build failed${place}${what}: ${reason}${tail}`);
    }
    case 'cache':
      return new ToolError(
        'build-cache',
        `The build failed because a cached layer could not be read: ${firstLine(reason)}`,
      );
    case 'daemon':
      return new ToolError('build-daemon', `The connection to buildkitd broke during the build: ${reason}`);
    case 'push':
      return new ToolError(
        'build-push',
        `The image was built but not pushed: ${reason}\n${adviseOnPush(failure)}`,
      );
    case 'load':
      return new ToolError(
        'build-load',
        `The image was built but not loaded into Docker: its engine stopped reading (${reason})\nLook at the log of the Docker engine: whether it still runs, and whether its disk is full.`,
      );
    case 'check':
      return new ToolError('build-check', reason);
    case 'other':
      return new ToolError('build-failed', `The build failed: ${reason}${tail}`);
    default:
      return kind satisfies never;
  }
}

function adviseOnPush(failure: BuildFailure): string {
  return classifyPushFailure(failure).kind === 'passing'
    ? 'The registry or the way to it is in trouble: run the job again later; "push-retries" says how often a push is made again.'
    : 'Check the name in "tags", the login to the registry and the right to write there.';
}

// Of any cache, seen from BuildKit v0.33.1: a blob that is gone (404), torn, of the wrong bytes or out of reach behind a cache index that names it.
const cachePatterns = [
  /failed to copy: (?:GET |Get |invalid status response |read tcp |unexpected EOF)/,
  /short read: expected \d+ bytes/,
  /unexpected commit digest|failed size validation/,
  /failed to configure \S+ cache (?:im|ex)porter/,
];

const daemonPatterns = [
  /\bUnavailable\b.*(?:error reading from server|connection error|transport is closing|EOF)/,
  /failed to receive status/,
  /failed to list workers|listing workers/,
  /dial unix .*: connect:/,
];

function toKind(
  reason: string,
  text: readonly string[],
  failed: Vertex | undefined,
  cacheFaults: readonly RegExp[],
): BuildFailureKind {
  // The instruction's own failure comes first: its command line is part of the reason and may say anything.
  if (/did not complete successfully: exit code: \d+/.test(reason)) return 'dockerfile';
  if (daemonPatterns.some((pattern) => pattern.test(reason))) return 'daemon';
  if ([...cachePatterns, ...cacheFaults].some((pattern) => pattern.test(reason))) return 'cache';
  if (/failed to push /.test(reason)) return 'push';
  // Docker reads what is loaded from a pipe of buildx's, and files are none.
  if (/^failed to copy to tar: .*closed pipe/.test(reason)) return 'load';
  const namesInstruction = text.some((line) => /^\s*\d+ \| >>> /.test(line));
  const isDockerfile =
    /dockerfile parse error|target stage .* could not be found|failed to read dockerfile: open /.test(reason);
  return namesInstruction || isDockerfile || (failed !== undefined && isStep(failed))
    ? 'dockerfile'
    : 'other';
}

/**
 * buildx ends with `ERROR: …`, of a bake with the target before the rest, which may span lines; an older one does not say `failed to build`. What it quotes of
 * another program may have such a line too, so the whole beginning counts where it is there.
 */
export function findReason(text: readonly string[]): string | undefined {
  const build = text.findLastIndex((line) =>
    /^ERROR: (?:target [\w-]+: )?failed to (?:build|solve): /.test(line),
  );
  const start = build === -1 ? text.findLastIndex((line) => line.startsWith('ERROR: ')) : build;
  if (start === -1) return undefined;
  const lines = text.slice(start).join('\n').trim();
  // Of a Git context it looks for a policy first, so that is where all that is wrong with the repository turns up.
  return lines.replace(
    /^ERROR: (target [\w-]+: )?(?:failed to build: )?(?:failed to solve: |failed to stat policy file [^\s:]+: )?/,
    '$1',
  );
}

function findInstruction(text: readonly string[], failed: Vertex | undefined): string | undefined {
  if (failed !== undefined && isStep(failed)) return failed.name.replace(/^\[[^\]]*\] /, '');
  const excerpt = text.find((line) => /^\s*\d+ \| >>> /.test(line));
  return excerpt?.replace(/^\s*\d+ \| >>> /, '').trim();
}

/** buildx frames it with two rules, under the line that names the place (util/errdefs of BuildKit, Source.Print). */
export function findExcerpt(text: readonly string[]): readonly string[] {
  const place = text.findIndex((line, index) => /^[^\s:]+:\d+$/.test(line) && isRule(text[index + 1]));
  if (place === -1) return [];
  const lines = text.slice(place + 2);
  const end = lines.findIndex(isRule);
  return end === -1 ? [] : lines.slice(0, end);
}

function isRule(line: string | undefined): boolean {
  return /^-{20}$/.test(line ?? '');
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** Steps that ran beside the failing one end with it; they are not the cause. */
function isCancelled(error: string): boolean {
  return /context canceled|CANCELED/.test(error);
}

/** BuildKit's words (util/progress/logs); the end of a failing step's output may follow them. */
function findClipLimit(output: string): string | undefined {
  return /^\[output clipped, log limit (\S{1,40}) reached\]\r?$/m.exec(output)?.[1];
}

function toLines(output: string): readonly string[] {
  return output.split(/\r?\n/).filter((line, index, lines) => line !== '' || index < lines.length - 1);
}
