import { renderCleanupLog } from '../cleanup/report.ts';
import { readCleanupPlace, runCleanup } from '../cleanup/run.ts';
import { writeCleanupReport } from '../cleanup/write-report.ts';
import { ToolError } from '../errors.ts';
import { describeForeignInputs } from '../inputs/foreign.ts';
import { listSecretValues, parseCleanupInputs } from '../inputs/inputs.ts';
import * as log from '../log.ts';

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
  const unwritten = writeCleanupReport(facts, report.summary, env);
  if (unwritten !== undefined) log.warning(unwritten);
  signal.throwIfAborted();
  if (facts.verdict.failure !== undefined) throw new ToolError('cleanup-refused', facts.verdict.failure);
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
