import { isRecord } from '../../json.ts';

/**
 * JSON with each SHA-256 digest in it stored once, as 32 bytes: `{digests, value}`, where `digests` is base64 and a
 * digest in `value` reads `#` where it is new, in order, and `#n` where it comes again. Keys of objects stay as they are.
 */
export function packDigests(value: unknown): { readonly digests: string; readonly value: unknown } {
  const numbers = new Map<string, number>();
  const packed = mapStrings(value, (text) => {
    if (!/^sha256:[0-9a-f]{64}$/.test(text)) return text.startsWith('#') ? `#${text}` : text;
    const number = numbers.get(text);
    if (number !== undefined) return `#${number}`;
    numbers.set(text, numbers.size);
    return '#';
  });
  const bytes = Buffer.from([...numbers.keys()].map((digest) => digest.slice(7)).join(''), 'hex');
  return { digests: bytes.toString('base64'), value: packed };
}

/** The JSON that was packed; undefined for anything else. */
export function unpackDigests(packed: unknown): unknown {
  if (!isRecord(packed) || typeof packed['digests'] !== 'string') return undefined;
  const bytes = Buffer.from(packed['digests'], 'base64');
  let next = 0;
  let isWhole = bytes.length % 32 === 0;
  const value = mapStrings(packed['value'], (text) => {
    if (!text.startsWith('#')) return text;
    if (text.startsWith('##')) return text.slice(1);
    const number = text === '#' ? next : Number(text.slice(1));
    if (text === '#') next += 1;
    isWhole &&= Number.isSafeInteger(number) && number >= 0 && number < bytes.length / 32;
    const start = isWhole ? number * 32 : 0;
    return `sha256:${bytes.toString('hex', start, start + 32)}`;
  });
  return isWhole ? value : undefined;
}

function mapStrings(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, map)]));
}
