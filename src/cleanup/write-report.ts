import { toMessage } from '../errors.ts';
import { maxSummaryBytes } from '../report/fit.ts';
import { appendWhole, measureRoom, setOutputs } from '../runner-files.ts';
import { toCleanupOutputs } from './outputs.ts';
import { type ReportFacts, renderCleanupSummary } from './report.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Sets the outputs and writes the summary. What cannot be written is answered as a sentence: the caches are as clean without. */
export function writeCleanupReport(
  facts: ReportFacts,
  isSummaryWanted: boolean,
  env: Environment,
): string | undefined {
  try {
    setOutputs(toCleanupOutputs(facts.result), env);
    const file = env['GITHUB_STEP_SUMMARY'];
    if (!isSummaryWanted || !file) return undefined;
    const summary = renderCleanupSummary(facts);
    if (Buffer.byteLength(summary) > measureRoom(file, maxSummaryBytes))
      return 'The job summary does not show the clean-up: GitHub shows 1 MiB at the most.';
    appendWhole(file, summary);
    return undefined;
  } catch (error) {
    return `Outputs or summary of the clean-up could not be written: ${toMessage(error)}`;
  }
}
