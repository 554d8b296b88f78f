import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { hasErrorCode, InputError } from '../errors.ts';

/** What a build must not read, or replace. */
export interface Guarded {
  /** The job's own directory, where the daemon's state lies. */
  readonly jobDirectory: string;
  /** By which the runner takes outputs, variables and the summary. */
  readonly runnerFiles: readonly string[];
}

/** A place of this machine that a build reads or writes. */
export interface Touched {
  /** Of the error. */
  readonly input: string;
  /** Begins the error: who names the place, and how. */
  readonly subject: string;
  /** As given. */
  readonly path: string;
  /** `read`: a directory; the others are written. */
  readonly kind: 'read' | 'file' | 'tree';
}

type Environment = Readonly<Record<string, string | undefined>>;

const runnerVariables = [
  ...[
    'GITHUB_OUTPUT',
    'GITHUB_ENV',
    'GITHUB_PATH',
    'GITHUB_STATE',
    'GITHUB_STEP_SUMMARY',
    'GITHUB_EVENT_PATH',
  ],
];

/** The files of the runner that its variables name. */
export function listRunnerFiles(env: Environment): readonly string[] {
  return runnerVariables.flatMap((name) => env[name] || []);
}

/**
 * Keeps a build away from the job's own directory and from the runner's files: a context would copy the one into the image,
 * and an output could replace both. Throws InputError.
 *
 * @param base where relative paths start
 */
export async function checkTouched(
  touched: readonly Touched[],
  base: string,
  { jobDirectory, runnerFiles }: Guarded,
): Promise<void> {
  const own = await toPlace(jobDirectory);
  const files = await Promise.all(runnerFiles.map(toPlace));
  for (const { input, subject, path: given, kind } of touched) {
    const place = await toPlace(path.resolve(base, given));
    const isWhole = kind !== 'file';
    if (holds(own, place) || (isWhole && holds(place, own))) {
      const relation = holds(own, place) ? 'lies in' : 'holds';
      throw new InputError(
        input,
        kind === 'read'
          ? `${subject} ${relation} ${own}, where Hotlayer keeps the state of BuildKit, which would become a part of the build; allowed is a directory beside it, for example one of its own below RUNNER_TEMP`
          : `${subject} ${relation} ${own}, where Hotlayer keeps the state of BuildKit, which the output could replace; allowed is a place beside it, for example a directory of its own below RUNNER_TEMP`,
      );
    }
    const file =
      kind === 'read'
        ? undefined
        : files.find((found) => holds(found, place) || (isWhole && holds(place, found)));
    if (file !== undefined) {
      throw new InputError(
        input,
        `${subject} ${holds(file, place) ? 'is' : 'holds'} ${file}, a file of the runner, which the output could replace; allowed is a place beside it, for example a directory of its own below RUNNER_TEMP`,
      );
    }
  }
}

/** The real path of what is there, and the rest as given: two ways to write one place must not look like two places. */
export async function toPlace(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    const parent = path.dirname(file);
    if (parent === file || !['ENOENT', 'ENOTDIR'].some((code) => hasErrorCode(error, code))) return file;
    return path.join(await toPlace(parent), path.basename(file));
  }
}

/** True when the second is the first, or lies below it. */
function holds(directory: string, file: string): boolean {
  const relative = path.relative(directory, file);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`));
}
