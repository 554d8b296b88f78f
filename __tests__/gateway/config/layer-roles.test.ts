import { describe, expect, it } from '@jest/globals';
import { type CacheConfig, parseCacheConfig } from '../../../src/gateway/config/cache-config.ts';
import { findLayerRoles } from '../../../src/gateway/config/layer-roles.ts';

function toConfig(value: object): CacheConfig {
  const config = parseCacheConfig(value);
  if (config === undefined) throw new Error('not a cache config');
  return config;
}

const source = (digest: string) => ({ digest });
const step = (digest: string, layer: number | undefined, ...inputs: readonly (readonly number[])[]) => ({
  digest,
  inputs: inputs.map((links) => links.map((link) => ({ link }))),
  layers: layer === undefined ? [] : [{ layer }],
});
/** Each on top of the one before. */
const stack = (...blobs: readonly string[]) => blobs.map((blob, index) => ({ blob, parent: index - 1 }));

const roles = (value: object) => {
  const { own, result } = findLayerRoles(toConfig(value));
  return { own: [...own].sort(), result: [...result].sort() };
};

describe('the roles of layers', () => {
  it('an image of two layers, and two steps on it', () => {
    expect(
      roles({
        layers: stack('base1', 'base2', 'run', 'copy'),
        records: [
          source('from'),
          step('run', 2, [0]),
          step('copy', 3, [1], [4]),
          source('y'),
          source('context'),
        ],
      }),
    ).toEqual({ own: ['copy', 'run'], result: ['copy', 'run'] });
  });

  it('mode=min: only the last step has a result', () => {
    expect(
      roles({
        layers: stack('base1', 'base2', 'run', 'copy'),
        records: [source('from'), step('run', undefined, [0]), step('copy', 3, [1], [3]), source('context')],
      }),
    ).toEqual({ own: ['copy', 'run'], result: ['copy', 'run'] });
  });

  it('a result of its own list of layers', () => {
    expect(
      roles({
        layers: [
          { blob: 'base', parent: -1 },
          { blob: 'run', parent: -1 },
        ],
        records: [source('from'), { ...step('run', undefined, [0]), chains: [{ layers: [0, 1] }] }],
      }),
    ).toEqual({ own: ['run'], result: ['run'] });
  });

  it('another stage is own, but not under the last step', () => {
    expect(
      roles({
        layers: [...stack('base', 'build'), { blob: 'run', parent: 0 }, { blob: 'copy', parent: 2 }],
        records: [
          source('from'),
          step('build', 1, [0]),
          step('run', 2, [0]),
          // Found by the built file's content as well.
          step('copy', 3, [2], [1, 4]),
          source('content'),
        ],
      }),
    ).toEqual({ own: ['build', 'copy', 'run'], result: ['copy', 'run'] });
  });

  it('nothing below: FROM scratch, and COPY --link merges', () => {
    expect(
      roles({
        layers: [
          { blob: 'rootfs', parent: -1 },
          { blob: 'linked', parent: -1 },
          { blob: 'linked', parent: 0 },
        ],
        records: [
          source('context'),
          step('rootfs', 0, [0]),
          source('other'),
          step('linked', 1, [2]),
          step('merge', 2, [1], [3]),
        ],
      }),
    ).toEqual({ own: ['linked', 'rootfs'], result: ['linked', 'rootfs'] });
  });

  it('a cache of nothing but sources has no own layers', () => {
    expect(roles({ layers: stack('base'), records: [source('from')] })).toEqual({ own: [], result: [] });
  });

  it('a chain of twenty thousand steps', () => {
    const count = 20_000;
    const layers = Array.from({ length: count + 1 }, (_, index) => ({
      blob: `l${index}`,
      parent: index - 1,
    }));
    const steps = Array.from({ length: count }, (_, index) =>
      step(`s${index}`, index === count - 1 ? count : undefined, [index]),
    );
    const { own } = findLayerRoles(toConfig({ layers, records: [source('from'), ...steps] }));
    expect(own.size).toBe(count);
    expect(own.has('l0')).toBe(false);
  });
});
