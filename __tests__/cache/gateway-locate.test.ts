import { describe, expect, it } from '@jest/globals';
import { listOutputs } from '../../src/buildkit/solve/build-outputs.ts';
import { type LocateFacts, locateByGateway } from '../../src/cache/gateway-locate.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';

const gatewayUrl = 'http://127.0.0.1:4000';
const toRef = (scope: string) => `127.0.0.1:4000/hotlayer/${scope}:cache`;
const registry = (scope: string) => ({ type: 'registry', attrs: { ref: toRef(scope) } });
const gha = (scope: string) => ({ type: 'gha', attrs: { scope } });
/** The same for an export, which has more to say. */
const exported = ({ type, attrs }: ReturnType<typeof gha | typeof registry>) => ({
  type,
  attrs: expect.objectContaining({ ...attrs, mode: 'max', 'ignore-error': 'true' }),
});
const empty = { base: [], own: [], result: [] };

function decide(inputs: Readonly<Record<string, string>>, facts: Partial<LocateFacts> = {}) {
  const env = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const parsed = parseInputs(Object.fromEntries(env));
  const { builds, ...location } = locateByGateway({
    settings: parsed.cache,
    outputs: listOutputs(parsed.image),
    plans: [{ imports: ['dev', 'main'], export: 'dev' }],
    gatewayUrl,
    seen: { scopes: [], zstd: false },
    descriptions: [
      { name: 'dev', fitsOci: true, layers: empty },
      { name: 'main', fitsOci: true, layers: { base: ['gzip'], own: ['zstd'], result: ['zstd'] } },
    ],
    obstacle: undefined,
    ...facts,
  });
  const [build = { imports: [], export: undefined }] = builds;
  return { ...location, ...build };
}

describe('the way to the cache', () => {
  it.each(['auto', 'zstd'])('is the registry dialect with compression %s', (compression) => {
    expect(decide({ compression })).toEqual({
      imports: [registry('dev'), registry('main')],
      export: exported(registry('dev')),
      cachedLayers: { base: ['gzip'], own: ['zstd'], result: ['zstd'] },
      seen: { scopes: ['dev', 'main'], zstd: true },
      notices: [],
      degradations: [],
    });
  });

  it('is the gha dialect with compression gzip, and what the cache holds still counts', () => {
    expect(decide({ compression: 'gzip', tags: 'a' })).toMatchObject({
      imports: [gha('dev'), gha('main')],
      export: exported(gha('dev')),
      cachedLayers: { own: ['zstd'] },
      notices: [],
      degradations: [],
    });
  });

  it.each(['auto', 'zstd'])(
    'is the gha dialect with an older BuildKit, with one notice (%s)',
    (compression) => {
      const route = decide({ compression }, { obstacle: 'BuildKit v0.11.0 is older than v0.12.0' });
      expect(route).toMatchObject({
        imports: [gha('dev'), gha('main')],
        export: exported(gha('dev')),
        degradations: [],
      });
      expect(route.notices).toEqual([expect.stringMatching(/gzip.*v0\.11\.0/)]);
    },
  );

  it('says nothing of an obstacle to who asked for gzip', () => {
    expect(decide({ compression: 'gzip' }, { obstacle: 'BuildKit is old' }).notices).toEqual([]);
  });

  it('imports with gha what does not fit into a manifest, and exports zstd all the same', () => {
    const descriptions = [
      { name: 'dev', fitsOci: true, layers: empty },
      { name: 'main', fitsOci: false, layers: empty },
    ];
    expect(decide({}, { descriptions })).toMatchObject({
      imports: [registry('dev'), gha('main')],
      export: exported(registry('dev')),
    });
  });

  it('exports nothing where the plan does not', () => {
    expect(decide({}, { plans: [{ imports: ['main'], export: null }] })).toMatchObject({
      imports: [registry('main')],
      export: undefined,
    });
  });

  it('is one for each of the builds that run at once, by what all of their outputs take', () => {
    const plans = [
      { imports: ['dev', 'main'], export: 'dev' },
      { imports: ['main', 'odd'], export: null },
    ];
    const odd = { base: ['gzip'], own: ['gzip', 'zstd'], result: ['zstd'] } as const;
    const location = locateByGateway({
      ...{ plans, gatewayUrl, obstacle: undefined, settings: parseInputs({}).cache },
      seen: { scopes: [], zstd: false },
      outputs: [{ type: 'image', attrs: { compression: 'estargz' } }],
      descriptions: [
        { name: 'dev', fitsOci: true, layers: empty },
        { name: 'main', fitsOci: false, layers: empty },
        { name: 'odd', fitsOci: true, layers: odd },
      ],
    });
    expect(location.builds).toEqual([
      { imports: [registry('dev'), gha('main')], export: exported(registry('dev')) },
      { imports: [gha('main')], export: undefined },
    ]);
    expect(location.seen).toEqual({ scopes: ['dev', 'main'], zstd: true });
    expect(location.degradations).toEqual([expect.stringContaining('odd: not imported')]);
  });

  it('is the registry dialect for several builds with gzip too, whose exports can be told apart', () => {
    const plans = ['a', 'b'].map((scope) => ({ imports: [scope], export: scope }));
    const location = locateByGateway({
      ...{ plans, gatewayUrl, obstacle: undefined, outputs: [] },
      settings: parseInputs({ INPUT_COMPRESSION: 'gzip' }).cache,
      seen: { scopes: [], zstd: false },
      descriptions: ['a', 'b'].map((name) => ({ name, fitsOci: true, layers: empty })),
    });
    expect(location.builds.map((build) => build.export)).toEqual([
      exported({ ...registry('a'), attrs: { ref: toRef('a') } }),
      exported(registry('b')),
    ]);
    for (const build of location.builds) expect(build.export?.attrs['compression']).toBe('gzip');
    expect(location.seen.zstd).toBe(false);
  });

  describe('when the gateway does not tell what the caches hold', () => {
    it('is gha, for a build that puts no layers out', () => {
      expect(decide({ outputs: 'type=local,dest=x' }, { descriptions: undefined })).toMatchObject({
        imports: [gha('dev'), gha('main')],
        export: exported(gha('dev')),
        degradations: [],
      });
    });

    it('imports nothing for an image, which would be of unknown layers, and says so once', () => {
      const route = decide({ tags: 'a', push: 'true' }, { descriptions: undefined });
      expect(route).toMatchObject({ imports: [], export: exported(gha('dev')), cachedLayers: empty });
      expect(route.degradations).toEqual([expect.stringContaining('dev, main: not imported')]);
    });
  });

  it('leaves a cache out whose layers would need a conversion that a base image must not get', () => {
    const zstd = { base: ['zstd'], own: ['zstd'], result: ['zstd'] } as const;
    const gzip = { base: [], own: ['gzip', 'zstd'], result: ['gzip'] } as const;
    const descriptions = [
      { name: 'dev', fitsOci: true, layers: gzip },
      { name: 'main', fitsOci: true, layers: zstd },
    ];
    const route = decide({ tags: 'a' }, { descriptions });
    expect(route.imports).toEqual([registry('dev')]);
    expect(route.seen).toEqual({ scopes: ['dev'], zstd: true });
    expect(route.cachedLayers).toEqual({ base: [], own: ['gzip', 'zstd'], result: ['gzip'] });
    expect(route.degradations).toEqual([expect.stringContaining('main: not imported')]);
    expect(decide({}, { descriptions }).imports).toEqual([registry('dev'), registry('main')]);
  });

  it('counts what the daemon has from earlier steps of the job', () => {
    const descriptions = [
      { name: 'dev', fitsOci: true, layers: empty },
      { name: 'test', fitsOci: true, layers: { base: ['zstd'], own: ['zstd'], result: ['zstd'] } },
    ] as const;
    const plans = [{ imports: ['dev'], export: null }];
    const seen = { scopes: ['test'], zstd: true };
    expect(decide({ tags: 'a' }, { descriptions, plans, seen })).toMatchObject({
      imports: [registry('dev')],
      cachedLayers: { base: ['zstd'], own: ['zstd'], result: ['zstd'] },
    });
    // The export of the earlier step failed, but the daemon has compressed.
    expect(decide({ tags: 'a' }, { descriptions: [], plans, seen }).cachedLayers).toEqual({
      base: [],
      own: ['zstd'],
      result: [],
    });
  });
});
