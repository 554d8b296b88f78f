import { type BuildFailure, renderClipNotice, toBuildError } from '../buildkit/solve/build-failure.ts';
import { saysDiskFull, ToolError, toMessage } from '../errors.ts';
import * as log from '../log.ts';
import { describeDisk } from '../process/disk-space.ts';
import type { Endpoint } from './endpoint.ts';

/** Shows what a failed build and its daemon said, and answers the error of the step. Never throws. */
export async function explainFailure(failure: BuildFailure, endpoint: Endpoint): Promise<ToolError> {
  if (failure.output.length > 0) {
    const text = [...failure.output, renderClipNotice(failure) ?? ''].join('\n').trimEnd();
    await log.group('Output of the failing step', async () => log.info(text));
  }
  await log.group('Log of buildkitd', async () => {
    try {
      log.info((await endpoint.readLog()).join('\n'));
    } catch (error) {
      log.info(`It cannot be read: ${toMessage(error)}`);
    }
  });
  const error = toBuildError(failure);
  if (isForeign(failure))
    return new ToolError(
      error.code,
      `${error.message}\nThat program is for another platform than the daemon can run: add docker/setup-qemu-action before this step, or build this platform on a native runner.`,
    );
  if (!isForWantOfSpace(failure)) return error;
  // Of the disk of a daemon elsewhere nothing is known here.
  const disk = endpoint.kind === 'own' ? ` ${await describeDisk(undefined, [endpoint.stateDirectory])}` : '';
  return new ToolError(error.code, `${error.message}\nNo space was left for the build.${disk}`);
}

/** The kernel's words for a program of another architecture. */
function isForeign({ reason, output }: BuildFailure): boolean {
  return [reason, ...output.slice(-10)].some((line) => /exec format error/i.test(line));
}

/** Also where a step's own program said it: its files lie on the daemon's disk. */
export function isForWantOfSpace({ reason, output }: BuildFailure): boolean {
  return saysDiskFull(reason) || output.slice(-10).some(saysDiskFull);
}
