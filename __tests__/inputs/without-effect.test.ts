import { describe, expect, it } from '@jest/globals';
import { confineSecrets } from '../../src/confinement.ts';
import { describeForeignVariables } from '../../src/inputs/foreign-variables.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { findNearest } from '../../src/inputs/nearest.ts';
import { listWithoutEffect } from '../../src/inputs/without-effect.ts';
import { toInputVariables } from '../helpers/input-variables.ts';

const parse = (inputs: Readonly<Record<string, string>> = {}) => parseInputs(toInputVariables(inputs));

describe('inputs without an effect beside the others', () => {
  it.each<[Record<string, string>, string, string]>([
    [{ 'read-only': 'true', mode: 'min' }, 'mode', 'read-only'],
    [{ 'read-only': 'true', 'tag-export': 'true' }, 'tag-export', 'read-only'],
    [{ 'read-only': 'true', 'trusted-context': 'true' }, 'trusted-context', 'read-only'],
    [{ 'read-only': 'true', 'compression-level': '3' }, 'compression-level', 'read-only'],
    [{ 'read-only': 'true', 'drain-timeout': '1h' }, 'drain-timeout', 'read-only'],
    [{ 'read-only': 'true', gateway: 'false', 'drain-timeout': '0' }, 'drain-timeout', 'read-only'],
    [{ gateway: 'false', 'drain-timeout': '5s' }, 'drain-timeout', 'without the gateway'],
    [{ 'max-size': '1GB' }, 'max-size', 'cache: local'],
    [{ cache: 'none', scope: 'a' }, 'scope', 'cache: none'],
    [{ cache: 'none', mode: 'max' }, 'mode', 'cache: none'],
    [
      { cache: 'registry', 'cache-to-attrs': 'ref=a/b', gateway: 'false' },
      'gateway',
      'go through the gateway',
    ],
    [
      { cache: 'azblob', 'cache-to-attrs': 'account_url=https://a', 'drain-timeout': '1s' },
      'drain-timeout',
      'without the gateway',
    ],
    [{ 'push-retries': '5' }, 'push-retries', 'nothing is pushed'],
    [
      { tags: 'a', 'push-retries': '0', outputs: 'type=image,push=false' },
      'push-retries',
      'nothing is pushed',
    ],
    [{ tags: 'a', outputs: 'type=local,dest=x\ntype=tar,dest=y' }, 'tags', 'outputs'],
    [{ outputs: 'type=image,name=a,push-by-digest=true' }, 'outputs', 'push-by-digest'],
    [{ outputs: 'type=image,name=a,push-by-digest=1,push=false' }, 'outputs', 'push-by-digest'],
    [{ call: 'check', tags: 'a' }, 'tags', 'call: check'],
    [{ call: 'outline,format=json', outputs: 'type=local,dest=x' }, 'outputs', 'call: outline'],
    [{ 'cache-from': 'type=registry,ref=a\ntype=gha' }, 'cache-from', 'by the event'],
    [{ 'cache-to': 'type=gha,mode=max' }, 'cache-to', 'by the event'],
    [{ 'cache-to': 'type=gha,scope=web' }, 'cache-to', 'scope=web is outside of its plan: "scope: web"'],
    [{ secrets: 'A=1', 'secret-envs': 'A=B' }, 'secrets', 'secret A is given 2 times'],
    [{ secrets: 'A=1\nA=2\nA=3' }, 'secrets', 'secret A is given 3 times'],
    [{ secrets: 'A=1', 'secret-files': 'A=x' }, 'secret-files', 'secret A'],
  ])('%j: %s', (inputs, name, why) => {
    const told = listWithoutEffect(parse(inputs));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`"${name}"`);
    expect(told[0]).toContain(why);
  });

  it.each<[Record<string, string>]>([
    [{}],
    [{ 'read-only': 'true' }],
    [{ 'read-only': 'true', 'drain-timeout': '600s' }],
    // What depends on the event stands in workflows of other events too.
    [{ 'pr-export': 'never', 'tag-export': 'true', 'release-import': 'false', 'trusted-context': 'true' }],
    [{ 'drain-timeout': '1h', mode: 'min', 'compression-level': '3' }],
    [{ tags: 'a', outputs: 'type=local,dest=x\ntype=oci,dest=y' }],
    [{ tags: 'a', push: 'true', outputs: 'type=local,dest=x' }],
    [{ tags: 'a', outputs: 'type=cacheonly' }],
    [{ tags: 'a', push: 'true', 'push-retries': '5' }],
    [{ outputs: 'type=registry,name=a', 'push-retries': '0' }],
    [{ 'push-retries': '2' }],
    [{ outputs: 'type=image,name=a,push-by-digest=true,push=true' }],
    [{ call: 'build', tags: 'a' }],
    [{ call: 'check', outputs: 'type=cacheonly' }],
    [{ 'cache-from': 'a/b', 'cache-to': 'type=inline' }],
    // Without a value it does not count.
    [{ secrets: 'A=', 'secret-envs': 'A=B' }],
  ])('%j: nothing to tell', (inputs) => {
    expect(listWithoutEffect(parse(inputs))).toEqual([]);
  });
});

describe('variables that buildx obeys', () => {
  it.each([
    ['BUILDX_BUILDER', 'mine'],
    ['BUILDX_CONFIG', '/etc/buildx'],
    ['BUILDKIT_HOST', 'tcp://elsewhere'],
    ['DOCKER_HOST', 'tcp://docker:2375'],
    ['DOCKER_CONTEXT', 'remote'],
    ['BUILDER_NODE_0_AUTH_TLS_KEY', 'hunter2'],
    ['BUILDER_NODE_1_AUTH_TLS_KEY', 'hunter2'],
    ['DOCKER_DEFAULT_PLATFORM', 'linux/arm64'],
    ['DOCKER_BUILD_RECORD_UPLOAD', 'true'],
    ['DOCKER_BUILD_RECORD_RETENTION_DAYS', '7'],
    ['BUILDX_METADATA_WARNINGS', 'false'],
    ['BUILDKIT_PROGRESS', 'quiet'],
  ])('%s=%s is told by name, without its value', (name, value) => {
    const told = describeForeignVariables({ PATH: '/bin', [name]: value }, parse());
    expect(told).toContain(name);
    expect(told).not.toContain('hunter2');
  });

  it.each<[string, string, Record<string, string>?]>([
    ['BUILDX_BUILDER', ''],
    ['BUILDX_BUILDER', ' '],
    ['DOCKER_HOST', 'unix:///var/run/docker.sock'],
    ['DOCKER_CONTEXT', 'default'],
    ['BUILDKIT_HOST', 'unix:///runner/_temp/hotlayer/buildkit-0123456789ab/buildkitd.sock'],
    ['BUILDKIT_HOST', 'unix:///tmp/hotlayer-aBc123/buildkitd.sock'],
    ['DOCKER_DEFAULT_PLATFORM', 'linux/arm64', { platforms: 'linux/amd64' }],
    ['DOCKER_BUILD_SUMMARY', 'true'],
    ['DOCKER_BUILD_SUMMARY', 'false', { summary: 'false' }],
    ['DOCKER_BUILD_RECORD_UPLOAD', 'false'],
    ['BUILDX_NO_DEFAULT_ATTESTATIONS', '1'],
    ['BUILDX_METADATA_PROVENANCE', 'max'],
    ['BUILDX_METADATA_WARNINGS', 'true'],
    ['BUILDX_GIT_CHECK_DIRTY', '1'],
    ['BUILDX_DEFAULT_POLICY', 'true'],
    ['BUILDX_GIT_LABELS', 'full'],
    ['BUILDKIT_PROGRESS', 'plain'],
    // These work.
    ['DOCKER_BUILD_CHECKS_ANNOTATIONS', 'false'],
    ['DOCKER_DEFAULT_GIT_CONTEXT_PR_HEAD_REF', 'true'],
    ['BUILDX_SEND_GIT_QUERY_AS_INPUT', 'true'],
    ['BUILDX_NO_DEFAULT_OCI_ARTIFACT', 'true'],
    ['BUILDX_GIT_INFO', 'false'],
    ['DOCKER_HOST', 'tcp://docker:2375', { load: 'true' }],
    ['DOCKER_CONTEXT', 'remote', { outputs: 'type=docker' }],
    ['BUILDER_NODE_0_AUTH_TLS_KEY', 'key', { endpoint: 'tcp://builder:1234' }],
    ['SOURCE_DATE_EPOCH', '0'],
    ['EXPERIMENTAL_BUILDKIT_SOURCE_POLICY', 'policy.json'],
    ['DOCKER_CONFIG', '/config'],
    // Of `buildx bake` alone.
    ['BUILDX_BAKE_FILE', 'x.hcl'],
    ['XBUILDX_BUILDER', 'x'],
  ])('%s=%s with %j makes no noise', (name, value, inputs = {}) => {
    expect(describeForeignVariables({ [name]: value }, parse(inputs))).toBeUndefined();
  });

  it('are seen although the entries hide those with keys from enumeration', () => {
    const env = confineSecrets({ BUILDER_NODE_0_AUTH_TLS_KEY: 'hunter2' });
    expect(describeForeignVariables(env, parse())).toContain('BUILDER_NODE_0_AUTH_TLS_KEY');
  });

  it('are told together', () => {
    const told = describeForeignVariables({ DOCKER_CONTEXT: 'x', BUILDX_BUILDER: 'y' }, parse());
    expect(told).toMatch(/^These variables have no effect .*BUILDX_BUILDER .*DOCKER_CONTEXT .*\.$/);
  });
});

describe('findNearest', () => {
  it.each([
    ['tag', ['tags', 'target'], 'tags'],
    ['build_args', ['build-args'], 'build-args'],
    ['use', ['push', 'pull'], undefined],
    ['x', ['a', 'b'], undefined],
    ['', ['a'], undefined],
  ])('of %j in %j is %s', (written, known, expected) => {
    expect(findNearest(written, known)).toBe(expected);
  });
});
