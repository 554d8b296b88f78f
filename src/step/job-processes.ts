import path from 'node:path';
import type { ProcessIdentity } from '../process/identity.ts';
import { listProcesses, readArguments } from '../process/list.ts';

/** How the path of the file begins that buildctl writes its answer to. */
export function toMetadataPrefix(jobDirectory: string): string {
  return path.join(jobDirectory, 'metadata-');
}

/** buildctl of this job: only a main that was killed leaves one. It is found by its arguments, not by a pid on record. */
export function listClients(jobDirectory: string): Promise<readonly ProcessIdentity[]> {
  const prefix = toMetadataPrefix(jobDirectory);
  return listProcesses(async (pid) => {
    const words = await readArguments(pid);
    return words.some((word, index) => word.startsWith(prefix) && words[index - 1] === '--metadata-file');
  });
}
