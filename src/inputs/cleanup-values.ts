import { InputError, quote } from '../errors.ts';

const decimal = 'kmgt';

/** In bytes. */
export function parseByteSize(name: string, text: string): number {
  const [, digits, letter = '', binary] = /^(\d{1,6}(?:\.\d{1,3})?) ?(?:([kmgt])(i)?)?b?$/i.exec(text) ?? [];
  if (digits === undefined)
    throw new InputError(
      name,
      `input "${name}": ${quote(text)} is not a size; allowed is a number with MB, GB, TB, MiB, GiB or TiB, for example 10GB`,
    );
  const power = letter === '' ? 0 : decimal.indexOf(letter.toLowerCase()) + 1;
  return Math.round(Number(digits) * (binary === undefined ? 1000 : 1024) ** power);
}

/** A whole ref, or `all`. */
export function parseRefs(name: string, ref: string): string {
  if (ref === 'all' || /^refs\/(?:heads|tags|pull)\/[^\s\p{Cc}]+$/u.test(ref)) return ref;
  throw new InputError(
    name,
    `input "${name}": ${quote(ref)} is not a whole ref; allowed are refs/heads/NAME, refs/tags/NAME, refs/pull/NUMBER/merge and all`,
  );
}
