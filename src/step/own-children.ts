import process from 'node:process';
import { findOrphans, toJobMarks } from '../buildkit/daemon/leftovers.ts';
import { listGateways } from '../cache/gateway-processes.ts';
import { endProcesses } from '../process/end.ts';
import { type ProcessIdentity, readOr, readProcess } from '../process/identity.ts';
import { listPids } from '../process/list.ts';

/**
 * Ends what this process has started and still runs: a download by git, tar, a compiler. Not the job's daemon and gateway,
 * which post ends in order.
 */
export async function endOwnChildren(jobDirectory: string): Promise<void> {
  const gateways = await listGateways(jobDirectory);
  const kept = new Set([
    ...gateways.map(({ pid }) => pid),
    ...(await findOrphans(toJobMarks(jobDirectory, false))),
  ]);
  const parents = await readParents();
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent === process.pid || (parent !== undefined && parent > 1 && isBelow(parent));
  };
  const children = [...parents.keys()].filter((pid) => isBelow(pid) && !kept.has(pid));
  const identities = await Promise.all(children.map((pid) => readProcess(pid)));
  const found = identities.filter((identity): identity is ProcessIdentity => identity !== undefined);
  await endProcesses(found, [['SIGKILL', 1000]]);
}

/** The parent of every process that runs. */
async function readParents(): Promise<ReadonlyMap<number, number>> {
  const entries = await Promise.all(
    (await listPids()).map(async (pid) => {
      const stat = await readOr(`/proc/${pid}/stat`, '').catch(() => '');
      // After the name in brackets: the state, then the parent.
      return [pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const;
    }),
  );
  return new Map(entries);
}
