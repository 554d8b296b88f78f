import process from 'node:process';
import { watchCancellation } from './cancellation.ts';

// Before anything else is loaded: a signal that finds no handler ends the process without a word.
const cancelled = watchCancellation();

const { confineSecrets } = await import('./confinement.ts');
process.env = confineSecrets(process.env);
const { flush, guardStreams } = await import('./log.ts');
guardStreams();
const { attemptRun } = await import('./attempt.ts');
await attemptRun(process.env, cancelled);
await flush();
// An open keep-alive connection of a library must not hold up the job.
process.exit();
