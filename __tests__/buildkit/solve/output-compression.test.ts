import { describe, expect, it } from '@jest/globals';
import { decideRemedy } from '../../../src/buildkit/solve/output-compression.ts';

const layers = (base: string, own: string, result: string) => {
  const split = (text: string) => (text === '' ? [] : text.split(' '));
  return { base: split(base), own: split(own), result: split(result) };
};

describe('what makes an output the one of a build without a cache', () => {
  it.each([
    // Columns: attributes, and how the cache's base layers, own layers and those under a last step are compressed.
    ['an empty cache', {}, '', '', '', 'none'],
    ['a cache of gzip', {}, 'gzip', 'gzip', 'gzip', 'none'],
    ['a cache that a run without outputs wrote', {}, 'gzip', 'zstd', 'zstd', 'force'],
    ['a cache that a run with a push wrote', {}, 'gzip', 'gzip zstd', 'gzip', 'force'],
    ['the same without a base image', {}, '', 'gzip zstd', 'gzip zstd', 'force'],
    ['a base image in zstd, nothing of ours', {}, 'zstd', '', '', 'none'],
    ['a base image in zstd, own layers in gzip', {}, 'zstd', 'gzip', 'gzip', 'none'],
    ['a base image in zstd, other stages in zstd', {}, 'zstd', 'gzip zstd', 'gzip', 'none'],
    ['a base image in zstd, results in zstd', {}, 'zstd', 'zstd', 'zstd', 'refuse'],
    ['base images in both, results in zstd', {}, 'gzip zstd', 'zstd', 'zstd', 'refuse'],
    ['an output in zstd, all of it zstd', { compression: 'zstd' }, 'zstd', 'zstd', 'zstd', 'none'],
    ['an output in zstd on a base of gzip', { compression: 'zstd' }, 'gzip', 'zstd', 'zstd', 'none'],
    ['an output in zstd, own layers in gzip', { compression: 'zstd' }, 'zstd', 'gzip', 'gzip', 'force'],
    ['the same on a base of gzip', { compression: 'zstd' }, 'gzip', 'gzip', 'gzip', 'refuse'],
    ['an output without compression', { compression: 'uncompressed' }, '', 'gzip', 'gzip', 'force'],
    ['estargz from gzip', { compression: 'estargz' }, 'gzip', 'gzip', 'gzip', 'none'],
    ['estargz from zstd', { compression: 'estargz' }, 'gzip', 'zstd', 'zstd', 'refuse'],
    ['the user forces', { 'force-compression': 'true' }, 'zstd', 'zstd', 'zstd', 'none'],
    ['the user takes what is there', { 'force-compression': 'false' }, 'gzip', 'zstd', 'zstd', 'none'],
  ])('%s', (_, attrs, base, own, result, expected) => {
    for (const type of ['image', 'oci', 'docker'])
      expect(decideRemedy({ type, attrs }, layers(base, own, result))).toBe(expected);
    for (const type of ['local', 'tar', 'cacheonly'])
      expect(decideRemedy({ type, attrs }, layers(base, own, result))).toBe('none');
  });
});
