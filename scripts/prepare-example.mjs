// Puts a static busybox where examples/hello expects it, so that the example builds without a registry.
// HOTLAYER_BUSYBOX names the file to use; otherwise the first static busybox on PATH is taken.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const bin = path.join(import.meta.dirname, '..', 'examples', 'hello', 'rootfs', 'bin');
const etc = path.join(bin, '..', 'etc');

const named = process.env.HOTLAYER_BUSYBOX;
const found = named
  ? [named]
  : (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'busybox'));
const busybox = found.find((file) => existsSync(file) && isStatic(readFileSync(file)));
if (busybox === undefined) {
  console.error(
    named
      ? `HOTLAYER_BUSYBOX=${named} is not a statically linked Linux program.`
      : 'No static busybox on PATH. Install it (Debian and Ubuntu: apt-get install busybox-static; Alpine: apk add busybox-static) or name one in HOTLAYER_BUSYBOX.',
  );
  process.exit(1);
}

rmSync(path.join(bin, '..'), { recursive: true, force: true });
mkdirSync(bin, { recursive: true });
mkdirSync(etc);
copyFileSync(busybox, path.join(bin, 'busybox'));
chmodSync(path.join(bin, 'busybox'), 0o755);
symlinkSync('busybox', path.join(bin, 'sh'));
console.log(`examples/hello/rootfs holds ${busybox}`);

/** True for a 64-bit little-endian ELF file without a PT_INTERP segment, which is what asks for a dynamic linker. */
function isStatic(file) {
  const isElf64 = file.length > 64 && file.readUInt32BE(0) === 0x7f454c46 && file[4] === 2 && file[5] === 1;
  if (!isElf64) return false;
  const start = Number(file.readBigUInt64LE(32));
  const size = file.readUInt16LE(54);
  const segments = Array.from({ length: file.readUInt16LE(56) }, (_, index) =>
    file.readUInt32LE(start + index * size),
  );
  return !segments.includes(3);
}
