import { parseJson } from '../../json.ts';

interface JsonBounds {
  readonly maxBytes: number;
  /** Of lists and objects within each other. */
  readonly maxDepth: number;
  /** Of all lists, objects and their members: some ten million of them would fill the memory, in a few bytes each. */
  readonly maxValues: number;
}

/** An index of ten thousand layers has 3 MiB and some hundred thousand values. */
export const configBounds: JsonBounds = { maxBytes: 64 * 1024 * 1024, maxDepth: 64, maxValues: 2_000_000 };

/**
 * JSON that others wrote; undefined where it is none, or too large or too deep to be what it should be. It is looked
 * through before anything is made of it, so that a bomb costs one pass over its bytes.
 */
export function parseForeignJson(bytes: Uint8Array, bounds: JsonBounds = configBounds): unknown {
  if (bytes.length > bounds.maxBytes || !isWithin(bytes, bounds)) return undefined;
  return parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const opening: readonly number[] = [0x5b, 0x7b];
const closing: readonly number[] = [0x5d, 0x7d];

function isWithin(bytes: Uint8Array, { maxDepth, maxValues }: JsonBounds): boolean {
  let depth = 0;
  let values = 0;
  let isText = false;
  for (let place = 0; place < bytes.length; place++) {
    const byte = bytes[place] ?? 0;
    if (isText) {
      // What is escaped ends no text.
      if (byte === backslash) place += 1;
      else if (byte === quote) isText = false;
    } else if (byte === quote) isText = true;
    else if (byte === comma) values += 1;
    else if (opening.includes(byte)) {
      values += 1;
      depth += 1;
    } else if (closing.includes(byte)) depth -= 1;
    if (depth > maxDepth || values > maxValues) return false;
  }
  return true;
}
