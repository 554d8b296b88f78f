import { readFile, readlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { hasErrorCode, toMessage } from '../../errors.ts';
import { parseJson } from '../../json.ts';
import { drainGateway, stopGateway } from '../control/control-client.ts';
import { type GatewayReport, parseReport } from '../report/report.ts';
import type { GatewayRecord } from './start.ts';

export type GatewayEnd =
  | { readonly kind: 'stopped'; readonly report: GatewayReport }
  /** It was gone already, or had to be killed; `reason` says which. */
  | { readonly kind: 'lost'; readonly reason: string };

export interface EndGatewayOptions {
  readonly token: string | undefined;
  readonly jobDirectory: string;
  /** The gateway's log, which ends with its report. */
  readonly logPath: string;
  /** How long uploads may still take; 0: they are given up. */
  readonly drainMs: number;
  /** Hears every few seconds how far they are. */
  readonly onProgress?: (report: GatewayReport) => void;
  /** Uploads are not waited for once it is aborted. */
  readonly signal?: AbortSignal;
}

const pollMs = 20;

/** Waits for the gateway's uploads, asks it to end, and sees to it that its process is gone: SIGTERM, then SIGKILL, by stored pid. */
export async function endGateway(record: GatewayRecord, options: EndGatewayOptions): Promise<GatewayEnd> {
  const { token, jobDirectory, drainMs, onProgress, signal: impatient } = options;
  // The kernel marks the working directory of a process when it is removed.
  const places = [jobDirectory, `${jobDirectory} (deleted)`];
  const isOurs = async (): Promise<boolean> => {
    try {
      // The gateway works in the job's directory; a process that got its pid later does not.
      return places.includes(await readlink(`/proc/${record.pid}/cwd`));
    } catch {
      // No such process.
      return false;
    }
  };
  const isGone = async (withinMs: number): Promise<boolean> => {
    for (let waitedMs = 0; await isOurs(); waitedMs += pollMs) {
      if (waitedMs >= (impatient?.aborted === true ? Math.min(withinMs, 3000) : withinMs)) return false;
      await delay(pollMs);
    }
    return true;
  };

  if (!(await isOurs())) return { kind: 'lost', reason: 'it had ended already' };
  let end: GatewayEnd;
  try {
    if (token === undefined) throw new Error('there is no runtime token to prove who asks');
    const address = { url: record.url, token };
    const progress = {
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(impatient === undefined ? {} : { signal: impatient }),
    };
    if (drainMs > 0) await drainGateway(address, { waitMs: drainMs, ...progress });
    const report = await stopGateway(address);
    end = { kind: 'stopped', report };
  } catch (error) {
    end = { kind: 'lost', reason: `it did not stop when asked (${toMessage(error)})` };
  }
  if (end.kind === 'stopped' && (await isGone(5000))) return end;
  // It finishes its uploads after SIGTERM too.
  for (const [signal, patienceMs] of [
    ['SIGTERM', Math.max(3000, end.kind === 'lost' && impatient?.aborted !== true ? drainMs : 0)],
    ['SIGKILL', 3000],
  ] as const) {
    if (await isOurs()) signalProcess(record.pid, signal);
    if (await isGone(patienceMs)) break;
  }
  const lastWords = end.kind === 'lost' ? await readLastReport(options.logPath) : undefined;
  return lastWords === undefined ? end : { kind: 'stopped', report: lastWords };
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended in this moment.
    if (!hasErrorCode(error, 'ESRCH')) throw error;
  }
}

/** What the gateway wrote when it ended in order; undefined when it did not. */
export async function readLastReport(logPath: string): Promise<GatewayReport | undefined> {
  const text = await readFile(logPath, 'utf8').catch(() => '');
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  // At the start of its line: what follows may hold words of the cache service.
  return parseReport(parseJson(/^\S+ ends: [^;]*; (\{.*\})$/.exec(line)?.[1] ?? ''));
}
