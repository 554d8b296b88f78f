import process from 'node:process';
import { CancelledError, isDiskFull, ToolError, toFailureMessage, toMessage } from '../errors.ts';
import * as log from '../log.ts';
import { describeDisk } from '../process/disk-space.ts';
import { toJobDirectory } from '../step/job-directory.ts';
import { endOwnChildren } from '../step/own-children.ts';
import { writeStoryEnd } from '../step/story-end.ts';
import { bake } from './bake.ts';
import { build } from './build.ts';
import { setup } from './setup.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Main, with one plain sentence for whatever made it fail. */
export async function attemptRun(
  action: 'build' | 'bake' | 'setup',
  env: Environment,
  cancelled: AbortSignal,
): Promise<void> {
  // A promise that nobody waits for must not end a build that goes well.
  process.on('unhandledRejection', (error) => log.debug(`unhandled: ${toStack(error)}`));
  try {
    if (action === 'setup') await setup(env, cancelled);
    else {
      const end = await (action === 'bake' ? bake : build)(env, cancelled);
      writeStoryEnd(end, env);
      if (end.failure !== undefined) throw end.failure;
    }
    cancelled.throwIfAborted();
  } catch (error) {
    log.fail(await toSentence(error, env, cancelled));
    log.debug(toStack(error));
    if (cancelled.aborted) await endChildren(env);
  }
}

async function toSentence(error: unknown, env: Environment, cancelled: AbortSignal): Promise<string> {
  // Whatever the cancellation broke on its way is no fault.
  if (cancelled.aborted) return (error instanceof CancelledError ? error : new CancelledError()).message;
  // A failed build has named its file system already.
  const isBuild = error instanceof ToolError && error.code.startsWith('build-');
  if (isBuild || !isDiskFull(error)) return toFailureMessage(error);
  const disk = await describeDisk(error, [
    env['RUNNER_TEMP'],
    env['RUNNER_TOOL_CACHE'],
    env['GITHUB_WORKSPACE'],
  ]);
  return `No space is left for the build: ${toMessage(error)}. ${disk}`;
}

/** What was started and could not be told to stop (git, tar) ends with this process; the job's own is for post. */
async function endChildren(env: Environment): Promise<void> {
  try {
    await endOwnChildren(await toJobDirectory(env['RUNNER_TEMP'] ?? ''));
  } catch (error) {
    log.debug(toStack(error));
  }
}

function toStack(error: unknown): string {
  return error instanceof Error && error.stack !== undefined ? error.stack : toMessage(error);
}
