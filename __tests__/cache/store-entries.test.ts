import { describe, expect, it } from '@jest/globals';
import { renderCacheEntry } from '../../src/buildkit/solve/cache-flags.ts';
import { decideRemedy } from '../../src/buildkit/solve/output-compression.ts';
import { toInlinePlace } from '../../src/cache/inline-place.ts';
import { changesOutput, decideCompression, toCachedLayers } from '../../src/cache/store-compression.ts';
import { toStoreVariables } from '../../src/cache/store-credentials.ts';
import { type StoreBackend, toStoreEntries } from '../../src/cache/store-entries.ts';

const plan = { imports: ['app.pr-7.0123456789', 'app.b-main.0123456789'], export: 'app.pr-7.0123456789' };

function render(
  backend: StoreBackend,
  to: Record<string, string>,
  { compression = 'gzip', compressionLevel = undefined as number | undefined, secrets = {} } = {},
) {
  const { dest, ...others } = to;
  const settings = {
    ...{ backend, mode: undefined, compression, compressionLevel },
    to: { attrs: to, secrets },
    from: { attrs: { ...others, ...(dest === undefined ? {} : { src: dest }) }, secrets },
  };
  const entries = toStoreEntries(plan, settings, undefined);
  return [...entries.imports, ...(entries.export === undefined ? [] : [entries.export])].map(
    renderCacheEntry,
  );
}

describe('entries of a plan', () => {
  it.each<[StoreBackend, Record<string, string>, readonly string[]]>([
    [
      'registry',
      { ref: 'ghcr.io/acme/cache' },
      [
        'type=registry,ref=ghcr.io/acme/cache:app.pr-7.0123456789',
        'type=registry,ref=ghcr.io/acme/cache:app.b-main.0123456789',
        'type=registry,ref=ghcr.io/acme/cache:app.pr-7.0123456789,mode=max,compression=gzip,oci-mediatypes=true,image-manifest=true,ignore-error=true',
      ],
    ],
    [
      'local',
      { dest: '/c' },
      [
        'type=local,src=/c/app.pr-7.0123456789',
        'type=local,src=/c/app.b-main.0123456789',
        'type=local,dest=/c/app.pr-7.0123456789,mode=max,compression=gzip,oci-mediatypes=true,image-manifest=true,ignore-error=true',
      ],
    ],
    [
      's3',
      { bucket: 'b', region: 'r' },
      [
        'type=s3,name=app.pr-7.0123456789,bucket=b,region=r',
        'type=s3,name=app.b-main.0123456789,bucket=b,region=r',
        'type=s3,name=app.pr-7.0123456789,mode=max,ignore-error=true,bucket=b,region=r',
      ],
    ],
    [
      'azblob',
      { account_url: 'https://a' },
      [
        'type=azblob,name=app.pr-7.0123456789,account_url=https://a',
        'type=azblob,name=app.b-main.0123456789,account_url=https://a',
        'type=azblob,name=app.pr-7.0123456789,mode=max,ignore-error=true,account_url=https://a',
      ],
    ],
  ])('%s', (backend, to, expected) => {
    expect(render(backend, to)).toEqual(expected);
  });

  it('have no credential in them, which buildx takes from its environment', () => {
    const secrets = { access_key_id: 'AKID', secret_access_key: 'hunter2' };
    for (const backend of ['s3', 'azblob'] as const)
      expect(render(backend, { bucket: 'b' }, { secrets }).join()).not.toMatch(/AKID|hunter2/);
    expect(toStoreVariables({ backend: 's3', to: { attrs: {}, secrets } })).toEqual({
      AWS_ACCESS_KEY_ID: 'AKID',
      AWS_SECRET_ACCESS_KEY: 'hunter2',
      // A session of the environment would belong to another key.
      AWS_SESSION_TOKEN: '',
    });
    expect(toStoreVariables({ backend: 's3', to: { attrs: {}, secrets: {} } })).toEqual({});
  });

  it('take what the attributes say', () => {
    const [exported] = render(
      'registry',
      { ref: 'a/b', 'image-manifest': 'false', 'ignore-error': 'false', mode: 'min', compression: 'zstd' },
      { compression: 'zstd', compressionLevel: 3 },
    ).slice(-1);
    expect(exported).toBe(
      'type=registry,ref=a/b:app.pr-7.0123456789.zstd,mode=min,compression=zstd,compression-level=3,oci-mediatypes=true,image-manifest=false,ignore-error=false',
    );
  });
});

describe('compression', () => {
  const image = (compression?: string) => ({
    type: 'image',
    attrs: compression === undefined ? {} : { compression },
  });
  const facts = { attribute: undefined, outputs: [image()], asked: 'auto' } as const;

  it.each([
    ['auto is what the outputs have', { ...facts, backend: 'registry', outputs: [image('zstd')] }, 'zstd'],
    ['auto without images is gzip', { ...facts, backend: 'local', outputs: [] }, 'gzip'],
    [
      'auto of outputs that differ is gzip',
      { ...facts, backend: 'local', outputs: [image(), image('zstd')] },
      'gzip',
    ],
    ['as asked', { ...facts, backend: 'registry', asked: 'zstd' }, 'zstd'],
    ['the attribute first', { ...facts, backend: 'registry', attribute: 'estargz' }, 'estargz'],
    ['s3 has no choice', { ...facts, backend: 's3', outputs: [image('zstd')] }, 'gzip'],
    ['inline is the image', { ...facts, backend: 'inline', outputs: [image('zstd')] }, 'zstd'],
  ] as const)('%s', (_, given, expected) => {
    expect(decideCompression(given)).toBe(expected);
  });

  // What is pushed is what it is without a cache: as it is, forced, or without the import.
  it.each([
    ['gzip', undefined, 'none', false],
    ['zstd', 'zstd', 'none', false],
    ['zstd', undefined, 'force', false],
    ['gzip', 'zstd', 'refuse', true],
    ['gzip', 'estargz', 'none', false],
    ['zstd', 'estargz', 'refuse', true],
  ])('a cache of %s for an image of %s: %s', (cache, output, remedy, isLeftOut) => {
    expect(decideRemedy(image(output), toCachedLayers(cache))).toBe(remedy);
    expect(changesOutput([image(output)], cache)).toBe(isLeftOut);
  });
});

describe('caches in images', () => {
  const main = { kind: 'branch', name: 'main', cacheScope: 'm' } as const;
  const pr = { kind: 'pr', name: '7', cacheScope: 'p' } as const;
  const images = ['ghcr.io/acme/app:main', 'ghcr.io/acme/app:1.0'];

  it('are those of the tags of the chain', () => {
    const place = toInlinePlace(
      { imports: [], export: 'm', chain: [pr, main], exportRef: main, images },
      undefined,
    );
    expect(place).toEqual({
      refs: ['pr-7', 'main', 'latest'].map((tag) => `ghcr.io/acme/app:${tag}`),
      isExported: true,
      withheld: undefined,
    });
  });

  it.each([
    [['ghcr.io/acme/app:pr-7'], true],
    [['ghcr.io/acme/app:main'], false],
    [['ghcr.io/acme/app'], false],
    [['ghcr.io/acme/app:pr-7', 'ghcr.io/acme/app:latest'], false],
    [['ghcr.io/acme/app:pr-8'], false],
    [['localhost:5000/app'], false],
  ])('of a pull request are in its own tag alone: %j', (names, isExported) => {
    const place = toInlinePlace(
      { imports: [], export: 'p', chain: [pr, main], exportRef: pr, images: names },
      undefined,
    );
    expect(place.isExported).toBe(isExported);
    expect(place.withheld === undefined).toBe(isExported);
  });

  it('a branch that is called as a pull request does not read what that has written', () => {
    const branch = { kind: 'branch', name: 'pr-7', cacheScope: 'b' } as const;
    const place = toInlinePlace(
      { imports: [], export: 'b', chain: [branch, main], exportRef: branch, images },
      undefined,
    );
    expect(place.refs).not.toContain('ghcr.io/acme/app:pr-7');
  });
});
