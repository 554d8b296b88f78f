import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A file system of its own, of a few bytes: real ENOSPC and EROFS. Needs root, as buildkitd does. */
export class SmallDisk {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** @param options of tmpfs(5), for example `size=64k` or `size=1m,nr_inodes=3` */
  static mount(options: string): SmallDisk {
    const directory = mkdtempSync(path.join(tmpdir(), 'hotlayer-disk-'));
    runAsRoot(['mount', '-t', 'tmpfs', '-o', `${options},mode=1777`, 'tmpfs', directory]);
    return new SmallDisk(directory);
  }

  /** From now on nothing can be written. */
  makeReadOnly(): void {
    runAsRoot(['mount', '-o', 'remount,ro', this.directory]);
  }

  unmount(): void {
    runAsRoot(['umount', '-l', this.directory]);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export function runAsRoot(command: readonly [string, ...string[]]): string {
  const [file, ...args] = process.getuid?.() === 0 ? command : (['sudo', '-n', ...command] as const);
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
