import path from 'node:path';
import type { ProcessIdentity } from '../process/identity.ts';
import { listProcesses, readArguments, readWorkingDirectory } from '../process/list.ts';

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
