import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../src/errors.ts';
import { listSecretValues, parseInputs } from '../../src/inputs/inputs.ts';
import type { Inputs } from '../../src/inputs/types.ts';

/** The variables as the runner sets them. */
function toEnv(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}

function parse(inputs: Readonly<Record<string, string>>) {
  return parseInputs(toEnv(inputs));
}

/** Of all groups: no two inputs have a name in common. */
function flatten({ build, image, cache, daemon, report }: Inputs) {
  return { ...build, ...image, ...cache, ...daemon, ...report };
}

function catchInputError(inputs: Readonly<Record<string, string>>): InputError {
  try {
    parse(inputs);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(inputs)}`);
}

describe('parseInputs', () => {
  it('takes the defaults of action.yml when nothing is set', () => {
    expect(parseInputs({})).toEqual({
      build: {
        context: { kind: 'path', path: '.', isDefault: true },
        file: undefined,
        target: undefined,
        platforms: [],
        buildArgs: [],
        buildContexts: [],
        secrets: [],
        secretsYaml: [],
        secretEnvs: [],
        secretFiles: [],
        ssh: [],
        noCache: false,
        noCacheFilters: [],
        pull: false,
        addHosts: [],
        network: undefined,
        shmSize: undefined,
        ulimit: [],
        cgroupParent: undefined,
        allow: [],
        call: undefined,
        builder: undefined,
        githubToken: undefined,
      },
      image: {
        ...{ tags: [], labels: [], annotations: [], push: false, pushRetries: 2, load: false, outputs: [] },
        ...{ provenance: undefined, sbom: undefined, attests: [] },
      },
      cache: {
        scope: undefined,
        mode: undefined,
        backend: 'gha',
        cacheToAttrs: { attrs: {}, secrets: {} },
        cacheFromAttrs: { attrs: {}, secrets: {} },
        maxSize: 10e9,
        cacheFrom: [],
        cacheTo: [],
        prExport: 'auto',
        tagExport: false,
        readOnly: false,
        releaseImport: true,
        trustedContext: false,
        allowUntrustedExport: false,
        compression: 'auto',
        compressionLevel: undefined,
        gateway: true,
        drainTimeoutMs: 600_000,
        matrix: undefined,
      },
      daemon: {
        buildkitVersion: 'v0.33.1',
        buildkitPath: undefined,
        buildkitSha256: undefined,
        buildxVersion: 'v0.37.2',
        buildxPath: undefined,
        buildxSha256: undefined,
        buildkitdConfig: undefined,
        buildkitdConfigInline: undefined,
        buildkitdFlags: undefined,
        buildkitdEnv: [],
        registryMirrors: [],
        maxParallelism: undefined,
        stepNetwork: 'host',
        rootless: false,
        endpoint: undefined,
      },
      report: { summary: true, checkAnnotations: true },
    });
  });

  it('takes an empty variable for an input that is not set, and ignores unknown ones', () => {
    expect(parse({ context: '', push: '', scope: '', mode: '', nonsense: 'x', 'build-args': '' })).toEqual(
      parseInputs({}),
    );
  });

  it.each([
    ['a path context', { context: ' ./app ' }, { context: { kind: 'path', path: './app' } }],
    [
      'a Git context',
      { context: 'https://github.com/acme/app.git#main:web' },
      { context: { kind: 'git', url: 'https://github.com/acme/app.git#main:web' } },
    ],
    [
      'tags by line and by comma, once each',
      { tags: 'a:1,b:2\n\n c:3 \na:1' },
      { tags: ['a:1', 'b:2', 'c:3'] },
    ],
    [
      'platforms by comma',
      { platforms: 'linux/amd64, linux/arm64' },
      { platforms: ['linux/amd64', 'linux/arm64'] },
    ],
    [
      'build args by line, commas kept',
      { 'build-args': 'A=1,2\nB=x=y\nC\nD=' },
      {
        buildArgs: [
          { key: 'A', value: '1,2' },
          { key: 'B', value: 'x=y' },
          { key: 'C', value: undefined },
          { key: 'D', value: '' },
        ],
      },
    ],
    [
      'a quoted build arg over two lines',
      { 'build-args': '"A=first\nsecond ""quoted"""\nB="kept"' },
      {
        buildArgs: [
          { key: 'A', value: 'first\nsecond "quoted"' },
          { key: 'B', value: '"kept"' },
        ],
      },
    ],
    [
      'labels',
      { labels: 'a.b=c, d\nempty' },
      {
        labels: [
          { key: 'a.b', value: 'c, d' },
          { key: 'empty', value: '' },
        ],
      },
    ],
    [
      'secrets, one over two lines',
      { secrets: 'A=x,y\n"KEY=one\ntwo ""2"""\nEMPTY=' },
      {
        secrets: [
          { id: 'A', value: 'x,y' },
          { id: 'KEY', value: 'one\ntwo "2"' },
          { id: 'EMPTY', value: '' },
        ],
      },
    ],
    [
      'outputs with quoted fields',
      { outputs: 'type=image,"name=a,b",push-by-digest=true\nout' },
      {
        outputs: [
          { type: 'image', attrs: { name: 'a,b', 'push-by-digest': 'true' } },
          { type: 'local', attrs: { dest: 'out' } },
        ],
      },
    ],
    [
      'a registry output as an image that is pushed',
      { outputs: 'type=registry,name=a' },
      { outputs: [{ type: 'image', attrs: { push: 'true', name: 'a' } }] },
    ],
    [
      'booleans of YAML 1.2',
      { pull: 'True', gateway: 'FALSE', summary: 'false' },
      { pull: true, gateway: false, summary: false },
    ],
    ['the choices', { mode: 'min', 'pr-export': 'never' }, { mode: 'min', prExport: 'never' }],
    [
      'zstd and its level',
      { compression: 'zstd', 'compression-level': ' 19 ' },
      { compression: 'zstd', compressionLevel: 19 },
    ],
    ['a level for auto', { 'compression-level': '1' }, { compression: 'auto', compressionLevel: 1 }],
    [
      'gzip without the gateway',
      { compression: 'gzip', gateway: 'false' },
      { compression: 'gzip', gateway: false },
    ],
    ['auto without the gateway', { gateway: 'false' }, { compression: 'auto', gateway: false }],
    ['a trimmed scope', { scope: '  my app ' }, { scope: 'my app' }],
    ['the matrix', { matrix: '{"os":"linux","n":[1]}' }, { matrix: { os: 'linux', n: [1] } }],
    ['no matrix', { matrix: 'null' }, { matrix: undefined }],
    ['a version without v', { 'buildkit-version': '0.30.0' }, { buildkitVersion: 'v0.30.0' }],
    ['a version of buildx without v', { 'buildx-version': '0.36.0' }, { buildxVersion: 'v0.36.0' }],
    ['a checksum in upper case', { 'buildkit-sha256': 'AB'.repeat(32) }, { buildkitSha256: 'ab'.repeat(32) }],
    ['no retries of a push', { 'push-retries': '0' }, { pushRetries: 0 }],
    ['many retries of a push', { 'push-retries': ' 10 ' }, { pushRetries: 10 }],
    ['push with a named output', { push: 'true', outputs: 'type=image,name=a' }, { push: true }],
  ])('reads %s', (_, inputs, expected) => {
    expect(flatten(parse(inputs))).toMatchObject(expected);
  });

  it.each([
    ['an unknown mode', { mode: 'full' }, 'mode', ['"full"', 'max', 'min']],
    ['an unknown pr-export', { 'pr-export': 'yes' }, 'pr-export', ['"yes"', 'auto, always, never']],
    ['an unknown compression', { compression: 'lz4' }, 'compression', ['"lz4"', 'auto, gzip, zstd']],
    [
      'zstd without the gateway',
      { compression: 'zstd', gateway: 'false' },
      'compression',
      ['"zstd"', 'gateway: false'],
    ],
    ['a level of 0', { 'compression-level': '0' }, 'compression-level', ['"0"', '1 to 22']],
    ['a level of 23', { 'compression-level': '23' }, 'compression-level', ['"23"', '1 to 22']],
    [
      'a level that is no number',
      { 'compression-level': 'best' },
      'compression-level',
      ['"best"', '1 to 22'],
    ],
    ['a level with a fraction', { 'compression-level': '3.5' }, 'compression-level', ['"3.5"']],
    ['a level for gzip', { compression: 'gzip', 'compression-level': '9' }, 'compression-level', ['gzip']],
    [
      'a level without the gateway',
      { 'compression-level': '3', gateway: 'false' },
      'compression-level',
      ['gateway: false'],
    ],
    ['too many retries', { 'push-retries': '11' }, 'push-retries', ['"11"', '0 to 10']],
    ['retries below none', { 'push-retries': '-1' }, 'push-retries', ['"-1"', '0 to 10']],
    ['retries that are no number', { 'push-retries': 'two' }, 'push-retries', ['"two"', '0 to 10']],
    ['a part of a retry', { 'push-retries': '1.5' }, 'push-retries', ['"1.5"', '0 to 10']],
    ['yes for a boolean', { push: 'yes' }, 'push', ['"yes"', 'true and false']],
    ['a scope of spaces', { scope: '   ' }, 'scope', ['empty after trimming']],
    ['a scope with a tab', { scope: 'a\tb' }, 'scope', ['control characters', 'a\\tb']],
    ['a build arg without key', { 'build-args': '=x' }, 'build-args', ['"=x"', 'KEY=VALUE']],
    ['a build arg with a space in its key', { 'build-args': 'A B=x' }, 'build-args', ['"A B=x"']],
    [
      'the runtime token as build arg',
      { 'build-args': 'ACTIONS_RUNTIME_TOKEN' },
      'build-args',
      ['credential'],
    ],
    ['a label without key', { labels: '=x' }, 'labels', ['"=x"']],
    ['a secret without value', { secrets: 'A=1\nhunter2' }, 'secrets', ['entry 2', 'id=value']],
    ['a secret without id', { secrets: '=hunter2' }, 'secrets', ['entry 1']],
    ['an unclosed quote in secrets', { secrets: '"A=hunter2' }, 'secrets', ['closing quote']],
    ['a platform of one unknown word', { platforms: 'banana' }, 'platforms', ['"banana"', 'linux/amd64']],
    ['a platform with an empty part', { platforms: 'linux//arm64' }, 'platforms', ['linux//arm64']],
    ['a tag in upper case', { tags: 'ghcr.io/Acme/app' }, 'tags', ['"ghcr.io/Acme/app"', 'upper-case']],
    ['a tag with a digest', { tags: `a@sha256:${'0'.repeat(64)}` }, 'tags', ['digest']],
    ['a tag that is a URL', { tags: 'https://ghcr.io/a/b' }, 'tags', ['URL']],
    ['a Git URL without .git', { context: 'https://github.com/acme/app' }, 'context', ['.git']],
    ['a Git URL of an unknown protocol', { context: 'ftp://host/app.git' }, 'context', ['ftp://']],
    ['a Git URL with an unknown parameter', { context: 'https://h/a.git?x=1' }, 'context', ['"x"']],
    ['an output of an unknown type', { outputs: 'type=rocket' }, 'outputs', ['"rocket"', 'local']],
    ['an output without type', { outputs: 'dest=x,name=y' }, 'outputs', ['no type']],
    ['a tar output without dest', { outputs: 'type=tar' }, 'outputs', ['dest']],
    ['push without a name', { push: 'true' }, 'push', ['"tags"']],
    ['push with a local output only', { push: 'true', outputs: 'type=local,dest=x' }, 'push', ['"tags"']],
    [
      'push against push=false',
      { push: 'true', tags: 'a', outputs: 'type=image,push=false' },
      'push',
      ['push=false'],
    ],
    ['a pushed output without a name', { outputs: 'type=registry' }, 'outputs', ['name']],
    ['two names for one image', { tags: 'a', outputs: 'type=image,name=b' }, 'outputs', ['"b"', '"a"']],
    [
      'path and checksum of buildx',
      { 'buildx-path': '/x', 'buildx-sha256': 'a'.repeat(64) },
      'buildx-sha256',
      ['buildx-path'],
    ],
    [
      'path and checksum',
      { 'buildkit-path': '/x', 'buildkit-sha256': 'a'.repeat(64) },
      'buildkit-sha256',
      ['buildkit-path'],
    ],
    ['always against read-only', { 'pr-export': 'always', 'read-only': 'true' }, 'pr-export', ['read-only']],
    [
      'override against read-only',
      { 'allow-untrusted-export': 'true', 'read-only': 'true' },
      'allow-untrusted-export',
      ['read-only'],
    ],
    ['a matrix that is not JSON', { matrix: '{' }, 'matrix', ['"{"', 'toJSON(matrix)']],
    ['a matrix that is a word', { matrix: '"linux"' }, 'matrix', ['JSON object']],
    ['latest as version', { 'buildkit-version': 'latest' }, 'buildkit-version', ['"latest"', 'v0.33.1']],
    ['a word as version of buildx', { 'buildx-version': 'edge' }, 'buildx-version', ['"edge"', 'v0.37.2']],
    ['a short checksum of buildx', { 'buildx-sha256': 'abc' }, 'buildx-sha256', ['64']],
    ['a short checksum', { 'buildkit-sha256': 'abc' }, 'buildkit-sha256', ['64']],
    ['a target with a space', { target: 'a b' }, 'target', ['"a b"']],
    ['a Dockerfile path of two lines', { file: 'a\nb' }, 'file', ['a\\nb']],
  ])('refuses %s', (_, inputs, input, words) => {
    const error = catchInputError(inputs);
    expect(error.input).toBe(input);
    for (const word of [`input "${input}"`, 'allowed', ...words]) {
      expect(error.message).toContain(word);
    }
  });

  it.each([
    { secrets: 'hunter2' },
    { secrets: '"A=hunter2' },
    { secrets: '=hunter2' },
    { secrets: 'hunter2\nA=hunter2' },
    { 'secret-envs': 'hunter2' },
    { 'secret-envs': 'A=hun ter2hunter2' },
    { 'secret-envs': '"A=hunter2' },
    { 'secret-files': '=hunter2' },
    { 'secret-files': 'hunter2' },
    { 'secret-files': '"A=hunter2' },
  ])('never shows a secret in an error: %j', (inputs) => {
    const error = catchInputError(inputs);
    expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain('hunter2');
  });

  it('never shows the credentials of a Git URL', () => {
    expect(catchInputError({ context: 'https://x:hunter2@github.com/a/b.git' }).message).not.toContain(
      'hunter2',
    );
  });
});

describe('listSecretValues', () => {
  it('has each value whole and line by line, and the token', () => {
    const inputs = parse({ secrets: '"A=one\ntwo"\nB=three\nE=', 'github-token': 'ghs_1' });
    expect(listSecretValues(inputs)).toEqual(['one\ntwo', 'one', 'two', 'three', 'ghs_1']);
  });
});
