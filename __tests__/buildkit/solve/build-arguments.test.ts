import { describe, expect, it } from '@jest/globals';
import { type BuildRequest, toBuildCommand } from '../../../src/buildkit/solve/build-arguments.ts';
import { noCache } from '../../../src/buildkit/solve/cache-flags.ts';
import { toGitAuth } from '../../../src/buildkit/solve/git-auth.ts';
import {
  toGhaExport,
  toGhaImport,
  toRegistryExport,
  toRegistryImport,
} from '../../../src/cache/cache-entries.ts';
import { parseInputs } from '../../../src/inputs/inputs.ts';

const cacheEnvironment = {
  ACTIONS_CACHE_SERVICE_V2: 'true',
  ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/',
  ACTIONS_RUNTIME_TOKEN: 'stub',
};

function toCommand(inputs: Readonly<Record<string, string>>, overrides: Partial<BuildRequest> = {}) {
  const env = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  return toBuildCommand({
    inputs: parseInputs(env),
    cache: noCache,
    cachedLayers: { base: [], own: [], result: [] },
    builder: { name: 'hotlayer', configDirectory: '/job/buildx' },
    metadataFile: '/job/metadata.json',
    workspace: '/work',
    environment: {},
    attestations: [],
    gitAuth: undefined,
    ...overrides,
  });
}

const head = [
  'build',
  '--builder',
  'hotlayer',
  '--progress',
  'rawjson',
  '--metadata-file',
  '/job/metadata.json',
];
/** What every call has in its environment. */
const own = { BUILDX_CONFIG: '/job/buildx', BUILDX_METADATA_WARNINGS: 'true' };
const nowhere = ['--output', 'type=cacheonly'];

describe('toBuildCommand', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['nothing', {}, [...nowhere, '/work']],
    ['a context', { context: 'app' }, [...nowhere, '/work/app']],
    [
      'a Dockerfile outside the context',
      { context: 'app', file: 'docker/Web.Dockerfile' },
      ['--file', '/work/docker/Web.Dockerfile', ...nowhere, '/work/app'],
    ],
    [
      'a Git context',
      { context: 'https://github.com/a/b.git#main', file: 'docker/Dockerfile' },
      ['--file', 'docker/Dockerfile', ...nowhere, 'https://github.com/a/b.git#main'],
    ],
    [
      'target and platforms',
      { target: 'web', platforms: 'linux/amd64,linux/arm64' },
      ['--target', 'web', '--platform', 'linux/amd64,linux/arm64', ...nowhere, '/work'],
    ],
    [
      'build args and labels with commas and equals signs',
      { 'build-args': 'A=1,2=3\nB=', labels: 'l=x, "y"' },
      ['--build-arg', 'A=1,2=3', '--build-arg', 'B=', '--label', 'l=x, "y"', ...nowhere, '/work'],
    ],
    [
      'pull and no-cache',
      { pull: 'true', 'no-cache': 'true' },
      ['--pull', '--no-cache', ...nowhere, '/work'],
    ],
    ['one tag', { tags: 'a:1' }, ['--output', 'type=image,name=a:1', '/work']],
    [
      'two tags that are pushed',
      { tags: 'a:1,b:2', push: 'true' },
      ['--output', 'type=image,"name=a:1,b:2",push=true,unpack=false', '/work'],
    ],
    [
      'a directory and a push',
      { tags: 'a', push: 'true', outputs: 'type=local,dest=out' },
      [
        ...['--output', 'type=local,dest=/work/out'],
        ...['--output', 'type=image,name=a,push=true,unpack=false', '/work'],
      ],
    ],
    [
      'a tar of an image and its tags',
      { tags: 'a,b', outputs: 'type=docker,dest=/tmp/image.tar' },
      ['--output', 'type=docker,"name=a,b",dest=/tmp/image.tar', '/work'],
    ],
    [
      'push on an image output of one’s own',
      { push: 'true', outputs: 'type=image,name=a,push-by-digest=true,unpack=true' },
      ['--output', 'type=image,name=a,push-by-digest=true,unpack=true,push=true', '/work'],
    ],
    [
      'a registry output',
      { outputs: 'type=registry,name=a' },
      ['--output', 'type=image,name=a,push=true,unpack=false', '/work'],
    ],
    ['cacheonly', { tags: 'a', outputs: 'type=cacheonly' }, [...nowhere, '/work']],
    [
      'named contexts',
      { 'build-contexts': 'base=./base\nalpine=docker-image://alpine:3.20\n"a=oci-layout://x@sha256:1"' },
      [
        ...['--build-context', 'base=./base', '--build-context', 'alpine=docker-image://alpine:3.20'],
        ...['--build-context', 'a=oci-layout://x@sha256:1', ...nowhere, '/work'],
      ],
    ],
    [
      'all that steps get of the machine',
      {
        'add-hosts': 'docker:10.180.0.1\nv6=[::1],foo:1.2.3.4',
        network: 'host',
        'shm-size': '2g',
        ulimit: 'nofile=1024:1024\nnproc=3',
        'cgroup-parent': 'group',
        allow: 'security.insecure,network.host',
      },
      [
        ...['--add-host', 'docker:10.180.0.1', '--add-host', 'v6=[::1]', '--add-host', 'foo:1.2.3.4'],
        ...['--network', 'host', '--shm-size', '2g', '--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=3'],
        ...['--cgroup-parent', 'group', '--allow', 'security.insecure', '--allow', 'network.host'],
        ...[...nowhere, '/work'],
      ],
    ],
    [
      'a host with two addresses, of which buildx would make two hosts',
      { 'add-hosts': '"a=1.2.3.4,5.6.7.8",b=::1' },
      ['--add-host', '"a=1.2.3.4,5.6.7.8"', '--add-host', 'b=::1', ...nowhere, '/work'],
    ],
    ['agents', { ssh: 'default\nkey=/k' }, ['--ssh', 'default', '--ssh', 'key=/k', ...nowhere, '/work']],
    [
      'stages without cache',
      { 'no-cache-filters': 'a,b' },
      ['--no-cache-filter', 'a', '--no-cache-filter', 'b', ...nowhere, '/work'],
    ],
    [
      'annotations',
      { annotations: 'a=b, c\nindex,manifest[linux/amd64]:d=e' },
      ['--annotation', 'a=b, c', '--annotation', 'index,manifest[linux/amd64]:d=e', ...nowhere, '/work'],
    ],
    [
      'caches of one’s own, but not what the plan gives',
      {
        'cache-from': 'type=registry,ref=a/b:c\ntype=gha\nuser/app:cache',
        'cache-to': 'type=gha,mode=max\ntype=local,dest=x\ntype=inline',
      },
      [
        ...nowhere,
        ...['--cache-to', 'type=local,dest=x', '--cache-to', 'type=inline'],
        ...['--cache-from', 'type=registry,ref=a/b:c', '--cache-from', 'user/app:cache', '/work'],
      ],
    ],
    ['load', { load: 'true', tags: 'a' }, ['--output', 'type=docker,name=a', '/work']],
    ['load without a name', { load: 'true' }, ['--output', 'type=docker', '/work']],
    [
      'load and an output that loads',
      { load: 'true', tags: 'a', outputs: 'type=docker' },
      ['--output', 'type=docker,name=a', '/work'],
    ],
    // The digest that BuildKit answers with is that of the last one.
    [
      'load and push, which stands last',
      { load: 'true', push: 'true', tags: 'a' },
      ['--output', 'type=docker,name=a', '--output', 'type=image,name=a,push=true,unpack=false', '/work'],
    ],
    [
      'what is pushed stands last, and Docker’s own form first',
      { load: 'true', push: 'true', tags: 'a', outputs: 'type=image\ntype=oci,dest=x\ntype=docker,dest=y' },
      [
        ...['--output', 'type=docker,name=a,dest=/work/y', '--output', 'type=docker,name=a'],
        ...['--output', 'type=oci,name=a,dest=/work/x'],
        ...['--output', 'type=image,name=a,push=true,unpack=false', '/work'],
      ],
    ],
    [
      'load, and the image that a later step pushes',
      { load: 'true', tags: 'a', outputs: 'type=image' },
      ['--output', 'type=docker,name=a', '--output', 'type=image,name=a', '/work'],
    ],
    [
      'load and a file',
      { load: 'true', tags: 'a', outputs: 'type=docker,dest=x' },
      ['--output', 'type=docker,name=a,dest=/work/x', '--output', 'type=docker,name=a', '/work'],
    ],
    [
      'a question, which makes nothing',
      { call: 'check', tags: 'a', outputs: 'type=oci,dest=x', 'cache-to': 'type=inline' },
      ['--call', 'check', ...nowhere, '/work'],
    ],
    [
      'the build itself as a question',
      { call: 'build', tags: 'a' },
      ['--output', 'type=image,name=a', '/work'],
    ],
  ])('with %s', (_, inputs, expected) => {
    expect(toCommand(inputs).args).toEqual([...head, ...expected]);
  });

  it('asks for attestations', () => {
    const attestations = [
      { type: 'provenance', attrs: { mode: 'max', 'builder-id': 'https://host/run?a,b' } },
    ];
    expect(toCommand({}, { attestations }).args.slice(head.length)).toEqual([
      ...nowhere,
      ...['--attest', 'type=provenance,mode=max,"builder-id=https://host/run?a,b"', '/work'],
    ]);
  });

  const toReference = (name: string) => `127.0.0.1:1/hotlayer/${name}:cache`;

  it('imports and exports gzip with type=gha', () => {
    const cache = {
      ...noCache,
      imports: [toGhaImport('app.b-dev.1'), toGhaImport('app.b-main.2')],
      export: toGhaExport('app.b-dev.1', { mode: 'min', compressionLevel: 7 }),
      environment: cacheEnvironment,
    };
    const { args, env } = toCommand({}, { cache });
    expect(args.slice(head.length + nowhere.length, -1)).toEqual([
      '--cache-to',
      'type=gha,scope=app.b-dev.1,mode=min,ignore-error=true',
      '--cache-from',
      'type=gha,scope=app.b-dev.1',
      '--cache-from',
      'type=gha,scope=app.b-main.2',
    ]);
    expect(env).toEqual({ ...cacheEnvironment, ...own });
    expect(args.join(' ')).not.toContain('stub');
  });

  it('imports and exports zstd with type=registry, and with type=gha what must be', () => {
    const cache = {
      ...noCache,
      imports: [toRegistryImport(toReference('app.dev')), toGhaImport('app.main')],
      export: toRegistryExport(toReference('app.dev'), { mode: 'max', compressionLevel: 7 }),
      environment: cacheEnvironment,
      dockerConfig: '/job/docker-1',
    };
    const environment = { DOCKER_CONFIG: '/home/me/.docker' };
    const { args, env } = toCommand({}, { cache, environment });
    expect(args.slice(head.length + nowhere.length, -1)).toEqual([
      '--cache-to',
      'type=registry,ref=127.0.0.1:1/hotlayer/app.dev:cache,mode=max,compression=zstd,compression-level=7,oci-mediatypes=true,image-manifest=true,ignore-error=true',
      '--cache-from',
      'type=registry,ref=127.0.0.1:1/hotlayer/app.dev:cache',
      '--cache-from',
      'type=gha,scope=app.main',
    ]);
    expect(env).toEqual({ ...cacheEnvironment, DOCKER_CONFIG: '/job/docker-1', ...own });
  });

  it('leaves the Docker config of the user alone where no registry of ours is asked', () => {
    const environment = { DOCKER_CONFIG: '/home/me/.docker' };
    expect(toCommand({}, { environment }).env).toEqual({ ...environment, ...own });
  });

  it('makes outputs what they are without a cache', () => {
    const inputs = {
      tags: 'a',
      push: 'true',
      outputs: 'type=oci,dest=x\ntype=docker,dest=y,force-compression=false\ntype=local,dest=z',
    };
    const cachedLayers = { base: ['gzip'], own: ['zstd'], result: ['zstd'] };
    expect(toCommand(inputs, { cachedLayers }).args.filter((arg) => arg.startsWith('type='))).toEqual([
      'type=docker,name=a,dest=/work/y,force-compression=false',
      'type=oci,name=a,dest=/work/x,force-compression=true',
      'type=local,dest=/work/z',
      'type=image,name=a,push=true,force-compression=true,unpack=false',
    ]);
  });

  it('names no cache without a way to it', () => {
    expect(toCommand({}).args).toEqual([...head, ...nowhere, '/work']);
  });

  it('hands secrets over in the environment only, and leaves empty ones out', () => {
    const { args, env, notices } = toCommand({ tags: 'a', secrets: 'TOKEN=hunter2\nNONE=\n"KEY=one\ntwo"' });
    expect(args.slice(head.length, -3)).toEqual([
      '--secret',
      'id=TOKEN,env=HOTLAYER_SECRET_0',
      '--secret',
      'id=KEY,env=HOTLAYER_SECRET_1',
    ]);
    expect(env).toEqual({ HOTLAYER_SECRET_0: 'hunter2', HOTLAYER_SECRET_1: 'one\ntwo', ...own });
    expect(args.join(' ')).not.toMatch(/hunter2|two/);
    expect(notices.join(' ')).toContain('NONE');
  });

  it('hands over secrets of three kinds, and of equal ids the last', () => {
    const { args, env } = toCommand(
      {
        tags: 'a',
        'secret-envs': 'A=ONE,B=TWO\nC=THREE',
        secrets: 'B=own\nD=x\nD=y',
        'secret-files': 'C=./c, d\nE=/e',
      },
      { environment: { ONE: '1', TWO: '2', THREE: '3' } },
    );
    expect(args.slice(head.length, -3)).toEqual([
      ...['--secret', 'id=A,env=HOTLAYER_SECRET_0', '--secret', 'id=B,env=HOTLAYER_SECRET_1'],
      ...['--secret', 'id=C,"src=/work/c, d"', '--secret', 'id=D,env=HOTLAYER_SECRET_3'],
      ...['--secret', 'id=E,src=/e'],
    ]);
    expect(env).toEqual({
      ...{ ONE: '1', TWO: '2', THREE: '3', ...own },
      ...{ HOTLAYER_SECRET_0: '1', HOTLAYER_SECRET_1: 'own', HOTLAYER_SECRET_3: 'y' },
    });
  });

  it('an empty secret does not take the place of one with a value', () => {
    const environment = { ONE: '1' };
    const { env } = toCommand({ 'secret-envs': 'A=ONE', secrets: 'A=' }, { environment });
    expect(env['HOTLAYER_SECRET_0']).toBe('1');
  });

  it('says of a variable that is not set that the secret is empty', () => {
    const { args, notices } = toCommand({ tags: 'a', push: 'true', 'secret-envs': 'A=NOWHERE' });
    expect(args).toContain('id=A,env=HOTLAYER_SECRET_0');
    expect(notices).toEqual(['Secrets whose variable is not set are empty: A (input "secret-envs").']);
  });

  it('takes the value of a bare build arg from the environment, or leaves it to the Dockerfile', () => {
    const { args } = toCommand(
      { 'build-args': 'HTTP_PROXY\nABSENT' },
      { environment: { HTTP_PROXY: 'http://p' } },
    );
    expect(args.slice(head.length, -3)).toEqual(['--build-arg', 'HTTP_PROXY=http://p']);
  });

  it('lets buildx inherit what credential helpers need, and nothing of the runner’s', () => {
    const passed = {
      PATH: '/bin',
      HOME: '/root',
      AWS_PROFILE: 'p',
      BUILDX_GIT_LABELS: 'true',
      BUILDX_NO_DEFAULT_ATTESTATIONS: '1',
      SOURCE_DATE_EPOCH: '0',
      DOCKER_HOST: 'tcp://elsewhere',
      HTTPS_PROXY: 'http://proxy',
    };
    const environment = {
      ACTIONS_RUNTIME_TOKEN: 'real',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'real',
      'INPUT_GITHUB-TOKEN': 'ghs',
      BUILDKIT_HOST: 'tcp://elsewhere',
      BUILDX_BUILDER: 'theirs',
      BUILDX_CONFIG: '/theirs',
      DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: '/usr/bin/docker',
      EMPTY: undefined,
      ...passed,
    };
    expect(toCommand({}, { environment }).env).toEqual({ ...passed, ...own });
    const cache = { ...noCache, environment: cacheEnvironment };
    expect(toCommand({}, { environment, cache }).env['ACTIONS_RUNTIME_TOKEN']).toBe('stub');
  });

  it('gives a Git context its token bound to the host, unless the user gave one', () => {
    const gitAuth = { host: 'github.com', token: 'ghs' };
    const inputs = { context: 'https://github.com/a/b.git', tags: 'a' };
    const { args, env } = toCommand(inputs, { gitAuth });
    expect(args).toContain('id=GIT_AUTH_TOKEN.github.com,env=HOTLAYER_GIT_AUTH_TOKEN');
    expect(env).toEqual({ HOTLAYER_GIT_AUTH_TOKEN: 'ghs', ...own });
    const theirs = toCommand({ ...inputs, secrets: 'GIT_AUTH_TOKEN=mine' }, { gitAuth });
    expect(theirs.env).toEqual({ HOTLAYER_SECRET_0: 'mine', ...own });
    // As in docker/build-push-action the other lists are not asked, but for the very id.
    const others = toCommand({ ...inputs, 'secret-envs': 'GIT_AUTH_TOKEN=MINE' }, { gitAuth });
    expect(others.env['HOTLAYER_GIT_AUTH_TOKEN']).toBe('ghs');
    const same = toCommand({ ...inputs, 'secret-envs': 'GIT_AUTH_TOKEN.github.com=MINE' }, { gitAuth });
    expect(same.env['HOTLAYER_GIT_AUTH_TOKEN']).toBeUndefined();
  });

  it.each<[string, Record<string, string>, RegExp | undefined]>([
    ['nothing to keep', {}, /no image is kept/],
    ['tags alone', { tags: 'a' }, /neither pushed/],
    ['a push', { tags: 'a', push: 'true' }, undefined],
    ['a file', { tags: 'a', outputs: 'type=oci,dest=x' }, undefined],
  ])('gives a notice for %s only where the image is lost', (_, inputs, expected) => {
    const { notices } = toCommand(inputs);
    if (expected === undefined) expect(notices).toEqual([]);
    else expect(notices).toEqual([expect.stringMatching(expected)]);
  });
});

describe('toGitAuth', () => {
  const own = `https://github.com/acme/app.git#${'a'.repeat(40)}`;
  it.each([
    [own, 'github.com'],
    [`${own}:web`, 'github.com'],
    [`${own}0`, undefined],
    ['https://github.com/acme/app.git', undefined],
    // Another ref of the same repository may be the code of somebody who may not see the token.
    ['https://github.com/acme/app.git#refs/pull/7/head', undefined],
    ['https://github.com/other/app.git', undefined],
    ['https://github.com.evil.example/acme/app.git', undefined],
    [`https://evil.example/${own}`, undefined],
    ['git@github.com:acme/app.git', undefined],
  ])('for %s goes to %s', (url, host) => {
    const auth = toGitAuth({ context: { kind: 'git', url }, githubToken: 'ghs' }, own);
    expect(auth).toEqual(host === undefined ? undefined : { host, token: 'ghs' });
  });
  it('goes with a directory of a context that is a query', () => {
    const query = 'https://ghe.example:8443/acme/app.git?ref=refs/heads/main&checksum=1';
    const context = { kind: 'git', url: `${query}&subdir=web` } as const;
    expect(toGitAuth({ context, githubToken: 'ghs' }, query)).toEqual({
      host: 'ghe.example:8443',
      token: 'ghs',
    });
  });
  it('is nothing where the runner does not say which repository it is', () => {
    expect(toGitAuth({ context: { kind: 'git', url: own }, githubToken: 'ghs' }, undefined)).toBeUndefined();
  });
  it('is nothing for a path or without a token', () => {
    expect(toGitAuth({ context: { kind: 'path', path: '.' }, githubToken: 'ghs' }, own)).toBeUndefined();
    expect(toGitAuth({ context: { kind: 'git', url: own }, githubToken: undefined }, own)).toBeUndefined();
  });
});
