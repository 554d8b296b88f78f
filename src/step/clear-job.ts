import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { hasBridge, removeBridge } from '../buildkit/daemon/bridge-removal.ts';
import { killOrphans, removeCgroups, toJobMarks, unmountState } from '../buildkit/daemon/leftovers.ts';
import { endDaemons, removeDirectories } from '../buildkit/daemon/stop.ts';
import * as log from '../log.ts';
import type { ChildEnvironment } from '../process/command.ts';
import { endProcesses } from '../process/end.ts';
import { listClients } from './job-processes.ts';
import { runStages } from './stages.ts';

const clientPatienceMs = 3000;

/** Ends every daemon of this job and removes what they left, before a new one starts; needs no record of them. Never throws. */
export async function clearJob(directory: string, sudo: boolean, env: ChildEnvironment): Promise<void> {
  const marks = toJobMarks(directory, sudo);
  const wasBridged = await hasBridge(marks.bridge);
  const failures = await runStages([
    {
      name: 'the client of a build',
      run: async () => {
        await endProcesses(await listClients(directory), [
          ['SIGTERM', clientPatienceMs],
          ['SIGKILL', clientPatienceMs],
        ]);
      },
    },
    {
      name: 'buildkitd',
      run: async () => {
        if ((await endDaemons(marks, { env })) !== 'was-not-running')
          log.info('ended a buildkitd of this job whose files are gone');
      },
    },
    { name: 'processes of build steps', run: async () => void (await killOrphans(marks, env)) },
    { name: 'mounts', run: async () => void (await unmountState(marks, env)) },
    {
      name: 'network',
      run: async () => {
        const left = await removeBridge(marks.bridge, wasBridged, sudo, env);
        if (left.length > 0) throw new Error(left.join(', '));
      },
    },
    { name: 'cgroups', run: async () => void (await removeCgroups(marks, env)) },
    {
      name: 'state',
      run: async () => {
        const states = (await readdir(directory)).map((name) => path.join(directory, name));
        const own = states.filter((file) => file.startsWith(marks.statePrefix));
        if (own.length > 0) await removeDirectories(own, sudo, env);
      },
    },
  ]);
  for (const failure of failures) log.info(`What an earlier step left could not be removed: ${failure}.`);
}
