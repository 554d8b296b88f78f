import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const place = '/proc/sys/fs/binfmt_misc';
/** The first bytes of programs for Linux on riscv64, and which of them count: as Debian's qemu-user-binfmt has them. */
const magic =
  '\\x7f\\x45\\x4c\\x46\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xf3\\x00';
const mask =
  '\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff';

/** A change of the whole machine: `undo` takes back what was done, and no more. */
type Registration =
  | { readonly kind: 'done'; undo(): void }
  | { readonly kind: 'refused'; readonly reason: string };

/** Lets the kernel run programs for riscv64 by this emulator, in containers too (flag F). Refused: it does not allow it here. */
export function registerRiscv64(emulator: string): Registration {
  const name = `hotlayer-test-${process.pid}`;
  const isMounted = existsSync(path.join(place, 'register'));
  const unmount = () => {
    if (!isMounted) execFileSync('umount', [place], { stdio: 'pipe' });
  };
  try {
    if (!isMounted) execFileSync('mount', ['-t', 'binfmt_misc', 'none', place], { stdio: 'pipe' });
  } catch (error) {
    return { kind: 'refused', reason: String(error) };
  }
  try {
    writeFileSync(path.join(place, 'register'), `:${name}:M::${magic}:${mask}:${emulator}:F`);
  } catch (error) {
    unmount();
    return { kind: 'refused', reason: String(error) };
  }
  const undo = () => {
    writeFileSync(path.join(place, name), '-1');
    unmount();
  };
  return { kind: 'done', undo };
}
