import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface HeldLock {
  release(): Promise<void>;
}

/**
 * A lock of the kernel on a file (flock), as BuildKit takes it: `shared` with others of its kind, or `alone`, which does
 * not wait. It ends with this process, however that ends. undefined: somebody else holds it, or there is no program for it.
 */
export async function lockFile(file: string, kind: 'shared' | 'alone'): Promise<HeldLock | undefined> {
  const mode = kind === 'alone' ? ['--exclusive', '--nonblock'] : ['--shared', '--timeout', '60'];
  // Standard input closes when this process is gone.
  const child = spawn('flock', [...mode, file, 'sh', '-c', 'echo held; exec cat > /dev/null'], {
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout });
  const isHeld = await Promise.race([once(lines, 'line').then(() => true), ended.then(() => false)]);
  if (!isHeld) return undefined;
  return {
    release: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
