import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeNameScope } from '../../src/policy/cache-scope.ts';
import type { BuildIdentity, RefKind, RefName } from '../../src/policy/types.ts';

const toSha256Hex = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const nameOf = (identity: BuildIdentity, ref: RefName) => makeNameScope(identity, toSha256Hex)(ref);

const app: BuildIdentity = {
  scope: undefined,
  imageName: 'app',
  context: '.',
  dockerfile: 'Dockerfile',
  target: undefined,
  platforms: ['linux/amd64'],
  defaultPlatform: 'linux/amd64',
  matrix: undefined,
};
const main: RefName = { kind: 'branch', name: 'main' };

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ maxLength: 300 }),
  fc.constantFrom('', '.', '-', '../..', '💥'.repeat(250), 'x'.repeat(250), 'Feature/A', 'linux/amd64'),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const anyRef: fc.Arbitrary<RefName> = fc.record({
  kind: fc.constantFrom<RefKind>('branch', 'pr', 'tag'),
  name: text,
});
const anyIdentity: fc.Arbitrary<BuildIdentity> = fc.record({
  scope: maybe(text),
  imageName: maybe(text),
  context: text,
  dockerfile: text,
  target: maybe(text),
  platforms: fc.array(text, { maxLength: 4 }),
  defaultPlatform: text,
  matrix: maybe(fc.jsonValue()),
});

/** A list of shapes that fast-check mixes names from, so that near misses do occur. */
const nearName = fc
  .array(fc.constantFrom('a', 'A', '/', '-', '_', '.', 'pr-', '1', 'é', ' '), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''));
const nearRef: fc.Arbitrary<RefName> = fc.record({
  kind: fc.constantFrom<RefKind>('branch', 'pr', 'tag'),
  name: nearName,
});
const nearIdentity: fc.Arbitrary<BuildIdentity> = fc.record({
  scope: maybe(nearName),
  imageName: maybe(fc.constantFrom('app', 'web')),
  context: nearName,
  dockerfile: fc.constantFrom('Dockerfile', 'a/Dockerfile'),
  target: maybe(nearName),
  platforms: fc.uniqueArray(fc.constantFrom('linux/amd64', 'linux/arm64', 'linux/arm/v7')),
  defaultPlatform: fc.constant('linux/amd64'),
  matrix: maybe(fc.dictionary(nearName, fc.oneof(fc.integer({ max: 2 }), nearName), { maxKeys: 3 })),
});

describe('names of cache scopes', () => {
  it('read as in the design, and never change: what is cached under them would be lost', () => {
    expect(nameOf(app, { kind: 'branch', name: 'feature/a' })).toBe('app-linux-amd64.b-feature-a.7876e3b431');
    expect(nameOf({ ...app, platforms: ['linux/arm64', 'linux/amd64'] }, { kind: 'pr', name: '12' })).toMatch(
      /^app-multi\.pr-12\.[0-9a-f]{10}$/,
    );
    expect(nameOf({ ...app, scope: 'My App' }, { kind: 'tag', name: 'v1.2' })).toMatch(
      /^my-app-linux-amd64\.t-v1-2\.[0-9a-f]{10}$/,
    );
    expect(nameOf({ ...app, imageName: undefined, target: 'test' }, main)).toMatch(
      /^test-linux-amd64\.b-main\./,
    );
    expect(nameOf({ ...app, imageName: undefined, context: './srv/api' }, main)).toMatch(
      /^srv-api-linux-amd64\./,
    );
    expect(nameOf({ ...app, imageName: undefined }, main)).toMatch(/^build-linux-amd64\.b-main\./);
  });

  it('have nothing but [a-z0-9_.-], three parts and at most 200 characters, whatever goes in', () => {
    fc.assert(
      fc.property(anyIdentity, anyRef, (identity, ref) => {
        const name = nameOf(identity, ref);
        expect(name).toMatch(/^[a-z0-9_-]+\.(?:b|pr|t)(?:-[a-z0-9_-]+)?\.[0-9a-f]{10}$/);
        expect(name.length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a branch of 250 characters', { kind: 'branch', name: 'a/'.repeat(125) }],
    ['a branch all in Chinese', { kind: 'branch', name: '功能分支'.repeat(60) }],
    ['a branch of lone surrogates', { kind: 'branch', name: '\ud800'.repeat(250) }],
  ] as const)('%s has a short name, and another one from its neighbour', (_description, ref) => {
    const name = nameOf(app, ref);
    expect(name).toMatch(/^app-linux-amd64\.b(?:-[a-z-]+)?\.[0-9a-f]{10}$/);
    expect(name.length).toBeLessThanOrEqual(200);
    expect(nameOf(app, { kind: 'branch', name: `${ref.name}x` })).not.toBe(name);
  });

  it('differ for different refs of one build', () => {
    fc.assert(
      fc.property(nearIdentity, nearRef, nearRef, (identity, a, b) => {
        const isSame = a.kind === b.kind && a.name === b.name;
        expect(nameOf(identity, a) === nameOf(identity, b)).toBe(isSame);
      }),
      { numRuns: 2000 },
    );
  });

  it('are no prefix of one another, and differ in more than case', () => {
    fc.assert(
      fc.property(nearIdentity, nearIdentity, nearRef, nearRef, (identityA, identityB, a, b) => {
        const nameA = nameOf(identityA, a);
        const nameB = nameOf(identityB, b);
        fc.pre(nameA !== nameB);
        expect(nameB.toLowerCase().startsWith(nameA.toLowerCase())).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['feature/a', 'feature-a'],
    ['feature/a', 'Feature/A'],
    ['feature-a', 'Feature-A'],
    ['ä', 'ö'],
    ['é', 'e\u0301'],
    ['a', 'a '],
  ])('branches %j and %j differ', (a, b) => {
    expect(nameOf(app, { kind: 'branch', name: a })).not.toBe(nameOf(app, { kind: 'branch', name: b }));
  });

  it('tell branch pr-12 from pull request 12, and a branch from a tag', () => {
    const names = [
      { kind: 'branch', name: 'pr-12' },
      { kind: 'pr', name: '12' },
      { kind: 'branch', name: '12' },
      { kind: 'tag', name: '12' },
    ] as const;
    expect(new Set(names.map((ref) => nameOf(app, ref))).size).toBe(names.length);
  });

  it.each<readonly [string, Partial<BuildIdentity>]>([
    ['target', { target: 'test' }],
    ['Dockerfile', { dockerfile: 'Dockerfile.dev' }],
    ['context', { context: './app' }],
    ['platform', { platforms: ['linux/arm64'] }],
    ['further platform', { platforms: ['linux/amd64', 'linux/arm64'] }],
    ['matrix leg', { matrix: { node: 20 } }],
    ['explicit scope', { scope: 'app' }],
  ])('another %s is another cache scope', (_what, change) => {
    expect(nameOf({ ...app, ...change }, main)).not.toBe(nameOf(app, main));
  });

  it('tell one matrix leg from another, by type too', () => {
    const legs = [{ v: 1 }, { v: '1' }, { v: 2 }, { v: [1] }, { v: { '0': 1 } }, { v: null }, { w: 1 }];
    expect(new Set(legs.map((matrix) => nameOf({ ...app, matrix }, main))).size).toBe(legs.length);
  });

  it('do not depend on the order of platforms, nor on naming one twice', () => {
    fc.assert(
      fc.property(nearIdentity, nearRef, (identity, ref) => {
        const reversed = [...identity.platforms].reverse();
        const expected = nameOf(identity, ref);
        expect(nameOf({ ...identity, platforms: reversed }, ref)).toBe(expected);
        expect(nameOf({ ...identity, platforms: [...reversed, ...identity.platforms] }, ref)).toBe(expected);
      }),
    );
  });

  it("are the same for the machine's own platform, asked for or not", () => {
    expect(nameOf({ ...app, platforms: [] }, main)).toBe(nameOf(app, main));
    expect(nameOf({ ...app, platforms: ['Linux/AMD64'] }, main)).toBe(nameOf(app, main));
    expect(nameOf({ ...app, platforms: [], defaultPlatform: 'linux/arm64' }, main)).not.toBe(
      nameOf(app, main),
    );
  });

  it('do not depend on the order of matrix keys, at any depth', () => {
    const a = { os: 'linux', include: { x: 1, y: [{ p: 1, q: 2 }] } };
    const b = { include: { y: [{ q: 2, p: 1 }], x: 1 }, os: 'linux' };
    expect(nameOf({ ...app, matrix: a }, main)).toBe(nameOf({ ...app, matrix: b }, main));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (matrix) => {
        const turned = Object.fromEntries(Object.entries(matrix).reverse());
        expect(nameOf({ ...app, matrix: turned }, main)).toBe(nameOf({ ...app, matrix }, main));
      }),
    );
  });

  it('are the same without a matrix, with a null one and with an empty one', () => {
    const names = [undefined, null, {}].map((matrix) => nameOf({ ...app, matrix }, main));
    expect(new Set(names).size).toBe(1);
  });

  it('depend on nothing but scope, platforms and ref where the user gave a scope', () => {
    fc.assert(
      fc.property(nearIdentity, nearIdentity, nearRef, (a, b, ref) => {
        const shared = { scope: 'shared', platforms: ['linux/amd64'] };
        expect(nameOf({ ...a, ...shared }, ref)).toBe(nameOf({ ...b, ...shared }, ref));
      }),
    );
  });

  it('tell explicit scopes apart that look alike', () => {
    const scopes = ['app', 'App', 'app ', 'a/pp', 'a-pp', '应用', '應用'];
    expect(new Set(scopes.map((scope) => nameOf({ ...app, scope }, main))).size).toBe(scopes.length);
  });

  it('show no scheme of a Git context', () => {
    const identity = { ...app, imageName: undefined, context: 'https://github.com/o/r.git' };
    expect(nameOf(identity, main)).toMatch(/^github-com-o-r-git-linux-amd64\.b-main\./);
  });
});
