import { readdir, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import { readOr } from './identity.ts';
import { listPids } from './list.ts';

/** SO_ACCEPTCON of the kernel's socket flags, as /proc/net/unix prints it. */
const listening = '00010000';

/** The inodes of the sockets that listen at a path, in a text of /proc/net/unix (proc_net(5)). Pure. */
export function parseListeners(text: string, files: readonly string[]): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const [, flags, inode, file] = /^\S+ \S+ \S+ (\S+) \S+ \S+ +(\d+) (.+)$/.exec(line) ?? [];
    return flags === listening && inode !== undefined && files.includes(file ?? '') ? [inode] : [];
  });
}

/**
 * True if a process of that program listens at the path and has the network of this one, so that it reaches this
 * process's loopback. False is also the answer where that cannot be seen: the kernel lists sockets of this network alone, and
 * shows who holds them to root and to their own user.
 */
export async function listensInThisNetwork(file: string, program: string): Promise<boolean> {
  const files = [file, await realpath(file).catch(() => file)];
  const inodes = parseListeners(await readOr('/proc/net/unix', ''), files);
  if (inodes.length === 0) return false;
  const own = await readlink('/proc/self/ns/net').catch(() => undefined);
  if (own === undefined) return false;
  for (const pid of await listPids()) {
    const directory = path.join('/proc', String(pid));
    const isProgram = path.basename(await readLinkOr(path.join(directory, 'exe'))) === program;
    if (!isProgram || (await readLinkOr(path.join(directory, 'ns', 'net'))) !== own) continue;
    const names = await readdir(path.join(directory, 'fd')).catch(() => []);
    for (const name of names) {
      const target = await readLinkOr(path.join(directory, 'fd', name));
      if (inodes.some((inode) => target === `socket:[${inode}]`)) return true;
    }
  }
  return false;
}

/** Empty for a process that has ended, and for one of another user. */
async function readLinkOr(file: string): Promise<string> {
  return readlink(file).catch(() => '');
}
