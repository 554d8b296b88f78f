import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const fileName = 'cache-outage';

/** What the job was told of a cache service that does not answer: its later steps and post do not tell it again. */
export async function readToldOutage(jobDirectory: string): Promise<string | undefined> {
  try {
    return await readFile(path.join(jobDirectory, fileName), 'utf8');
  } catch {
    // Told once more is better than never.
    return undefined;
  }
}

export async function noteToldOutage(jobDirectory: string, reason: string): Promise<void> {
  await writeFile(path.join(jobDirectory, fileName), reason, { mode: 0o600 }).catch(() => undefined);
}
