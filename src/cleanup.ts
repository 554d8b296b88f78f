import process from 'node:process';
import { watchCancellation } from './async/cancellation.ts';
import { confineSecrets } from './confinement.ts';
import { toFailureMessage } from './errors.ts';
import * as log from './log.ts';
import { cleanUp } from './stories/cleanup.ts';

const cancelled = watchCancellation();
process.env = confineSecrets(process.env);
log.guardStreams();
// Node would print what nobody catches by itself, past the guard.
process.once('uncaughtException', (error) => {
  log.fail(toFailureMessage(error));
  void log.flush().then(() => process.exit(1));
});

try {
  await cleanUp(process.env, cancelled);
} catch (error) {
  log.fail(cancelled.aborted ? 'The clean-up was cancelled.' : toFailureMessage(error));
  if (error instanceof Error && error.stack !== undefined) log.debug(error.stack);
}
await log.flush();
process.exit();
