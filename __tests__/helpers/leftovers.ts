import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface ProcessEntry {
  readonly pid: number;
  readonly cmdline: string;
  readonly environ: string;
}

/** Every process of the machine that can be read, with its arguments and its environment at start. */
export function listProcesses(): readonly ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      pid: Number(name),
      cmdline: readOr(path.join('/proc', name, 'cmdline')),
      environ: readOr(path.join('/proc', name, 'environ')),
    }));
}

/** What a job left on the machine: processes, mounts, unix sockets and files that mention its directory. */
export function findLeftovers(directory: string): readonly string[] {
  const mentions = (text: string): boolean => text.includes(directory);
  const lines = (file: string): readonly string[] => readOr(file).split('\n').filter(mentions);
  return [
    ...listProcesses()
      .filter(({ pid, cmdline, environ }) => pid !== process.pid && (mentions(cmdline) || mentions(environ)))
      .map(({ pid, cmdline }) => `process ${pid}: ${cmdline.replaceAll('\0', ' ')}`),
    ...lines('/proc/self/mountinfo').map((line) => `mount: ${line}`),
    ...lines('/proc/net/unix').map((line) => `socket: ${line}`),
    ...readdirSync(path.join(directory, 'temp'))
      .filter((name) => name.startsWith('hotlayer'))
      .map((name) => `file: ${name}`),
  ];
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The process has ended, or is not ours to read: it holds nothing of the job.
    return '';
  }
}
