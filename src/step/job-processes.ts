import path from 'node:path';
import type { ProcessIdentity } from '../process/identity.ts';
import { listProcesses, readProcessFile } from '../process/list.ts';

/** How the path of the file begins that buildx writes its answer to. */
export function toMetadataPrefix(jobDirectory: string): string {
  return path.join(jobDirectory, 'metadata-');
}

/** buildx's own directory in this job, which its environment names. */
export function toBuildxConfig(jobDirectory: string): string {
  return path.join(jobDirectory, 'buildx');
}

/**
 * buildx of this job, and what it has started: credential helpers, git, ssh. Only a main that was killed leaves any. They
 * are found by what they all inherit, not by a pid on record.
 */
export function listClients(jobDirectory: string): Promise<readonly ProcessIdentity[]> {
  const mark = `BUILDX_CONFIG=${toBuildxConfig(jobDirectory)}`;
  return listProcesses(async (pid) => (await readProcessFile(pid, 'environ')).split('\0').includes(mark));
}
