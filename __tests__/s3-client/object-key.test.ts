import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toManifestKey, toManifestPrefix, toPackKey } from '../../src/gateway/packs/entry-key.ts';
import { toManifestEntry, toObjectKey } from '../../src/s3-client/object-key.ts';

const cacheScope = fc.stringMatching(/^[A-Za-z0-9_-]{1,60}\.(b|pr|t)-[A-Za-z0-9_-]{0,60}\.[0-9a-f]{10}$/);
const number = fc.integer({ min: 1, max: 999_999_999_999 });
const prefix = 'hotlayer/o/r/';

function toKey(entry: string): string {
  const object = toObjectKey(prefix, entry);
  if (object.kind === 'other') throw new Error(`${entry} is nothing of ours`);
  return object.kind === 'manifests' ? object.prefix : object.key;
}

describe('keys of a bucket', () => {
  it('lead back to the manifest that they are of', () => {
    fc.assert(
      fc.property(cacheScope, number, (name, n) => {
        expect(toManifestEntry(prefix, toKey(toManifestKey(name, n)))).toBe(toManifestKey(name, n));
      }),
    );
  });

  it('list the newest manifest first, and those of no other cache scope', () => {
    fc.assert(
      fc.property(cacheScope, number, number, (name, a, b) => {
        const [older, newer] = [Math.min(a, b), Math.max(a, b)];
        expect(toKey(toManifestKey(name, newer)) <= toKey(toManifestKey(name, older))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(cacheScope, cacheScope, number, (name, other, n) => {
        fc.pre(name.toLowerCase() !== other.toLowerCase());
        expect(toKey(toManifestKey(other, n)).startsWith(toKey(toManifestPrefix(name)))).toBe(false);
      }),
    );
  });

  it('stay below the prefix, need no escape, and no part of them is a way up', () => {
    fc.assert(
      fc.property(
        fc.oneof(cacheScope, fc.string(), fc.constantFrom('..', '.', 'a/../b', '')),
        number,
        (name, n) => {
          for (const entry of [toManifestKey(name, n), `hotlayer-pack-1-${name}`, name]) {
            const object = toObjectKey(prefix, entry);
            if (object.kind !== 'manifest' && object.kind !== 'pack') continue;
            expect(object.key).toMatch(
              /^hotlayer\/o\/r\/(?:manifests\/[a-z0-9_.-]+\/[0-9]{15}|packs\/[a-z0-9_.-]+)$/,
            );
            expect(object.key.split('/')).not.toContain('..');
            expect(object.key.split('/')).not.toContain('.');
          }
        },
      ),
    );
  });

  it.each([
    ['a pack', toPackKey({ runId: '7', attempt: '1', random: '00ff00ff' }, 3), 'packs/7-1-00ff00ff-3'],
    ['the first manifest', toManifestKey('App.b-main.00', 1), 'manifests/app.b-main.00/999999999999998'],
    ['all manifests', toManifestPrefix('App.b-main.00'), 'manifests/app.b-main.00/'],
  ])('of %s', (_what, entry, key) => {
    expect(toKey(entry)).toBe(`${prefix}${key}`);
  });

  it.each([
    'hotlayer/o/r/manifests/app/99999999999999',
    'hotlayer/o/r/manifests/app/999999999999999',
    'hotlayer/o/r/manifests/app/x/999999999999998',
    'hotlayer/o/r/manifests/999999999999998',
    'other/manifests/app/999999999999998',
    'hotlayer/o/r/packs/7-1',
  ])('that nobody of us has written are no manifest: %s', (key) => {
    expect(toManifestEntry(prefix, key)).toBeUndefined();
  });
});
