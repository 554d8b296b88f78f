import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toStoreName, toTag } from '../../src/cache/store-place.ts';
import { makeNameScope } from '../../src/policy/cache-scope.ts';
import type { BuildIdentity, RefName } from '../../src/policy/types.ts';

const toSha256Hex = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const anyText = fc.string({ unit: 'binary', maxLength: 260 });
const anyIdentity: fc.Arbitrary<BuildIdentity> = fc.record({
  scope: fc.option(anyText, { nil: undefined }),
  imageName: fc.option(anyText, { nil: undefined }),
  context: anyText,
  dockerfile: anyText,
  target: fc.option(anyText, { nil: undefined }),
  platforms: fc.array(fc.constantFrom('linux/amd64', 'linux/arm64', 'linux/arm/v7'), { maxLength: 3 }),
  defaultPlatform: fc.constant('linux/amd64'),
  matrix: fc.constant(undefined),
});
const anyRef: fc.Arbitrary<RefName> = fc.record({
  kind: fc.constantFrom('branch', 'pr', 'tag'),
  name: fc.oneof(anyText, fc.constantFrom('main', 'pr-12', '12', 'feature/a', 'feature-a', 'x'.repeat(250))),
});
const anyCompression = fc.constantFrom('gzip', 'zstd', 'estargz', 'uncompressed');
const anyName = fc.tuple(anyIdentity, anyRef, anyCompression).map(([identity, ref, compression]) => ({
  scope: makeNameScope(identity, toSha256Hex)(ref),
  compression,
}));

describe('the name of a cache scope at a store', () => {
  it('is a valid tag, whatever is built', () => {
    fc.assert(
      fc.property(anyName, ({ scope, compression }) => {
        expect(toTag(toStoreName(scope, compression))).toMatch(/^\w[\w.-]{0,127}$/);
      }),
    );
  });

  it('is its own: no two cache scopes or compressions share one', () => {
    fc.assert(
      fc.property(anyName, anyName, (one, other) => {
        const isSame = one.scope === other.scope && one.compression === other.compression;
        const tags = [one, other].map(({ scope, compression }) => toTag(toStoreName(scope, compression)));
        expect(tags[0] === tags[1]).toBe(isSame);
      }),
    );
  });

  it('is the cache scope itself where that fits', () => {
    expect(toTag(toStoreName('app-linux-amd64.b-main.c03e429f76', 'gzip'))).toBe(
      'app-linux-amd64.b-main.c03e429f76',
    );
    const long = `${'a'.repeat(90)}.b-${'c'.repeat(80)}.0123456789`;
    expect(toTag(long)).toHaveLength(121);
    expect(toTag(long)).not.toBe(toTag(`${'a'.repeat(90)}.b-${'c'.repeat(80)}.0123456780`));
  });
});
