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
    address: 'unix:///job/buildkitd.sock',
    metadataFile: '/job/metadata.json',
    workspace: '/work',
    environment: {},
    gitAuth: undefined,
    ...overrides,
  });
}

const head = [
  '--addr',
  'unix:///job/buildkitd.sock',
  'build',
  '--progress',
  'rawjson',
  '--metadata-file',
  '/job/metadata.json',
  '--frontend',
  'dockerfile.v0',
];
const local = ['--local', 'context=/work', '--local', 'dockerfile=/work'];

describe('toBuildCommand', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['nothing', {}, local],
    ['a context', { context: 'app' }, ['--local', 'context=/work/app', '--local', 'dockerfile=/work/app']],
    [
      'a Dockerfile outside the context',
      { context: 'app', file: 'docker/Web.Dockerfile' },
      [
        '--local',
        'context=/work/app',
        '--local',
        'dockerfile=/work/docker',
        '--opt',
        'filename=Web.Dockerfile',
      ],
    ],
    [
      'a Git context',
      { context: 'https://github.com/a/b.git#main', file: 'docker/Dockerfile' },
      ['--opt', 'context=https://github.com/a/b.git#main', '--opt', 'filename=docker/Dockerfile'],
    ],
    [
      'target and platforms',
      { target: 'web', platforms: 'linux/amd64,linux/arm64' },
      [...local, '--opt', 'target=web', '--opt', 'platform=linux/amd64,linux/arm64'],
    ],
    [
      'build args and labels with commas and equals signs',
      { 'build-args': 'A=1,2=3\nB=', labels: 'l=x, "y"' },
      [...local, '--opt', 'build-arg:A=1,2=3', '--opt', 'build-arg:B=', '--opt', 'label:l=x, "y"'],
    ],
    [
      'pull and no-cache',
      { pull: 'true', 'no-cache': 'true' },
      [...local, '--opt', 'image-resolve-mode=pull', '--opt', 'no-cache='],
    ],
    ['one tag', { tags: 'a:1' }, [...local, '--output', 'type=image,name=a:1']],
    [
      'two tags that are pushed',
      { tags: 'a:1,b:2', push: 'true' },
      [...local, '--output', 'type=image,"name=a:1,b:2",push=true'],
    ],
    [
      'a directory and a push',
      { tags: 'a', push: 'true', outputs: 'type=local,dest=out' },
      [...local, '--output', 'type=local,dest=/work/out', '--output', 'type=image,name=a,push=true'],
    ],
    [
      'a tar of an image and its tags',
      { tags: 'a,b', outputs: 'type=docker,dest=/tmp/image.tar' },
      [...local, '--output', 'type=docker,"name=a,b",dest=/tmp/image.tar'],
    ],
    [
      'push on an image output of one’s own',
      { push: 'true', outputs: 'type=image,name=a,push-by-digest=true' },
      [...local, '--output', 'type=image,name=a,push-by-digest=true,push=true'],
    ],
    [
      'a registry output',
      { outputs: 'type=registry,name=a' },
      [...local, '--output', 'type=image,name=a,push=true'],
    ],
    ['cacheonly', { tags: 'a', outputs: 'type=cacheonly' }, local],
  ])('with %s', (_, inputs, expected) => {
    expect(toCommand(inputs).args).toEqual([...head, ...expected]);
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
    expect(args.slice(head.length + local.length)).toEqual([
      '--export-cache',
      'type=gha,scope=app.b-dev.1,mode=min,ignore-error=true',
      '--import-cache',
      'type=gha,scope=app.b-dev.1',
      '--import-cache',
      'type=gha,scope=app.b-main.2',
    ]);
    expect(env).toEqual(cacheEnvironment);
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
    expect(args.slice(head.length + local.length)).toEqual([
      '--export-cache',
      'type=registry,ref=127.0.0.1:1/hotlayer/app.dev:cache,mode=max,compression=zstd,compression-level=7,oci-mediatypes=true,image-manifest=true,ignore-error=true',
      '--import-cache',
      'type=registry,ref=127.0.0.1:1/hotlayer/app.dev:cache',
      '--import-cache',
      'type=gha,scope=app.main',
    ]);
    expect(env).toEqual({ ...cacheEnvironment, DOCKER_CONFIG: '/job/docker-1' });
  });

  it('leaves the Docker config of the user alone where no registry of ours is asked', () => {
    const environment = { DOCKER_CONFIG: '/home/me/.docker' };
    expect(toCommand({}, { environment }).env).toEqual(environment);
  });

  it('makes outputs what they are without a cache', () => {
    const inputs = {
      tags: 'a',
      push: 'true',
      outputs: 'type=oci,dest=x\ntype=docker,dest=y,force-compression=false\ntype=local,dest=z',
    };
    const cachedLayers = { base: ['gzip'], own: ['zstd'], result: ['zstd'] };
    expect(toCommand(inputs, { cachedLayers }).args.filter((arg) => arg.startsWith('type='))).toEqual([
      'type=oci,name=a,dest=/work/x,force-compression=true',
      'type=docker,name=a,dest=/work/y,force-compression=false',
      'type=local,dest=/work/z',
      'type=image,name=a,push=true,force-compression=true',
    ]);
  });

  it('names no cache without a way to it', () => {
    expect(toCommand({}).args).toEqual([...head, ...local]);
  });

  it('hands secrets over in the environment only, and leaves empty ones out', () => {
    const { args, env, notices } = toCommand({ tags: 'a', secrets: 'TOKEN=hunter2\nNONE=\n"KEY=one\ntwo"' });
    expect(args.slice(head.length + local.length, -2)).toEqual([
      '--secret',
      'id=TOKEN,env=HOTLAYER_SECRET_0',
      '--secret',
      'id=KEY,env=HOTLAYER_SECRET_1',
    ]);
    expect(env).toEqual({ HOTLAYER_SECRET_0: 'hunter2', HOTLAYER_SECRET_1: 'one\ntwo' });
    expect(args.join(' ')).not.toMatch(/hunter2|two/);
    expect(notices.join(' ')).toContain('NONE');
  });

  it('takes the value of a bare build arg from the environment, or leaves it to the Dockerfile', () => {
    const { args } = toCommand(
      { 'build-args': 'HTTP_PROXY\nABSENT' },
      { environment: { HTTP_PROXY: 'http://p' } },
    );
    expect(args.slice(head.length + local.length)).toEqual(['--opt', 'build-arg:HTTP_PROXY=http://p']);
  });

  it('lets buildctl inherit what credential helpers need, and nothing of the runner’s', () => {
    const environment = {
      PATH: '/bin',
      HOME: '/root',
      AWS_PROFILE: 'p',
      ACTIONS_RUNTIME_TOKEN: 'real',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'real',
      'INPUT_GITHUB-TOKEN': 'ghs',
      BUILDKIT_HOST: 'tcp://elsewhere',
      EMPTY: undefined,
    };
    expect(toCommand({}, { environment }).env).toEqual({ PATH: '/bin', HOME: '/root', AWS_PROFILE: 'p' });
    const cache = { ...noCache, environment: cacheEnvironment };
    expect(toCommand({}, { environment, cache }).env['ACTIONS_RUNTIME_TOKEN']).toBe('stub');
  });

  it('gives a Git context its token bound to the host, unless the user gave one', () => {
    const gitAuth = { host: 'github.com', token: 'ghs' };
    const inputs = { context: 'https://github.com/a/b.git', tags: 'a' };
    const { args, env } = toCommand(inputs, { gitAuth });
    expect(args).toContain('id=GIT_AUTH_TOKEN.github.com,env=HOTLAYER_GIT_AUTH_TOKEN');
    expect(env).toEqual({ HOTLAYER_GIT_AUTH_TOKEN: 'ghs' });
    const own = toCommand({ ...inputs, secrets: 'GIT_AUTH_TOKEN=mine' }, { gitAuth });
    expect(own.env).toEqual({ HOTLAYER_SECRET_0: 'mine' });
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
  const run = { serverUrl: 'https://github.com', repository: 'acme/app' };
  it.each([
    ['https://github.com/acme/app.git', 'github.com'],
    ['https://github.com/Acme/App.git?ref=refs/heads/main', 'github.com'],
    ['https://github.com/acme/app.git#main:web', 'github.com'],
    ['https://github.com/other/app.git', undefined],
    ['https://github.com.evil.example/acme/app.git', undefined],
    ['http://github.com/acme/app.git', undefined],
    ['https://evil.example/https://github.com/acme/app.git', undefined],
    ['git@github.com:acme/app.git', undefined],
  ])('for %s goes to %s', (url, host) => {
    const auth = toGitAuth({ context: { kind: 'git', url }, githubToken: 'ghs' }, run);
    expect(auth).toEqual(host === undefined ? undefined : { host, token: 'ghs' });
  });
  it('is nothing where the runner does not say which server it belongs to', () => {
    const context = { kind: 'git', url: 'https://github.com/acme/app.git' } as const;
    expect(toGitAuth({ context, githubToken: 'ghs' }, { ...run, serverUrl: '' })).toBeUndefined();
  });
  it('is nothing for a path or without a token', () => {
    expect(toGitAuth({ context: { kind: 'path', path: '.' }, githubToken: 'ghs' }, run)).toBeUndefined();
    expect(
      toGitAuth(
        { context: { kind: 'git', url: 'https://github.com/acme/app.git' }, githubToken: undefined },
        run,
      ),
    ).toBeUndefined();
  });
});
