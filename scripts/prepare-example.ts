// Puts a static busybox where examples/hello expects it, so that the example builds without a registry.
// HOTLAYER_BUSYBOX names the file to use; otherwise the first static busybox on PATH is taken.
import { chmodSync, copyFileSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { findBusybox } from './find-program.ts';

const bin = path.join(import.meta.dirname, '..', 'examples', 'hello', 'rootfs', 'bin');

const busybox = findBusybox();
if (busybox === undefined) {
  const named = process.env['HOTLAYER_BUSYBOX'];
  console.error(
    named
      ? `HOTLAYER_BUSYBOX=${named} is not a statically linked Linux program.`
      : 'No static busybox on PATH. Install it (Debian and Ubuntu: apt-get install busybox-static; Alpine: apk add busybox-static) or name one in HOTLAYER_BUSYBOX.',
  );
  process.exit(1);
}

rmSync(path.join(bin, '..'), { recursive: true, force: true });
mkdirSync(bin, { recursive: true });
mkdirSync(path.join(bin, '..', 'etc'));
copyFileSync(busybox, path.join(bin, 'busybox'));
chmodSync(path.join(bin, 'busybox'), 0o755);
symlinkSync('busybox', path.join(bin, 'sh'));
console.log(`examples/hello/rootfs holds ${busybox}`);
