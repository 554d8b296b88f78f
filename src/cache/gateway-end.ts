import path from 'node:path';
import { type EndGatewayOptions, endGateway, type GatewayEnd, readLastReport } from '../gateway/host/end.ts';
import type { GatewayRecord } from '../gateway/host/start.ts';
import * as log from '../log.ts';
import { endProcesses } from '../process/end.ts';
import { listGateways } from './gateway-processes.ts';

/** In the job's directory. */
export const gatewayLog = 'gateway.log';

const patienceMs = 3000;

/**
 * Ends the gateway of a job: the one on record, which is asked, and any other that works in the job's directory, which
 * finishes its uploads after SIGTERM too. undefined: there was none.
 */
export async function endJobGateway(
  record: GatewayRecord | undefined,
  options: Omit<EndGatewayOptions, 'logPath'>,
): Promise<GatewayEnd | undefined> {
  const logPath = path.join(options.jobDirectory, gatewayLog);
  const end =
    record === undefined
      ? undefined
      : await log.group('Finish the cache export', () => endGateway(record, { ...options, logPath }));
  const strays = await listGateways(options.jobDirectory);
  if (strays.length === 0) return end;
  const left = await log.group('Finish the cache export of a gateway that is not on record', () =>
    endProcesses(strays, [
      ['SIGTERM', options.signal?.aborted === true ? 0 : Math.max(patienceMs, options.drainMs)],
      ['SIGKILL', patienceMs],
    ]),
  );
  if (left.length > 0) throw new Error(`process ${left.join(', ')} did not end`);
  if (end?.kind === 'stopped') return end;
  const report = await readLastReport(logPath);
  return report === undefined
    ? { kind: 'lost', reason: 'it ended without a report' }
    : { kind: 'stopped', report };
}
