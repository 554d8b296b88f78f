import { readFileSync } from 'node:fs';

/** True for a 64-bit little-endian ELF file without a PT_INTERP segment, which is what asks for a dynamic linker. */
export function isStaticProgram(path: string): boolean {
  const file = readFileSync(path);
  const isElf64 = file.length > 64 && file.readUInt32BE(0) === 0x7f454c46 && file[4] === 2 && file[5] === 1;
  if (!isElf64) return false;
  const start = Number(file.readBigUInt64LE(32));
  const size = file.readUInt16LE(54);
  const segments = Array.from({ length: file.readUInt16LE(56) }, (_, index) =>
    file.readUInt32LE(start + index * size),
  );
  return !segments.includes(3);
}
