import { describe, expect, it } from '@jest/globals';
import {
  type BakedTarget,
  type BakeRequest,
  toBakeCommand,
  toPrintCommand,
} from '../../../src/buildkit/solve/bake-arguments.ts';
import { parseBakeDefinition } from '../../../src/buildkit/solve/bake-definition.ts';
import { noCache } from '../../../src/buildkit/solve/cache-flags.ts';
import { nothingCached } from '../../../src/cache/cached-layers.ts';
import { parseBakeInputs } from '../../../src/inputs/inputs.ts';
import { toInputVariables } from '../../helpers/input-variables.ts';

const gha = (scope: string) => ({ type: 'gha', attrs: { scope } });

function toRequest(values: Readonly<Record<string, string>>, more: Partial<BakeRequest> = {}): BakeRequest {
  return {
    inputs: parseBakeInputs(toInputVariables(values)).bake,
    remote: undefined,
    builder: { name: 'hotlayer', configDirectory: '/job/buildx' },
    environment: {},
    attestations: [],
    gitToken: undefined,
    ...more,
  };
}

/** Targets of a definition, with a cache of each by its name. */
function toTargets(
  definition: Readonly<Record<string, object>>,
  more: Partial<BakedTarget> = {},
): readonly BakedTarget[] {
  return (parseBakeDefinition(JSON.stringify({ target: definition })) ?? []).map((target) => ({
    target,
    cache: { ...noCache, imports: [gha(target.name)], export: gha(target.name) },
    cachedLayers: nothingCached,
    attestations: [],
    ...more,
  }));
}

function listSets(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => (args[index - 1] === '--set' ? [arg] : []));
}

const begin = ['bake', '--builder', 'hotlayer', '--progress', 'rawjson'];

describe('the buildx call of a bake', () => {
  // The first rows are those of docker/bake-action's own tests (__tests__/context.test.ts).
  it.each<[string, Readonly<Record<string, string>>, readonly string[], readonly string[]]>([
    ['nothing', {}, [], []],
    ['switches that are off', { load: 'false', 'no-cache': 'false', push: 'false', pull: 'false' }, [], []],
    ['targets', { targets: 'webapp\nvalidate' }, [], ['webapp', 'validate']],
    [
      'sets',
      { set: '*.cache-from=type=gha\n*.cache-to=type=gha' },
      ['--set', '*.cache-from=type=gha', '--set', '*.cache-to=type=gha'],
      [],
    ],
    ['files', { files: 'a.hcl,b.json' }, ['--file', 'a.hcl', '--file', 'b.json'], []],
    ['variables with commas', { vars: 'A=1,2\nB=' }, ['--var', 'A=1,2', '--var', 'B='], []],
    [
      'entitlements',
      { allow: 'network.host,fs.read=/x' },
      ['--allow', 'network.host', '--allow', 'fs.read=/x'],
      [],
    ],
    [
      'switches',
      { 'no-cache': 'true', pull: 'true', load: 'true', push: 'true' },
      ['--no-cache', '--pull', '--load', '--push'],
      [],
    ],
    ['a question', { call: 'check' }, ['--call', 'check'], []],
  ])('passes on %s', (_, values, flags, end) => {
    const { args } = toPrintCommand(toRequest(values));
    const fixed = ['--allow', 'fs=*', '--print'];
    expect(args.slice(0, begin.length)).toEqual(begin);
    expect(args.filter((_arg, index) => !isFixed(args, index))).toEqual([...begin, ...flags, ...end]);
    for (const arg of fixed) expect(args).toContain(arg);
    expect(args.slice(args.length - end.length)).toEqual(end);
  });

  it('names a remote definition before the targets', () => {
    const { args } = toPrintCommand(toRequest({ targets: 'a' }, { remote: 'https://x/r.git#1' }));
    expect(args.slice(-2)).toEqual(['https://x/r.git#1', 'a']);
  });

  it.each<[string | undefined, string | undefined, string | undefined]>([
    [undefined, 'job', 'job'],
    ['own', 'job', 'own'],
    ['own', undefined, 'own'],
    ['', 'job', ''],
    [undefined, undefined, undefined],
  ])('takes the token of the environment first (%s, %s)', (own, gitToken, expected) => {
    const environment = { BUILDX_BAKE_GIT_AUTH_TOKEN: own, ACTIONS_RUNTIME_TOKEN: 'secret', INPUT_SET: 'x' };
    const { args, env } = toPrintCommand(toRequest({}, { environment, gitToken }));
    expect(env['BUILDX_BAKE_GIT_AUTH_TOKEN']).toBe(expected);
    expect(Object.keys(env)).not.toContain('ACTIONS_RUNTIME_TOKEN');
    expect(args.join(' ')).not.toMatch(/\b(?:job|own)\b/);
  });

  it('sets all caches of each target, since what is appended to one is inherited by others', () => {
    const registry = { type: 'registry', ref: 'r.io/a,b', mode: 'max' };
    const targets = toTargets({
      base: { 'cache-to': [registry], 'cache-from': [{ type: 'gha', scope: 'own' }] },
      child: { 'cache-to': [registry] },
    });
    const { args } = toBakeCommand(
      toRequest({ set: '*.cache-to=type=registry,ref=r.io/a\nbase.cache-from+=x\n*.args.A=1' }),
      targets,
      { metadataFile: '/m' },
    );
    expect(listSets(args)).toEqual([
      '*.args.A=1',
      'base.cache-from=type=gha,scope=base',
      'base.cache-to=type=registry,"ref=r.io/a,b",mode=max',
      'base.cache-to=type=gha,scope=base',
      'child.cache-from=type=gha,scope=child',
      'child.cache-to=type=registry,"ref=r.io/a,b",mode=max',
      'child.cache-to=type=gha,scope=child',
    ]);
    expect(args.slice(args.indexOf('--metadata-file'))).toContain('/m');
  });

  it('takes away entries of the Actions cache also where there is nothing in their place', () => {
    const targets = toTargets({ a: { 'cache-to': [{ type: 'gha', scope: 'own' }] } }, { cache: noCache });
    const { args } = toBakeCommand(toRequest({}), targets, { metadataFile: '/m' });
    expect(listSets(args)).toEqual(['a.cache-from=', 'a.cache-to=']);
  });

  it('converts the layers of outputs that the cache would change, and of no others', () => {
    const zstd = { base: ['gzip'], own: ['zstd'], result: ['zstd'] } as const;
    const targets = toTargets(
      {
        a: {
          output: [
            { type: 'registry', name: 'x,y' },
            { type: 'local', dest: 'out' },
          ],
        },
        b: { output: [{ type: 'image', compression: 'zstd' }], contexts: { c: 'target:c' } },
        c: { output: [{ type: 'cacheonly' }] },
        d: {},
      },
      { cachedLayers: zstd },
    );
    const { args } = toBakeCommand(toRequest({ set: 'a.output=type=registry\nd.output+=type=x' }), targets, {
      metadataFile: '/m',
    });
    expect(listSets(args).filter((entry) => entry.includes('.output'))).toEqual([
      'a.output=type=registry,"name=x,y",force-compression=true',
      'a.output=type=local,dest=out',
      'b.output=type=image,compression=zstd',
    ]);
  });

  it('runs no step again for a push that is repeated, and says what each target has to say of its making', () => {
    const attestations = [{ type: 'provenance', attrs: { mode: 'max' } }];
    const targets = toTargets({ a: {} }, { attestations });
    const asked = [{ type: 'sbom', attrs: {} }];
    const { args } = toBakeCommand(toRequest({ 'no-cache': 'true' }, { attestations: asked }), targets, {
      ...{ metadataFile: '/m', isRepeated: true },
    });
    expect(listSets(args)).toEqual([
      '*.attest=type=sbom',
      'a.cache-from=type=gha,scope=a',
      'a.cache-to=type=gha,scope=a',
      'a.attest=type=provenance,mode=max',
      '*.no-cache=false',
      '*.pull=false',
    ]);
    expect(args).not.toContain('--no-cache');
  });
});

function isFixed(args: readonly string[], index: number): boolean {
  const arg = args[index];
  return arg === '--print' || arg === 'fs=*' || (arg === '--allow' && args[index + 1] === 'fs=*');
}

describe('a definition as buildx prints it', () => {
  it('is read by target, with what it links to', () => {
    const text = JSON.stringify({
      group: { default: { targets: ['b'] } },
      target: {
        b: {
          context: 'front',
          dockerfile: 'D',
          'dockerfile-inline': 'FROM x',
          contexts: { base: 'target:a' },
          args: { SECRET: null },
          platforms: ['linux/arm64'],
          'extra-hosts': { h: '1.2.3.4' },
          ulimits: ['nofile=1'],
          attest: [{ type: 'provenance', disabled: true }],
          'no-cache': true,
        },
        a: { output: [{ type: 'cacheonly' }] },
        c: { output: [{ type: 'cacheonly' }] },
      },
    });
    const targets = parseBakeDefinition(text) ?? [];
    expect(targets.map(({ name, isLinked }) => [name, isLinked])).toEqual([
      ['a', true],
      ['b', false],
      ['c', false],
    ]);
    expect(targets[1]).toMatchObject({
      ...{ context: 'front', dockerfile: 'D', isInline: true, noCache: true, hosts: ['h'], stage: undefined },
      contexts: [{ name: 'base', value: 'target:a' }],
      attests: [{ type: 'provenance', attrs: { disabled: 'true' } }],
    });
    expect(targets[0]).toMatchObject({ context: '.', dockerfile: 'Dockerfile' });
  });

  it.each(['', 'null', '[]', '{}', '{"target":[]}'])('is none: %s', (text) => {
    expect(parseBakeDefinition(text)).toBeUndefined();
  });
});
