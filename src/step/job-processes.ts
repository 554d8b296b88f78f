import path from 'node:path';
import type { ProcessIdentity } from '../process/identity.ts';
import { listProcesses, readArguments, readWorkingDirectory } from '../process/list.ts';

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

/** Gateways of this job, also where the directory that they work in is gone. */
export function listGateways(jobDirectory: string): Promise<readonly ProcessIdentity[]> {
  // The kernel marks a working directory that was removed; one of that name that was made since is another.
  const places = [jobDirectory, `${jobDirectory} (deleted)`];
  const script = path.join('/gateway', 'index.js');
  return listProcesses(async (pid) => {
    if (!places.includes(await readWorkingDirectory(pid))) return false;
    return (await readArguments(pid)).some((word) => word.endsWith(script));
  });
}
