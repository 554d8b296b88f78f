import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const intervalMs = 50;
/** USER_HZ, the unit of /proc/PID/stat: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/**
 * Looks at processes while they run: processor seconds and peak resident memory by role. What a process spends after the last look
 * (every 50 ms) is missing, and processes that nobody named are not counted.
 */
export class ProcessSampler {
  #timer;
  #roles = new Map();
  #findMore;

  /** `findMore()` answers `{role: pid}` of processes that others start; called at each look. */
  constructor(findMore = () => ({})) {
    this.#findMore = findMore;
    this.#timer = setInterval(() => this.#look(), intervalMs);
  }

  track(role, pid) {
    if (pid === undefined) return;
    const pids = this.#roles.get(role) ?? new Map();
    this.#roles.set(role, pids);
    if (!pids.has(pid)) pids.set(pid, { cpuSeconds: 0, peakBytes: 0 });
  }

  /** `{cpuSeconds: {role: …}, peakBytes: {role: …}}`. */
  stop() {
    clearInterval(this.#timer);
    const figures = { cpuSeconds: {}, peakBytes: {} };
    for (const [role, pids] of this.#roles) {
      const all = [...pids.values()];
      figures.cpuSeconds[role] = all.reduce((sum, one) => sum + one.cpuSeconds, 0);
      figures.peakBytes[role] = Math.max(...all.map((one) => one.peakBytes));
    }
    return figures;
  }

  #look() {
    for (const [role, pid] of Object.entries(this.#findMore())) this.track(role, pid);
    for (const pids of this.#roles.values()) {
      for (const [pid, figures] of pids) {
        const seen = readProcess(pid);
        if (seen === undefined) continue;
        figures.cpuSeconds = Math.max(figures.cpuSeconds, seen.cpuSeconds);
        figures.peakBytes = Math.max(figures.peakBytes, seen.peakBytes);
      }
    }
  }
}

function readProcess(pid) {
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
export function parseCpuSeconds(stat) {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** VmHWM of /proc/PID/status; 0 for a process that has just ended, which has none. */
export function parsePeakBytes(status) {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

/**
 * Starts a program. `onLine(line)` sees each line of its output as it comes. Answers the child and `ended`, which gives `{exitCode,
 * output}` and never rejects.
 */
export function start(file, args, { env, cwd, onLine = () => undefined, stdin = 'ignore' } = {}) {
  const child = spawn(file, args, { env, cwd, stdio: [stdin, 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop();
      for (const line of lines) onLine(line);
    });
  }
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ exitCode: -1, output: `${output}${error.message}` }));
    child.once('close', (code, signal) => resolve({ exitCode: code ?? signal, output }));
  });
  return { child, ended };
}

/** The end of a program's output, for a message. */
export function lastLines(output, count = 8) {
  return output.trim().split('\n').slice(-count).join('\n');
}
