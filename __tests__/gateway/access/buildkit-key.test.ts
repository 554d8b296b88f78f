import { describe, expect, it } from '@jest/globals';
import { parseBuildkitKey, toRefHash } from '../../../src/gateway/access/buildkit-key.ts';

const hex = 'ab'.repeat(32);

describe('parseBuildkitKey', () => {
  it('takes a layer apart', () => {
    expect(parseBuildkitKey(`buildkit-blob-1-sha256:${hex}`)).toEqual({
      kind: 'blob',
      sha256: hex,
      isSignature: false,
    });
    expect(parseBuildkitKey(`buildkit-blob-1-sha256:${hex}-sig`)).toEqual({
      kind: 'blob',
      sha256: hex,
      isSignature: true,
    });
  });

  it.each([
    [
      'without a mark, as the importer asks',
      'index-app.main-1-f921bd05',
      undefined,
      false,
      'index-app.main-1-f921bd05',
    ],
    [
      'with a bare mark, as the exporter asks',
      'index-app.main-1-f921bd05#',
      undefined,
      true,
      'index-app.main-1-f921bd05',
    ],
    ['with a number', 'index-app.main-1-f921bd05#12', '12', true, 'index-app.main-1-f921bd05'],
    ['of a signed cache', 'index-app.main-1-f921bd05-sig#3', '3', true, 'index-app.main-1-f921bd05-sig'],
  ])('takes an index apart: %s', (_name, key, number, hasMark, base) => {
    expect(parseBuildkitKey(key)).toEqual({
      kind: 'index',
      cacheScope: 'app.main',
      refHash: 'f921bd05',
      base,
      number,
      hasMark,
      isSigned: base.endsWith('-sig'),
    });
  });

  it('takes the longest cache scope where two readings are possible', () => {
    const parsed = parseBuildkitKey('index-a-1-00000000-1-f921bd05#1');
    expect(parsed).toMatchObject({ cacheScope: 'a-1-00000000', refHash: 'f921bd05' });
  });

  it.each([
    '',
    'node-modules-linux',
    `buildkit-blob-2-sha256:${hex}`,
    `buildkit-blob-1-sha256:${hex.slice(1)}`,
    `buildkit-blob-1-sha256:${hex.toUpperCase()}`,
    `buildkit-blob-1-sha256:${hex}0`,
    `buildkit-blob-1-sha256:${hex}\n`,
    `buildkit-blob-1-sha512:${hex}${hex}`,
    `buildkit-blob-1-sha256:${hex}-sig#1`,
    ` buildkit-blob-1-sha256:${hex}`,
    'index-app.main-1-f921bd05#0',
    'index-app.main-1-f921bd05#01',
    'index-app.main-1-f921bd05#-1',
    'index-app.main-1-f921bd05#1x',
    'index-app.main-1-f921bd05##1',
    'index-app.main-1-F921BD05#1',
    'index-app.main-2-f921bd05#1',
    'index--1-f921bd05#1',
    'index-app,main-1-f921bd05#1',
    'index-app\nmain-1-f921bd05#1',
    'index-app.main-1-f921bd05\n',
    'index-app.main',
  ])('knows that %j is none', (key) => {
    expect(parseBuildkitKey(key)).toBeUndefined();
  });
});

describe('toRefHash', () => {
  it.each([
    ['refs/heads/main', 'f921bd05'],
    ['refs/pull/7/merge', '3f31b38f'],
    ['', 'e3b0c442'],
  ])('hashes %j as BuildKit does', (refScope, hash) => {
    expect(toRefHash(refScope)).toBe(hash);
  });
});
