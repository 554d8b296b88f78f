/** Machine code that writes `length` bytes at the code's end to standard output and exits with 0. */
const codes = {
  // mov edi, 1; lea rsi, [rip + text]; mov edx, length; mov eax, 1 (write); syscall; xor edi, edi; mov eax, 60 (exit); syscall
  amd64: (length: number) =>
    Buffer.concat([
      Buffer.from('bf01000000488d3515000000ba', 'hex'),
      toBytes([length]),
      Buffer.from('b8010000000f0531ffb83c0000000f05', 'hex'),
    ]),
  // mov x0, #1; adr x1, text; mov x2, #length; mov x8, #64 (write); svc 0; mov x0, #0; mov x8, #93 (exit); svc 0
  arm64: (length: number) =>
    toBytes([
      0xd2_80_00_20,
      0x10_00_00_01 | (7 << 5),
      (0xd2_80_00_02 | (length << 5)) >>> 0,
      0xd2_80_08_08,
      0xd4_00_00_01,
      0xd2_80_00_00,
      0xd2_80_0b_a8,
      0xd4_00_00_01,
    ]),
  // li a0, 1; auipc a1, 0; addi a1, a1, 32 (text); li a2, length; li a7, 64 (write); ecall; li a0, 0; li a7, 93 (exit); ecall
  riscv64: (length: number) =>
    toBytes([
      0x00_10_05_13,
      0x00_00_05_97,
      0x02_05_85_93,
      ((length << 20) | 0x06_13) >>> 0,
      0x04_00_08_93,
      0x00_00_00_73,
      0x00_00_05_13,
      0x05_d0_08_93,
      0x00_00_00_73,
    ]),
} as const;

const machines = { amd64: 0x3e, arm64: 0xb7, riscv64: 0xf3 } as const;
const address = 0x40_00_00;
const headerBytes = 64 + 56;

/** A static ELF program of an architecture that prints a text: nothing here could compile one. */
export function toForeignProgram(architecture: keyof typeof codes, text: string): Buffer {
  const body = Buffer.concat([codes[architecture](Buffer.byteLength(text)), Buffer.from(text)]);
  const file = Buffer.alloc(headerBytes);
  file.write('7f454c46020101', 0, 'hex');
  file.writeUInt16LE(2, 16);
  file.writeUInt16LE(machines[architecture], 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(address + headerBytes), 24);
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(64, 52);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  // One segment, readable and executable, with the whole file.
  file.writeUInt32LE(1, 64);
  file.writeUInt32LE(5, 68);
  file.writeBigUInt64LE(BigInt(address), 80);
  file.writeBigUInt64LE(BigInt(address), 88);
  const size = BigInt(headerBytes + body.length);
  file.writeBigUInt64LE(size, 96);
  file.writeBigUInt64LE(size, 104);
  file.writeBigUInt64LE(4096n, 112);
  return Buffer.concat([file, body]);
}

function toBytes(words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) bytes.writeUInt32LE(word >>> 0, index * 4);
  return bytes;
}
