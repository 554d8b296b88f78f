import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** Kills the gateway of the job with that RUNNER_TEMP, at once and without a chance to clean up; false: there is none. */
export function killGateway(temp: string): boolean {
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && isGateway(name, temp));
  if (pid === undefined) return false;
  process.kill(Number(pid), 'SIGKILL');
  return true;
}

function isGateway(pid: string, temp: string): boolean {
  try {
    const arguments_ = readFileSync(path.join('/proc', pid, 'cmdline'), 'utf8');
    const isOfJob = readlinkSync(path.join('/proc', pid, 'cwd')) === path.join(temp, 'hotlayer');
    return isOfJob && arguments_.includes(path.join('gateway', 'index.js'));
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
