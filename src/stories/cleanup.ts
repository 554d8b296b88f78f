import { toCleanupOutputs } from '../cleanup/outputs.ts';
import { type ReportFacts, renderCleanupLog, renderCleanupSummary } from '../cleanup/report.ts';
import { readCleanupPlace, runCleanup } from '../cleanup/run.ts';
import { ToolError, toMessage } from '../errors.ts';
import { describeForeignInputs } from '../inputs/foreign.ts';
import { listSecretValues, parseCleanupInputs } from '../inputs/inputs.ts';
import * as log from '../log.ts';
import { maxSummaryBytes } from '../report/fit.ts';
import { appendWhole, measureRoom, setOutputs } from '../runner-files.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The action `cleanup`: looks at the caches of the repository, removes what nobody can read any more, and reports. */
export async function cleanUp(env: Environment, signal: AbortSignal): Promise<void> {
  const { cleanup, report } = parseCleanupInputs(env);
  for (const secret of listSecretValues({ cleanup, report })) log.mask(secret);
  const foreign = describeForeignInputs(env, 'cleanup');
  if (foreign !== undefined) log.warning(foreign);

  const place = await readCleanupPlace(env, cleanup.githubToken, demandTemporary(env));
  const facts = await runCleanup(place, cleanup, { signal, onWait: log.info });

  await log.group('Caches of this repository', async () => log.info(renderCleanupLog(facts).join('\n')));
  for (const note of facts.verdict.notes) log.notice(note);
  for (const warning of facts.verdict.warnings) log.warning(warning);
  writeReport(facts, report.summary, env);
  if (facts.verdict.failure !== undefined) throw new ToolError('cleanup-refused', facts.verdict.failure);
}

/** What cannot be written is said; the caches are as clean without. */
function writeReport(facts: ReportFacts, isSummaryWanted: boolean, env: Environment): void {
  try {
    setOutputs(toCleanupOutputs(facts.result), env);
    const file = env['GITHUB_STEP_SUMMARY'];
    if (!isSummaryWanted || !file) return;
    const summary = renderCleanupSummary(facts);
    if (Buffer.byteLength(summary) <= measureRoom(file, maxSummaryBytes)) appendWhole(file, summary);
    else log.warning('The job summary does not show the clean-up: GitHub shows 1 MiB at the most.');
  } catch (error) {
    log.warning(`Outputs or summary of the clean-up could not be written: ${toMessage(error)}`);
  }
}

function demandTemporary(env: Environment): string {
  const directory = env['RUNNER_TEMP'];
  if (directory) return directory;
  const advice = 'On your own machine run `hotlayer cleanup` instead.';
  throw new ToolError(
    'no-runner',
    `RUNNER_TEMP is not set: this is started by a GitHub Actions runner. ${advice}`,
  );
}
