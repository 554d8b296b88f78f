import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../src/errors.ts';
import { listRows } from '../../src/inputs/definitions.ts';
import { describeForeignInputs } from '../../src/inputs/foreign.ts';
import { foreignInputs } from '../../src/inputs/foreign-table.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { toInputVariables } from '../helpers/input-variables.ts';

const inputNames = listRows('main').map(({ name }) => name);

/** Of action.yml of docker/build-push-action v7.3.0 (cb941d0), with a value that asks for something. */
const buildPushAction: Readonly<Record<string, string>> = {
  'add-hosts': 'docker:10.180.0.1',
  allow: 'network.host',
  annotations: 'index:org.example=x',
  attests: 'type=sbom,generator=image',
  'build-args': 'A=1',
  'build-contexts': 'base=docker-image://alpine',
  builder: 'builder-1',
  'cache-from': 'type=gha',
  'cache-to': 'type=gha,mode=max',
  call: 'check',
  'cgroup-parent': 'group',
  context: 'app',
  file: 'Dockerfile',
  labels: 'a=b',
  load: 'true',
  network: 'host',
  'no-cache': 'true',
  'no-cache-filters': 'build',
  outputs: 'type=cacheonly',
  platforms: 'linux/amd64',
  provenance: 'mode=max',
  pull: 'true',
  push: 'false',
  sbom: 'true',
  secrets: 'A=1',
  'secret-envs': 'A=B',
  'secret-files': 'A=./a',
  'shm-size': '2g',
  ssh: 'default',
  tags: 'app:1',
  target: 'web',
  ulimit: 'nofile=1024:1024',
  'github-token': 'ghs_1',
};

/** Of action.yml of docker/setup-buildx-action (v4, 37fe631; the last three are v3's). */
const setupBuildxAction: Readonly<Record<string, string>> = {
  version: 'v0.37.2',
  driver: 'remote',
  'driver-opts': 'network=host',
  'buildkitd-flags': '--debug',
  'buildkitd-config': '/etc/buildkitd.toml',
  'buildkitd-config-inline': '[log]\nformat = "json"',
  use: 'false',
  name: 'mine',
  endpoint: 'tcp://builder:1234',
  platforms: 'linux/arm64',
  append: '- name: second',
  'keep-state': 'true',
  'cache-binary': 'false',
  cleanup: 'false',
  config: '/etc/buildkitd.toml',
  'config-inline': '[log]',
  install: 'true',
};

/** Of action.yml of docker/bake-action (4574eac): those that docker/build-push-action does not have. */
const bakeAction: Readonly<Record<string, string>> = {
  files: 'docker-bake.hcl',
  set: '*.platform=linux/amd64',
  source: '.',
  targets: 'app',
  vars: 'A=1',
};

type Fate = 'declared' | 'refused' | 'noticed' | 'silent';

function findFate(name: string, value: string): Fate {
  const env = toInputVariables({ [name]: value });
  try {
    parseInputs(env);
  } catch (error) {
    if (error instanceof InputError && error.input === name) return 'refused';
    throw error;
  }
  if (inputNames.includes(name)) return 'declared';
  return describeForeignInputs(env)?.includes(`"${name}"`) === true ? 'noticed' : 'silent';
}

describe('inputs of Docker’s actions', () => {
  it.each([buildPushAction, setupBuildxAction, bakeAction].flatMap(Object.entries<string>))(
    '%s: %s is declared, refused or noticed',
    (name, value) => {
      expect(findFate(name, value)).not.toBe('silent');
    },
  );

  it('of docker/build-push-action are all declared; the builder of somebody else is refused', () => {
    const fates = Object.entries(buildPushAction).map(([name, value]) => [name, findFate(name, value)]);
    expect(fates.filter(([, fate]) => fate !== 'declared')).toEqual([['builder', 'refused']]);
  });

  it('are in the table only if they are an input of one of them, and not one of ours', () => {
    const theirs = [buildPushAction, setupBuildxAction, bakeAction].flatMap(Object.keys);
    for (const name of Object.keys(foreignInputs)) {
      expect(theirs).toContain(name);
      expect(inputNames).not.toContain(name);
    }
  });

  it.each([
    ['keep-state', 'false'],
    ['cleanup', 'true'],
    ...Object.keys(foreignInputs).flatMap((name) => [
      [name, ''],
      [name, ' \n'],
    ]),
  ])('%s: %j asks for what happens anyway', (name, value) => {
    expect(findFate(name ?? '', value ?? '')).toBe('silent');
  });

  it('are seen although the entries hide inputs from enumeration', () => {
    const env = Object.defineProperty({}, 'INPUT_DRIVER', { value: 'remote', enumerable: false });
    expect(describeForeignInputs(env)).toContain('"driver"');
  });

  it('never show credentials of an address or a key', () => {
    for (const [name, value] of [
      ['build-contexts', 'x=https://user:hunter2@host/a.git'],
      ['build-contexts', '=https://user:hunter2@host/a.git'],
      ['cache-to', 'ref=a,secret_access_key=hunter2'],
      ['endpoint', 'tcp://user:hunter2@host'],
      ['nonsense', 'hunter2'],
    ] as const) {
      const env = toInputVariables({ [name]: value });
      let told = '';
      try {
        parseInputs(env);
        told = describeForeignInputs(env) ?? '';
      } catch (error) {
        told = String(error);
      }
      expect(told).toContain(name);
      expect(told).not.toContain('hunter2');
    }
  });
});

describe('inputs that nobody has', () => {
  it.each([
    ['tag', 'tags'],
    ['build_args', 'build-args'],
    ['BUILD-ARG', 'build-args'],
    ['plattforms', 'platforms'],
    ['cachefrom', 'cache-from'],
    ['secret_env', 'secret-envs'],
    ['dockerfile', undefined],
  ])('%s: the nearest is %s', (name, nearest) => {
    const told = describeForeignInputs(toInputVariables({ [name]: 'x' }));
    expect(told).toContain(`"${name.toLowerCase()}"`);
    if (nearest === undefined) expect(told).not.toContain('did you mean');
    else expect(told).toContain(`did you mean "${nearest}"?`);
  });

  it('are told together, once', () => {
    expect(describeForeignInputs(toInputVariables({ b: '1', a: '1', tags: 'x' }))).toBe(
      'These inputs have no effect, Hotlayer does not know them: "a", "b".',
    );
  });

  it('make no noise when there are none', () => {
    expect(describeForeignInputs({ INPUT_TAGS: 'a', OTHER: 'x' })).toBeUndefined();
  });
});
