import * as log from '../log.ts';
import type { Job } from './record.ts';

/** A notice for each sentence that no earlier step of the job has told: what is true of the whole job is said once. */
export async function tellOnce(job: Job, sentences: readonly string[]): Promise<void> {
  const { told = [] } = job.record;
  const fresh = sentences.filter((sentence) => !told.includes(sentence));
  if (fresh.length === 0) return;
  for (const sentence of fresh) log.notice(sentence);
  try {
    await job.update({ told: [...told, ...fresh] });
  } catch {
    // A full disk, for example: then the next step tells it again, and whatever needs the record says what is wrong.
  }
}
