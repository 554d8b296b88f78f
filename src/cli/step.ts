import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Action } from '../inputs/row.ts';
import { toPrintable } from '../printable.ts';
import type { Environment, Write } from './types.ts';
import { renderCommandLine } from './workflow-commands.ts';

/** Runs main or post of the action as the runner does, a process of its own, and prints its log for a terminal. */
export async function runStep(phase: Action | 'post', env: Environment, write: Write): Promise<number> {
  const entry = path.join(import.meta.dirname, '..', phase, 'index.js');
  const child = spawn(process.execPath, [entry], { env: { ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  // The child is in our process group, so Ctrl-C reaches it; we stay to run post.
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  const forward = (): void => {
    child.kill('SIGTERM');
  };
  process.on('SIGTERM', forward);
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const text = renderCommandLine(line);
      if (text !== undefined) write(`${closeColours(toPrintable(text))}\n`);
    }
    return await exit;
  } finally {
    process.off('SIGINT', ignore);
    process.off('SIGTERM', forward);
  }
}

/** What a build step leaves switched on must not paint, or hide, what comes after. */
function closeColours(text: string): string {
  return text.includes('\u001b') ? `${text}\u001b[0m` : text;
}
