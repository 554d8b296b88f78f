import { rename } from 'node:fs/promises';
import type { FinishedUpload } from '../../cache-server/upload-file.ts';

/** Moves an upload out of the spool, on one file system. */
export async function moveUpload(upload: FinishedUpload, file: string): Promise<void> {
  await rename(upload.path, file);
}
