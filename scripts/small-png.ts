import { constants, crc32, deflateSync, inflateSync } from 'node:zlib';

/** A browser's PNG (8 bits a channel, not interlaced) with its 256 most frequent colours: a third of its bytes. */
export function shrinkPng(png: Buffer): Buffer {
  const chunks = readChunks(png);
  const head = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (head === undefined) throw new Error('it is no PNG');
  const [width, height, channels] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9] === 6 ? 4 : 3];
  const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data));
  const pixels = unfilter(inflateSync(data), width * channels, channels);
  const colourOf = (at: number): number => pixels.readUIntBE(at * channels, 3);
  const counts = new Map<number, number>();
  for (let at = 0; at < width * height; at++) counts.set(colourOf(at), (counts.get(colourOf(at)) ?? 0) + 1);
  const ranked = [...counts].toSorted(([, a], [, b]) => b - a).map(([colour]) => colour);
  const palette = ranked.slice(0, 256);
  const indexes = new Map(ranked.map((colour) => [colour, findNearest(palette, colour)]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < width * height; at++)
    rows[at + Math.floor(at / width) + 1] = indexes.get(colourOf(at)) ?? 0;
  const header = Buffer.from(head);
  header[9] = 3;
  return Buffer.concat([
    png.subarray(0, 8),
    toChunk('IHDR', header),
    toChunk('PLTE', Buffer.from(palette.flatMap(split))),
    toChunk('IDAT', deflateSync(rows, { level: constants.Z_BEST_COMPRESSION })),
    toChunk('IEND', Buffer.alloc(0)),
  ]);
}

function split(colour: number): readonly number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

function findNearest(palette: readonly number[], colour: number): number {
  const own = split(colour);
  const distances = palette.map((each) =>
    split(each).reduce((sum, value, channel) => sum + (value - (own[channel] ?? 0)) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}

function readChunks(png: Buffer): readonly { readonly type: string; readonly data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
}

function toChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** PNG's filters 0 to 4 (https://www.w3.org/TR/png-3/#9Filters). */
function unfilter(raw: Buffer, stride: number, step: number): Buffer {
  const height = raw.length / (stride + 1);
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < step ? 0 : (out[at - step] ?? 0);
      const up = y === 0 ? 0 : (out[at - stride] ?? 0);
      const corner = x < step || y === 0 ? 0 : (out[at - stride - step] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, predict(left, up, corner)][filter ?? 0] ?? 0;
      out[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return out;
}

function predict(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
