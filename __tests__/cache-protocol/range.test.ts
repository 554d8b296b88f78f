import { expect, it } from '@jest/globals';
import {
  parseContentRange,
  parseRange,
  renderContentRange,
  renderRange,
} from '../../src/cache-protocol/range.ts';

const part = (start: number, end: number) => ({ kind: 'part', start, end });

it.each([
  ['none', undefined, undefined, { kind: 'whole' }],
  ['Range', 'bytes=0-3', undefined, part(0, 3)],
  ['x-ms-range', undefined, 'bytes=2-', part(2, 9)],
  ['x-ms-range wins', 'bytes=0-3', 'bytes=5-6', part(5, 6)],
  ['the end is cut', 'bytes=8-100', undefined, part(8, 9)],
  ['last bytes', 'bytes=-4', undefined, part(6, 9)],
  ['more last bytes than there are', 'bytes=-40', undefined, part(0, 9)],
  ['past the end', 'bytes=10-', undefined, { kind: 'unsatisfiable' }],
  ['far past the end', undefined, 'bytes=100-200', { kind: 'unsatisfiable' }],
  ['backwards is no range', 'bytes=5-2', undefined, { kind: 'whole' }],
  ['several are ignored', 'bytes=0-1,3-4', undefined, { kind: 'whole' }],
  ['other units are ignored', 'lines=0-1', undefined, { kind: 'whole' }],
])('%s', (_name, range, msRange, expected) => {
  expect(parseRange(range, msRange, 10)).toEqual(expected);
});

it('any range of an empty blob is past its end', () => {
  expect(parseRange('bytes=0-0', undefined, 0)).toEqual({ kind: 'unsatisfiable' });
  expect(parseRange('bytes=-1', undefined, 0)).toEqual({ kind: 'unsatisfiable' });
});

it('a rendered range parses to itself', () => {
  expect(parseRange(renderRange(2, 5), undefined, 10)).toEqual(part(2, 5));
  expect(parseRange(undefined, renderRange(7), 10)).toEqual(part(7, 9));
});

it.each([undefined, 100])('content range of total %p, both ways', (totalBytes) => {
  expect(parseContentRange(renderContentRange({ start: 3, end: 8 }, totalBytes))).toEqual({
    start: 3,
    end: 8,
    totalBytes,
  });
});

it.each([undefined, '', 'bytes */10', 'bytes 5-2/*', 'bytes 0-/10'])('no content range: %p', (text) => {
  expect(parseContentRange(text)).toBeUndefined();
});
