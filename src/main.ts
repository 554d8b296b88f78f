import process from 'node:process';
import { watchCancellation } from './async/cancellation.ts';
import { toFailureMessage } from './errors.ts';

// Before anything else is loaded: a signal that finds no handler ends the process without a word.
const cancelled = watchCancellation();

const { confineSecrets } = await import('./confinement.ts');
process.env = confineSecrets(process.env);
const log = await import('./log.ts');
log.guardStreams();
// Node would print what nobody catches by itself, past the guard.
process.once('uncaughtException', (error) => {
  log.fail(toFailureMessage(error));
  void log.flush().then(() => process.exit(1));
});
// Of the actions `bake`, `setup` and `workflow/…`, whose entries are dist/bake, dist/setup and dist/workflow (scripts/build.ts).
const [action, step = ''] = process.argv.slice(2);
if (action === 'workflow') {
  const { runWorkflowStep } = await import('./workflow/run.ts');
  await runWorkflowStep(step, process.env, cancelled);
} else {
  const { attemptRun } = await import('./stories/attempt.ts');
  await attemptRun(action === 'bake' || action === 'setup' ? action : 'build', process.env, cancelled);
}
await log.flush();
// An open keep-alive connection of a library must not hold up the job.
process.exit();
