import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toInputKeys } from '../../src/buildkit/daemon/input-keys.ts';
import { InputError } from '../../src/errors.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { splitWords } from '../../src/inputs/shell-words.ts';
import { toInputVariables } from '../helpers/input-variables.ts';

const parse = (inputs: Readonly<Record<string, string>>) => parseInputs(toInputVariables(inputs)).daemon;

function findRefusal(inputs: Readonly<Record<string, string>>): string {
  try {
    parse(inputs);
  } catch (error) {
    if (error instanceof InputError) return `${error.input}: ${error.message}`;
    throw error;
  }
  return 'taken';
}

describe('words as a shell quotes them', () => {
  it.each([
    ['', []],
    ['  --debug   --trace\n', ['--debug', '--trace']],
    [`a'b c'd "e f" g\\ h`, ['ab cd', 'e f', 'g h']],
    [`"" ''`, ['', '']],
    ['"a\\"b" \'a\\b\'', ['a"b', 'a\\b']],
    ['a # b\nc', ['a', 'c']],
    ['a#b', ['a#b']],
    ['"a', 'a " is not closed'],
    ["'a", "a ' is not closed"],
    ['a\\', 'it ends with a "\\"'],
  ])('%j', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  it('come back from single quotes whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
        expect(splitWords(quoted)).toEqual(words);
      }),
    );
  });
});

describe('buildkitd-flags', () => {
  it.each([
    ['--debug', ['--debug']],
    ['--oci-worker-snapshotter native --debug', ['--oci-worker-snapshotter', 'native', '--debug']],
    ['--allow-insecure-entitlement=network.host', ['--allow-insecure-entitlement=network.host']],
    [`--oci-worker-labels 'a=b c'`, ['--oci-worker-labels', 'a=b c']],
  ])('%s are taken', (text, words) => {
    expect(parse({ 'buildkitd-flags': text }).buildkitdFlags).toEqual(words);
  });

  it.each([
    ...[
      '--addr=x',
      '--addr x',
      '-addr=x',
      '--root /x',
      '--config=/x',
      '--group=1',
      '--tlscert=/x',
      '--tlscacert /x',
    ],
    ...[
      '--debugaddr=:1',
      '--otel-socket-path=/x',
      '--oci-worker=false',
      '--containerd-worker=true',
      '--rootless',
    ],
    ...[
      '--oci-worker-rootless',
      '--oci-worker-net=bridge',
      '--help',
      '-h',
      '--version',
      '-v',
      '--',
      '-',
      'debug',
    ],
    ...['--debug=true x', '--a b c', '--debug "'],
  ])('%s are refused', (text) => {
    expect(findRefusal({ 'buildkitd-flags': text })).toMatch(
      /^buildkitd-flags: input "buildkitd-flags": .*; allowed are/,
    );
  });
});

describe('buildkitd-env', () => {
  it('keeps a value to the byte after the first =', () => {
    const { buildkitdEnv } = parse({ 'buildkitd-env': 'A=1=2, 3\nB=' });
    expect(buildkitdEnv).toEqual([
      { key: 'A', value: '1=2, 3' },
      { key: 'B', value: '' },
    ]);
  });

  it.each([
    ...['PATH', 'HOME', 'TMPDIR', 'ACTIONS_RUNTIME_TOKEN', 'INPUT_SECRETS', 'BUILDKIT_HOST', 'NOTIFY_SOCKET'],
    ...['ROOTLESSKIT_STATE_DIR', 'XDG_RUNTIME_DIR', 'BUILDKIT_NETWORK_BRIDGE_AUTO'],
  ])('%s is ours', (name) => {
    expect(findRefusal({ 'buildkitd-env': `${name}=hush` })).toMatch(
      new RegExp(`^buildkitd-env: .*"${name}" cannot be set`),
    );
  });

  it.each(['hush', '1A=hush', 'A-B=hush', '=hush'])('%s is no variable, and is not shown', (entry) => {
    const refusal = findRefusal({ 'buildkitd-env': entry });
    expect(refusal).toContain('KEY=VALUE');
    expect(refusal).not.toContain('hush');
  });
});

describe('inputs with a key in buildkitd.toml', () => {
  it.each([
    [{}, {}],
    [{ 'max-parallelism': '4' }, { worker: { oci: { 'max-parallelism': 4 } } }],
    [{ 'step-network': 'bridge' }, { worker: { oci: { networkMode: 'bridge' } } }],
    [{ rootless: 'true' }, { worker: { oci: { rootless: true } } }],
    [{ 'registry-mirrors': 'm.example' }, { registry: { 'docker.io': { mirrors: ['m.example'] } } }],
    [
      {
        'registry-mirrors':
          'docker.io=https://a.example/hub/\nindex.docker.io=b.example:5000\nghcr.io=a.example/ghcr',
      },
      {
        registry: {
          'docker.io': { mirrors: ['a.example/hub', 'b.example:5000'] },
          'ghcr.io': { mirrors: ['a.example/ghcr'] },
        },
      },
    ],
    [
      { 'registry-mirrors': 'http://10.0.0.1:5000/hub' },
      {
        registry: { 'docker.io': { mirrors: ['10.0.0.1:5000/hub'] }, '10.0.0.1:5000': { http: true } },
      },
    ],
  ])('%j', (inputs, keys) => {
    expect(toInputKeys(parse(inputs))).toEqual(keys);
  });

  it.each([
    'docker.io=',
    '=m.example',
    'a b',
    'ftp://m.example',
    'docker.io=m.example?x',
    'x@m.example',
    'a=b=c',
    '-a',
  ])('registry-mirrors: %s is refused', (mirror) => {
    expect(findRefusal({ 'registry-mirrors': mirror })).toMatch(
      /^registry-mirrors: .*is not a mirror; allowed is/,
    );
  });

  it('shows no password of a mirror', () => {
    expect(findRefusal({ 'registry-mirrors': 'https://me:hush@m.example' })).not.toContain('hush');
  });

  it.each(['0', '-1', '1.5', 'two', '1e3', '99999999'])('max-parallelism: %s is refused', (text) => {
    expect(findRefusal({ 'max-parallelism': text })).toBe(
      `max-parallelism: input "max-parallelism": "${text}" is not a number of steps; allowed is a whole number from 1 on, or leave the input out for no limit`,
    );
  });
});

describe('endpoint', () => {
  it.each([
    ['unix:///run/buildkit/buildkitd.sock', 'unix', ''],
    ['tcp://builder.example.com:1234', 'tcp', 'builder.example.com'],
    ['tcp://[::1]:1234/', 'tcp', '[::1]'],
    ['docker-container://buildx_buildkit_default', 'docker-container', 'buildx_buildkit_default'],
    ['docker-container://b?context=remote', 'docker-container', 'b'],
    ['ssh://me@host:2222/run/buildkitd.sock', 'ssh', 'host'],
    ['kube-pod://buildkitd-0?namespace=ci&context=c', 'kube-pod', 'buildkitd-0'],
  ])('%s', (text, kind, host) => {
    expect(parse({ endpoint: text }).endpoint).toMatchObject({ kind, host });
  });

  it.each([
    ...[
      'builder',
      'builder:1234',
      '/run/buildkitd.sock',
      'http://builder:1',
      'npipe:////./pipe/x',
      'unix://x',
      'unix:///',
    ],
    ...[
      'tcp://builder',
      'tcp://builder:1/x',
      'tcp://u@builder:1',
      'tcp://builder:1?x=y',
      'docker-container://',
      'ssh://',
    ],
    ...[
      'ssh://u:hush@host',
      'ssh://host?x',
      'ssh://host/%zz',
      'ssh://%ff@host',
      'kube-pod://',
      'ssh://-oProxyCommand=x',
      'docker-container://-h',
      'tcp://a b:1',
    ],
  ])('%s is refused', (text) => {
    const refusal = findRefusal({ endpoint: text });
    expect(refusal).toMatch(/^endpoint: input "endpoint": .*; allowed are unix:/);
    expect(refusal).not.toContain('hush');
  });

  it.each<[string, Record<string, string>]>([
    ['buildkit-version', { 'buildkit-version': 'v0.30.0' }],
    ['buildkit-path', { 'buildkit-path': '/x' }],
    ['buildkit-sha256', { 'buildkit-sha256': 'a'.repeat(64) }],
    ['buildkitd-config', { 'buildkitd-config': 'x' }],
    ['buildkitd-config-inline', { 'buildkitd-config-inline': '[log]' }],
    ['buildkitd-flags', { 'buildkitd-flags': '--debug' }],
    ['buildkitd-env', { 'buildkitd-env': 'A=1' }],
    ['registry-mirrors', { 'registry-mirrors': 'm' }],
    ['max-parallelism', { 'max-parallelism': '1' }],
    ['step-network', { 'step-network': 'bridge' }],
    ['rootless', { rootless: 'true' }],
  ])('and %s contradict each other', (name, inputs) => {
    expect(findRefusal({ endpoint: 'unix:///x', ...inputs })).toBe(
      `${name}: input "${name}": it is about a daemon that Hotlayer starts, but "endpoint" names one that runs already, with settings of its own; allowed is one of the two`,
    );
  });

  it.each<[string, Record<string, string>]>([
    ['step-network', { rootless: 'true', 'step-network': 'bridge' }],
    ['max-parallelism', { 'max-parallelism': '2', 'buildkitd-flags': '--oci-max-parallelism 3' }],
  ])('%s cannot be meant with %j', (name, inputs) => {
    expect(findRefusal(inputs)).toMatch(new RegExp(`^${name}: .*; allowed is one of the two$`));
  });
});

describe('gateway', () => {
  it.each([
    ['true', true],
    ['False', false],
    ['required', 'required'],
  ])('%s', (text, value) => {
    expect(parseInputs(toInputVariables({ gateway: text })).cache.gateway).toBe(value);
  });
});
