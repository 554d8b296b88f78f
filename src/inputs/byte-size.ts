import { InputError, quote } from '../errors.ts';

const units: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

/** In bytes, of `500MB`, `20 GiB` or a plain number, with or without the `B`. */
export function parseSize(name: string, text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?) ?(?:([kmgt]i?)?b?)$/i.exec(text) ?? [];
  const bytes = Math.round(Number(number) * (units[unit.toLowerCase()] ?? Number.NaN));
  if (number === '' || !Number.isSafeInteger(bytes) || bytes <= 0) {
    throw new InputError(
      name,
      `input "${name}": ${quote(text)} is not a size; allowed is a number above 0 with kB, MB, GB, TB, KiB, MiB, GiB or TiB, for example 20GB`,
    );
  }
  return bytes;
}
