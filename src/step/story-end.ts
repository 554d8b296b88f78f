import { toMessage } from '../errors.ts';
import * as log from '../log.ts';
import { type Outputs, writeOutputs } from '../outputs.ts';
import { maxSummaryBytes } from '../report/fit.ts';
import { appendWhole, measureRoom } from '../runner-files.ts';

/** What a story leaves to its entry: to write the outputs and the summary, and to fail. */
export interface StoryEnd {
  /** undefined: the report could not be made. */
  readonly outputs: Outputs | undefined;
  /**
   * The job summary as Markdown; undefined: none is wanted.
   *
   * @param unwritten what was lost since the story ended, a sentence each
   * @param maxBytes what it may have at most
   */
  readonly renderSummary: ((unwritten: readonly string[], maxBytes: number) => string) | undefined;
  /** Why the step fails; undefined: it went well. */
  readonly failure: Error | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What cannot be written is said; it is a fault of the report, never of the build. */
export function writeStoryEnd({ outputs, renderSummary }: StoryEnd, env: Environment): void {
  const unwritten = outputs === undefined ? undefined : tryWriteOutputs(outputs, env);
  // Before the summary, which tells it too. The build itself is as good without.
  if (unwritten !== undefined) log.warning(unwritten);
  const summaryFile = env['GITHUB_STEP_SUMMARY'];
  if (renderSummary === undefined || summaryFile === undefined || summaryFile === '') return;
  try {
    const roomBytes = measureRoom(summaryFile, maxSummaryBytes);
    appendWhole(summaryFile, renderSummary(unwritten === undefined ? [] : [unwritten], roomBytes));
  } catch (error) {
    log.warning(
      `The job summary does not show this build: GITHUB_STEP_SUMMARY (${summaryFile}) could not be written (${toMessage(error)}).`,
    );
  }
}

function tryWriteOutputs(outputs: Outputs, env: Environment): string | undefined {
  try {
    writeOutputs(outputs, env);
    return undefined;
  } catch (error) {
    return `The outputs of this step are not set, and later steps find them empty: GITHUB_OUTPUT (${env['GITHUB_OUTPUT']}) could not be written (${toMessage(error)}).`;
  }
}
