import { expect, it } from '@jest/globals';
import { findMatch } from '../../src/embedded/look-up.ts';

/** Newest first. */
const shelf = ['App#10', 'App#9', 'a/hello', 'a/other', 'Mixed', 'mixed', 'x%_y'].map((key) => ({ key }));

it.each([
  ['exact', 2, ['a/other'], 'a/other'],
  ['prefix', 2, ['a/hel'], 'a/hello'],
  ['newest under a prefix', 2, ['a/'], 'a/hello'],
  ['newest by time, not by name', 2, ['App#'], 'App#10'],
  ['exact before newer prefix', 2, ['App#9'], 'App#9'],
  ['first restore key that hits', 2, ['none', 'also-none', 'a/o', 'App'], 'a/other'],
  ['the key before restore keys', 2, ['a/o', 'App#10'], 'a/other'],
  ['miss', 2, ['zzz', 'yyy'], undefined],
  ['no wildcards', 2, ['x_'], undefined],
  ['a longer key is no match', 2, ['a/hello-and-more'], undefined],
  ['v2 tells cases apart', 2, ['mixed'], 'mixed'],
  ['v2 tells cases apart in a prefix', 2, ['app'], undefined],
  ['v1 folds cases', 1, ['app#9'], 'App#9'],
  ['v1 folds cases in a prefix', 1, ['A/HEL'], 'a/hello'],
] as const)('%s', (_name, protocol, keys, expected) => {
  expect(findMatch(shelf, keys, protocol)?.key).toBe(expected);
});
