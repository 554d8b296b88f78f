import { readFileSync } from 'node:fs';

const intervalMs = 50;
/** USER_HZ, the unit of /proc/PID/stat: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

export interface ProcessFigures {
  /** By role. */
  readonly cpuSeconds: Readonly<Record<string, number>>;
  readonly peakBytes: Readonly<Record<string, number>>;
}

interface Seen {
  cpuSeconds: number;
  peakBytes: number;
}

/** Pids by role. */
export type Pids = Readonly<Record<string, number | undefined>>;

/**
 * Looks at processes while they run: processor seconds and peak resident memory by role. What a process spends after the last look
 * (every 50 ms) is missing, and processes that nobody named are not counted.
 */
export class ProcessSampler {
  readonly #timer: NodeJS.Timeout;
  readonly #roles = new Map<string, Map<number, Seen>>();
  readonly #findMore: () => Pids;
  readonly #parents: number[] = [];

  /** `findMore` answers processes that others start; called at each look. */
  constructor(findMore: () => Pids = () => ({})) {
    this.#findMore = findMore;
    this.#timer = setInterval(() => this.#look(), intervalMs);
  }

  track(role: string, pid: number | undefined): void {
    if (pid === undefined) return;
    const pids = this.#roles.get(role) ?? new Map<number, Seen>();
    this.#roles.set(role, pids);
    if (!pids.has(pid)) pids.set(pid, { cpuSeconds: 0, peakBytes: 0 });
  }

  /** Tracks the clients of BuildKit that this process starts, as `client`. */
  trackClientsOf(pid: number | undefined): void {
    if (pid !== undefined) this.#parents.push(pid);
  }

  stop(): ProcessFigures {
    clearInterval(this.#timer);
    const all = [...this.#roles].map(([role, pids]) => ({ role, seen: [...pids.values()] }));
    const sum = (seen: readonly Seen[]): number => seen.reduce((total, one) => total + one.cpuSeconds, 0);
    const peak = (seen: readonly Seen[]): number => Math.max(...seen.map((one) => one.peakBytes));
    return {
      cpuSeconds: Object.fromEntries(all.map(({ role, seen }) => [role, sum(seen)])),
      peakBytes: Object.fromEntries(all.map(({ role, seen }) => [role, peak(seen)])),
    };
  }

  #look(): void {
    for (const [role, pid] of Object.entries(this.#findMore())) this.track(role, pid);
    for (const pid of this.#parents.flatMap(listClients)) this.track('client', pid);
    for (const pids of this.#roles.values()) {
      for (const [pid, figures] of pids) {
        const seen = readFigures(pid);
        if (seen === undefined) continue;
        figures.cpuSeconds = Math.max(figures.cpuSeconds, seen.cpuSeconds);
        figures.peakBytes = Math.max(figures.peakBytes, seen.peakBytes);
      }
    }
  }
}

function listClients(parent: number): readonly number[] {
  return readFile(`/proc/${parent}/task/${parent}/children`)
    .split(' ')
    .filter((pid) => pid !== '' && /^(?:buildx|buildctl)\n/.test(readFile(`/proc/${pid}/comm`)))
    .map(Number);
}

/** Empty when its process has ended. */
function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It has ended, and what was seen before counts.
    return '';
  }
}

function readFigures(pid: number): Seen | undefined {
  try {
    return {
      cpuSeconds: parseCpuSeconds(readFileSync(`/proc/${pid}/stat`, 'utf8')),
      peakBytes: parsePeakBytes(readFileSync(`/proc/${pid}/status`, 'utf8')),
    };
  } catch {
    // It has ended, and what was seen before counts.
    return undefined;
  }
}

/** utime and stime of /proc/PID/stat; the command before them may hold spaces and brackets. */
export function parseCpuSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** VmHWM of /proc/PID/status; 0 for a process that has just ended, which has none. */
export function parsePeakBytes(status: string): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
