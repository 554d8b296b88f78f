/** Byte ranges: `start` and `end` are both inclusive, as on the wire. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

type RangeRequest =
  | { readonly kind: 'whole' }
  | ({ readonly kind: 'part' } & ByteRange)
  | { readonly kind: 'unsatisfiable' };

/**
 * What a GET asks for of a blob of that size. `x-ms-range` wins over `Range` (Azure's rule). A header that is not one
 * range of bytes is ignored, as HTTP demands.
 */
export function parseRange(
  range: string | undefined,
  msRange: string | undefined,
  sizeBytes: number,
): RangeRequest {
  const match = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(msRange ?? range ?? '');
  const [first, last] = [match?.[1] ?? '', match?.[2] ?? ''];
  if (first === '' && last === '') return { kind: 'whole' };
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0
      ? { kind: 'unsatisfiable' }
      : { kind: 'part', start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== '' && Number(last) < start) return { kind: 'whole' };
  return start >= sizeBytes ? { kind: 'unsatisfiable' } : { kind: 'part', start, end };
}

/** `bytes=0-4194303`, or `bytes=100-` without an end. */
export function renderRange(start: number, end?: number): string {
  return `bytes=${start}-${end ?? ''}`;
}

/** `Content-Range` of an answer (`bytes 0-9/100`) or, without a total, of a v1 chunk (`bytes 0-9/*`). */
export function renderContentRange(range: ByteRange, totalBytes?: number): string {
  return `bytes ${range.start}-${range.end}/${totalBytes ?? '*'}`;
}

/** undefined when it is no content range; `totalBytes` is undefined for `*`. */
export function parseContentRange(
  text: string | undefined,
): (ByteRange & { readonly totalBytes: number | undefined }) | undefined {
  const match = /^\s*bytes\s+(\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)\s*$/i.exec(text ?? '');
  if (match === null) return undefined;
  const start = Number(match[1]);
  const end = Number(match[2]);
  if (end < start) return undefined;
  return { start, end, totalBytes: match[3] === '*' ? undefined : Number(match[3]) };
}
