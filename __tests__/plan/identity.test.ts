import { createHash } from 'node:crypto';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toRepositoryName } from '../../src/git/repository-name.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { toBuildPlaces } from '../../src/plan/build-places.ts';
import { toDefaultPlatform, toIdentity, toPolicyInputs } from '../../src/plan/identity.ts';
import { makeNameScope } from '../../src/policy/cache-scope.ts';

const identityOf = (env: Readonly<Record<string, string>>) => toIdentity(parseInputs(env), 'linux/amd64');

describe('toIdentity', () => {
  it('of a build without inputs', () => {
    expect(identityOf({})).toEqual({
      scope: undefined,
      imageName: undefined,
      context: '.',
      dockerfile: 'Dockerfile',
      target: undefined,
      platforms: [],
      defaultPlatform: 'linux/amd64',
      matrix: undefined,
      variant: {},
    });
  });

  it.each([
    ['ghcr.io/acme/app:1.0', 'app'],
    ['localhost:5000/app', 'app'],
    ['app', 'app'],
    ['acme/first:1,acme/second:1', 'first'],
  ])('takes the image name of %s', (tags, imageName) => {
    expect(identityOf({ INPUT_TAGS: tags }).imageName).toBe(imageName);
  });

  it.each([
    ['https://github.com/o/r.git#main', 'https://github.com/o/r.git'],
    [
      'https://github.com/o/r.git#1111111111111111111111111111111111111111:app',
      'https://github.com/o/r.git#:app',
    ],
    ['https://github.com/o/r.git?ref=dev&subdir=app', 'https://github.com/o/r.git#:app'],
  ])('leaves the ref of %s out, or every commit would have a cache scope of its own', (context, expected) => {
    expect(identityOf({ INPUT_CONTEXT: context }).context).toBe(expected);
  });

  it('takes all that makes another graph', () => {
    const identity = identityOf({
      INPUT_CONTEXT: './app',
      INPUT_FILE: 'app/Dockerfile.dev',
      INPUT_TARGET: 'test',
      INPUT_PLATFORMS: 'linux/amd64,linux/arm64',
      INPUT_SCOPE: ' mine ',
      INPUT_MATRIX: '{"node":20}',
    });
    expect(identity).toMatchObject({
      context: 'app',
      dockerfile: 'app/Dockerfile.dev',
      target: 'test',
      platforms: ['linux/amd64', 'linux/arm64'],
      scope: 'mine',
      matrix: { node: 20 },
    });
  });
});

interface Machine {
  readonly GITHUB_WORKSPACE: string;
  readonly RUNNER_TEMP: string;
  readonly RUNNER_TOOL_CACHE: string;
  readonly HOME: string;
}

const machines: readonly Machine[] = [
  {
    GITHUB_WORKSPACE: '/home/runner/work/r/r',
    RUNNER_TEMP: '/home/runner/work/_temp',
    RUNNER_TOOL_CACHE: '/opt/hostedtoolcache',
    HOME: '/home/runner',
  },
  // A self-hosted runner, and a container job.
  {
    GITHUB_WORKSPACE: '/srv/ci/runner 7/_work/r/r',
    RUNNER_TEMP: '/srv/ci/runner 7/_work/_temp',
    RUNNER_TOOL_CACHE: '/srv/ci/runner 7/_work/_tool',
    HOME: '/home/ci',
  },
  {
    GITHUB_WORKSPACE: '/__w/r/r',
    RUNNER_TEMP: '/__w/_temp',
    RUNNER_TOOL_CACHE: '/__t',
    HOME: '/github/home',
  },
];

/** Context and Dockerfile by name, as a machine sees them. */
function namesOn(machine: Machine, context: string, file = ''): readonly [string, string] {
  const inputs = parseInputs({ INPUT_CONTEXT: context, INPUT_FILE: file });
  const places = toBuildPlaces(inputs.build, machine.GITHUB_WORKSPACE, { ...machine });
  const identity = toIdentity(inputs, 'linux/amd64', places);
  return [identity.context, identity.dockerfile];
}

describe('one directory, however it is spelled, is one build on every machine', () => {
  const segment = fc.constantFrom('app', 'b', 'c d', 'é', '..x', '$HOME', 'Dockerfile');
  const anyPath = fc.array(segment, { maxLength: 4 });
  const anySpelling = fc.array(fc.constantFrom('./', 'x/../', '/', ''), { minLength: 5, maxLength: 5 });
  const spell = (parts: readonly string[], noise: readonly string[]) =>
    `./${parts.map((part, index) => `${noise[index] ?? ''}${part}/`).join('')}`;

  it('in the workspace, relative or absolute', () => {
    fc.assert(
      fc.property(anyPath, anySpelling, fc.constantFrom(...machines), (parts, noise, machine) => {
        const expected = [parts.join('/') || '.', path.posix.join(...parts, 'Dockerfile')];
        for (const spelling of [spell(parts, noise), `${machine.GITHUB_WORKSPACE}/${spell(parts, noise)}`]) {
          expect(namesOn(machine, spelling)).toEqual(expected);
          const file = `${spelling}/Dockerfile`;
          expect(namesOn(machine, spelling, file)).toEqual(expected);
        }
      }),
    );
  });

  it.each([
    ['a neighbour of the workspace', '../other', '../other', '../other'],
    ['RUNNER_TEMP', 'RUNNER_TEMP', '$RUNNER_TEMP', '.'],
    ['a directory in RUNNER_TEMP', 'RUNNER_TEMP', '$RUNNER_TEMP/x/y', 'x/y'],
    ['a directory in the tool cache', 'RUNNER_TOOL_CACHE', '$RUNNER_TOOL_CACHE/x', 'x'],
    ['a directory in the home', 'HOME', '$HOME/x', 'x'],
    ['a place of its own', '/usr/share/app', '/usr/share/app', '/usr/share/app'],
  ] as const)('outside of it: %s', (_description, place, name, inPlace) => {
    for (const machine of machines) {
      const directory =
        place in machine
          ? path.join(
              machine[place === 'HOME' || place === 'RUNNER_TEMP' ? place : 'RUNNER_TOOL_CACHE'],
              inPlace,
            )
          : place;
      const absolute = path.resolve(machine.GITHUB_WORKSPACE, directory);
      for (const spelling of [
        directory,
        absolute,
        `${absolute}/`,
        path.relative(machine.GITHUB_WORKSPACE, absolute),
      ])
        expect(namesOn(machine, spelling)).toEqual([name, `${name}/Dockerfile`]);
    }
  });

  it('never holds a directory of the machine', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...machines),
        fc.constantFrom('.', '..', '../..', '../../_temp', '../../../x'),
        anyPath,
        (machine, base, parts) => {
          for (const name of namesOn(machine, path.resolve(machine.GITHUB_WORKSPACE, base, ...parts)))
            for (const word of ['runner 7', '__w', 'ci/']) expect(name).not.toContain(word);
        },
      ),
    );
  });

  it('tells different places apart', () => {
    fc.assert(
      fc.property(anyPath, anyPath, fc.constantFrom(...machines), (a, b, machine) => {
        if (a.join('/') === b.join('/')) return;
        expect(namesOn(machine, `./${a.join('/')}`)).not.toEqual(namesOn(machine, `./${b.join('/')}`));
      }),
    );
  });

  it.each(['Dockerfile', './Dockerfile', 'app/../Dockerfile', '/home/runner/work/r/r/Dockerfile'])(
    'file %s is the default of the context "."',
    (file) => {
      const [machine] = machines;
      if (machine === undefined) throw new Error('no machine');
      expect(namesOn(machine, '.', file)).toEqual(namesOn(machine, '.'));
    },
  );
});

describe('one repository, however its URL is spelled, is one build', () => {
  it.each([
    'https://github.com/o/r.git',
    'https://GitHub.com/o/r.git',
    'https://github.com:443/o/r.git',
    'https://github.com/o//r.git#main',
    'https://github.com/o/r.git#main:',
    'https://github.com/o/r.git#main:.',
    'https://github.com/o/r.git#main:./',
    'github.com/o/r',
    'github.com/o/r.git',
    'github.com/o/r/',
    'git@github.com:o/r',
    'git@github.com:o/r.git#v1',
    'ssh://git@github.com/o/r.git',
    'ssh://git@github.com:22/o/r',
    'ssh://git@github.com/o/r/',
    'git://github.com/o/r.git',
  ])('%s', (context) => {
    expect(identityOf({ INPUT_CONTEXT: context }).context).toBe('https://github.com/o/r.git');
  });

  it.each(['app', 'app/', './app', '/app', 'x/../app'])('sub-directory %s', (directory) => {
    expect(identityOf({ INPUT_CONTEXT: `https://github.com/o/r.git#main:${directory}` }).context).toBe(
      'https://github.com/o/r.git#:app',
    );
  });

  it.each(['Dockerfile', './Dockerfile', '/Dockerfile', 'app/../Dockerfile'])('file %s', (file) => {
    const context = { INPUT_CONTEXT: 'https://github.com/o/r.git#main:app' };
    expect(identityOf({ ...context, INPUT_FILE: file })).toEqual(identityOf(context));
  });

  it.each(['https://github.com/o/r2.git', 'https://github.com:8443/o/r.git', 'https://gitlab.com/o/r.git'])(
    '%s is another',
    (context) => {
      expect(identityOf({ INPUT_CONTEXT: context }).context).not.toBe('https://github.com/o/r.git');
    },
  );

  it('has no credentials in it', () => {
    for (const remote of [
      'https://user:token@github.com/o/r.git',
      'https://token@github.com/o/r/',
      'token@github.com:o/r',
    ])
      expect(toRepositoryName(remote)).toBe('https://github.com/o/r.git');
  });
});

it('toPolicyInputs takes what steers the policy, with the defaults of action.yml', () => {
  expect(toPolicyInputs(parseInputs({}).cache)).toEqual({
    prExport: 'auto',
    tagExport: false,
    readOnly: false,
    releaseImport: true,
    trustedContext: false,
    allowUntrustedExport: false,
  });
});

it.each([
  ['x64', 'linux/amd64'],
  ['arm64', 'linux/arm64'],
  ['arm', 'linux/arm/v7'],
  ['s390x', 'linux/s390x'],
])('toDefaultPlatform of %s is %s', (arch, platform) => {
  expect(toDefaultPlatform(arch)).toBe(platform);
});

describe('the variant of a build', () => {
  const variantOf = (env: Readonly<Record<string, string>>) => identityOf(env).variant;

  it.each<[string, Record<string, string>, Record<string, unknown>]>([
    ['a directory', { 'INPUT_BUILD-CONTEXTS': 'base=./x/../base' }, { contexts: { base: 'base' } }],
    [
      'an image, whatever its version',
      {
        'INPUT_BUILD-CONTEXTS':
          'a=docker-image://host:5000/a:1\nb=docker-image://b@sha256:1\nc=docker-image://c',
      },
      { contexts: { a: 'docker-image://host:5000/a', b: 'docker-image://b', c: 'docker-image://c' } },
    ],
    [
      'a layout, whatever its version',
      { 'INPUT_BUILD-CONTEXTS': 'a=oci-layout://./x:1@sha256:1' },
      { contexts: { a: 'oci-layout://x' } },
    ],
    [
      'a repository, whatever its ref',
      { 'INPUT_BUILD-CONTEXTS': 'a=https://github.com/o/r.git#main:web' },
      { contexts: { a: 'https://github.com/o/r.git#:web' } },
    ],
    ['a network', { INPUT_NETWORK: 'none' }, { network: 'none' }],
    ['the network that there is anyway', { INPUT_NETWORK: 'default' }, {}],
    ['hosts by name', { 'INPUT_ADD-HOSTS': 'b:1.1.1.1,a=::1,b:2.2.2.2' }, { hosts: ['a', 'b'] }],
    [
      'limits of the steps',
      { INPUT_ULIMIT: 'nproc=1\nnofile=1', 'INPUT_SHM-SIZE': '2G', 'INPUT_CGROUP-PARENT': 'p' },
      { ulimit: ['nofile=1', 'nproc=1'], shmSize: '2g', cgroupParent: 'p' },
    ],
    // They change what a step yields and not where it is looked for, or nothing of either.
    [
      'nothing else',
      {
        ...{ 'INPUT_BUILD-ARGS': 'A=1', INPUT_SECRETS: 'A=1', INPUT_PROVENANCE: 'true', INPUT_PULL: 'true' },
        ...{
          INPUT_ANNOTATIONS: 'a=b',
          INPUT_ALLOW: 'network.host',
          INPUT_SSH: 'default',
          INPUT_CALL: 'check',
        },
      },
      {},
    ],
  ])('has %s', (_, env, expected) => {
    expect(variantOf(env)).toEqual(expected);
  });

  it('makes another cache scope, and none leaves the name as it was', () => {
    const nameOf = (env: Readonly<Record<string, string>>) => {
      const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
      return makeNameScope(identityOf(env), sha256)({ kind: 'branch', name: 'main' });
    };
    const names = [
      {},
      { INPUT_NETWORK: 'none' },
      { INPUT_NETWORK: 'host' },
      { 'INPUT_BUILD-CONTEXTS': 'a=b' },
      { 'INPUT_BUILD-CONTEXTS': 'a=c' },
      { 'INPUT_BUILD-CONTEXTS': 'b=c' },
      { INPUT_ULIMIT: 'nofile=1' },
    ].map(nameOf);
    expect(new Set(names).size).toBe(names.length);
    const { variant: _, ...before } = identityOf({});
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(makeNameScope(before, sha256)({ kind: 'branch', name: 'main' })).toBe(nameOf({}));
    // A name that was given is the user's word for it.
    expect(nameOf({ INPUT_SCOPE: 's', INPUT_NETWORK: 'none' })).toBe(nameOf({ INPUT_SCOPE: 's' }));
  });
});
