import { InputError, quote } from '../errors.ts';

/** A whole ref, or `all`. */
export function parseRefs(name: string, ref: string): string {
  if (ref === 'all' || /^refs\/(?:heads|tags|pull)\/[^\s\p{Cc}]+$/u.test(ref)) return ref;
  throw new InputError(
    name,
    `input "${name}": ${quote(ref)} is not a whole ref; allowed are refs/heads/NAME, refs/tags/NAME, refs/pull/NUMBER/merge and all`,
  );
}
