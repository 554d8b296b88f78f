import process from 'node:process';
import { watchCancellation } from './async/cancellation.ts';
import { toFailureMessage } from './errors.ts';

// Before anything else is loaded: a signal that finds no handler ends the process without a word.
const cancelled = watchCancellation();

const { confineSecrets } = await import('./confinement.ts');
process.env = confineSecrets(process.env);
const log = await import('./log.ts');
log.guardStreams();
const { attemptRun } = await import('./stories/attempt.ts');
// Node would print what nobody catches by itself, past the guard.
process.once('uncaughtException', (error) => {
  log.fail(toFailureMessage(error));
  void log.flush().then(() => process.exit(1));
});
// Of the actions `bake` and `setup`, whose entries are in dist/bake and dist/setup (scripts/build.ts).
const [, , word] = process.argv;
await attemptRun(word === 'bake' || word === 'setup' ? word : 'build', process.env, cancelled);
await log.flush();
// An open keep-alive connection of a library must not hold up the job.
process.exit();
