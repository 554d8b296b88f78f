import process from 'node:process';
import { confineSecrets } from './confinement.ts';
import { toFailureMessage } from './errors.ts';
import * as log from './log.ts';
import { endJob } from './stories/end-of-job.ts';

process.env = confineSecrets(process.env, { hidesBuckets: true });
log.guardStreams();
// Node would print what nobody catches by itself, past the guard.
process.once('uncaughtException', (error) => {
  log.warning(`Clean-up: ${toFailureMessage(error)}`);
  void log.flush().then(() => process.exit(1));
});

// A runner that gives up waiting says so with a signal before it kills: the clean-up goes on, without waiting for uploads.
const hurried = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => hurried.abort());

try {
  await endJob(process.env, hurried.signal);
} catch (error) {
  log.warning(`Clean-up: ${toFailureMessage(error)}`);
  if (error instanceof Error && error.stack !== undefined) log.debug(error.stack);
}
await log.flush();
process.exit();
