import process from 'node:process';
import { cleanUp } from './clean-up.ts';
import { confineSecrets } from './confinement.ts';
import { toFailureMessage } from './errors.ts';
import * as log from './log.ts';

process.env = confineSecrets(process.env);
log.guardStreams();
// Node would print what nobody catches by itself, past the guard.
process.once('uncaughtException', (error) => {
  log.warning(`Clean-up: ${toFailureMessage(error)}`);
  void log.flush().then(() => process.exit(1));
});

try {
  await cleanUp(process.env);
} catch (error) {
  log.warning(`Clean-up: ${toFailureMessage(error)}`);
  if (error instanceof Error && error.stack !== undefined) log.debug(error.stack);
}
await log.flush();
process.exit();
