import process from 'node:process';
import { confineSecrets } from './confinement.ts';
import { toFailureMessage } from './errors.ts';
import * as log from './log.ts';
import { run } from './run.ts';

process.env = confineSecrets(process.env);
log.guardStreams();
// Node would print what nobody catches by itself, past the guard.
process.once('uncaughtException', (error) => {
  log.fail(toFailureMessage(error));
  void log.flush().then(() => process.exit(1));
});

// The runner cancels a step with SIGINT, then SIGTERM: stop the build and leave the rest to post.
const cancelled = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cancelled.abort(signal));

try {
  await run(process.env, cancelled.signal);
} catch (error) {
  log.fail(toFailureMessage(error));
  if (error instanceof Error && error.stack !== undefined) log.debug(error.stack);
}
await log.flush();
// An open keep-alive connection of a library must not hold up the job.
process.exit();
