import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toCacheScope, toReference, toRepository } from '../../../src/gateway/access/oci-name.ts';

/** The grammar of distribution/reference: no other name passes BuildKit. */
const repositoryPattern = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;

describe('toRepository', () => {
  it.each([
    ['app-linux-amd64.b-main.0123456789', 'hotlayer/app-linux-amd64.b-main.0123456789'],
    ['a__b--c.d', 'hotlayer/a__b--c.d'],
  ])('keeps %s as it is', (name, repository) => {
    expect(toRepository(name)).toBe(repository);
  });

  it.each(['App.main', 'a___b', 'a-_b', 'a..b', '-a', 'a-', 'a/b', '..', 'a b', 'ä', 'a'.repeat(201), ''])(
    'hides %j in a hash',
    (name) => {
      expect(toRepository(name)).toMatch(/^hotlayer-x\/[0-9a-f]{64}$/);
    },
  );

  it('is a valid repository and leads back, for any name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), (names) => {
        for (const name of names) {
          const repository = toRepository(name);
          expect(repository).toMatch(repositoryPattern);
          expect(repository.length).toBeLessThan(220);
          expect(toCacheScope(repository, names)).toBe(name);
        }
      }),
    );
  });

  it.each([
    'hotlayer/app.other',
    'hotlayer/App.main',
    'app.main',
    'hotlayer/app.main/',
    'hotlayer//app.main',
    '',
  ])('takes %j for no cache scope of the plan', (repository) => {
    expect(toCacheScope(repository, ['app.main', 'App.main'])).toBeUndefined();
  });
});

describe('toReference', () => {
  it.each(['http://127.0.0.1:4711', 'http://127.0.0.1:4711/'])('names the tag at %s', (url) => {
    expect(toReference(url, 'app.main')).toBe('127.0.0.1:4711/hotlayer/app.main:cache');
  });
});
