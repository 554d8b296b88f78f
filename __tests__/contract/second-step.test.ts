import { describe, expect, it } from '@jest/globals';
import { toAttestations } from '../../src/buildkit/solve/attestations.ts';
import { toBuildCommand } from '../../src/buildkit/solve/build-arguments.ts';
import { listOutputs } from '../../src/buildkit/solve/build-outputs.ts';
import { noCache } from '../../src/buildkit/solve/cache-flags.ts';
import { toGitAuth } from '../../src/buildkit/solve/git-auth.ts';
import { toWords } from '../../src/cache/cache-entries.ts';
import { locateByGateway } from '../../src/cache/gateway-locate.ts';
import { InputError } from '../../src/errors.ts';
import { listRows } from '../../src/inputs/definitions.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { toIdentity, toPolicyInputs } from '../../src/plan/identity.ts';
import {
  listIgnoredSettings,
  readDaemonSettings,
  refuseOtherClient,
  refuseOtherDaemon,
} from '../../src/step/daemon-settings.ts';
import { toInputVariables } from '../helpers/input-variables.ts';

/** For each input a value that is not the default, and what else it needs to mean something. */
const samples: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  context: { context: 'app' },
  file: { file: 'Containerfile' },
  target: { target: 'web' },
  platforms: { platforms: 'linux/arm64' },
  tags: { tags: 'a:1' },
  push: { push: 'true', tags: 'a:1' },
  'push-retries': { 'push-retries': '5', push: 'true', tags: 'a:1' },
  outputs: { outputs: 'type=oci,dest=x' },
  'build-args': { 'build-args': 'A=1' },
  labels: { labels: 'a=b' },
  secrets: { secrets: 'A=1' },
  'secrets-yaml': { 'secrets-yaml': 'A: 1' },
  'no-cache': { 'no-cache': 'true' },
  pull: { pull: 'true' },
  cache: { cache: 'none' },
  'cache-to-attrs': { 'cache-to-attrs': 'ref=a/b', cache: 'registry', 'cache-from-attrs': 'ref=c/d' },
  'cache-from-attrs': { 'cache-from-attrs': 'ref=c/d', cache: 'registry', 'cache-to-attrs': 'ref=a/b' },
  'max-size': { 'max-size': '3GB', cache: 'local', 'cache-to-attrs': 'dest=/c' },
  scope: { scope: 's' },
  mode: { mode: 'min' },
  'pr-export': { 'pr-export': 'never' },
  'tag-export': { 'tag-export': 'true' },
  'read-only': { 'read-only': 'true' },
  'release-import': { 'release-import': 'false' },
  'trusted-context': { 'trusted-context': 'true' },
  'allow-untrusted-export': { 'allow-untrusted-export': 'true' },
  compression: { compression: 'gzip' },
  'compression-level': { 'compression-level': '3' },
  gateway: { gateway: 'false' },
  'drain-timeout': { 'drain-timeout': '1h' },
  matrix: { matrix: '{"os":"x"}' },
  'buildkit-version': { 'buildkit-version': 'v0.30.0' },
  'buildkit-path': { 'buildkit-path': '/some/bin' },
  'buildkit-sha256': { 'buildkit-sha256': 'a'.repeat(64) },
  'buildx-version': { 'buildx-version': 'v0.36.0' },
  'buildx-path': { 'buildx-path': '/some/buildx' },
  'buildx-sha256': { 'buildx-sha256': 'b'.repeat(64) },
  'buildkitd-config-inline': { 'buildkitd-config-inline': '[dns]\nnameservers = ["10.0.0.1"]' },
  'buildkitd-config': { 'buildkitd-config': 'buildkitd.toml' },
  'buildkitd-flags': { 'buildkitd-flags': '--debug' },
  'buildkitd-env': { 'buildkitd-env': 'A=1' },
  'registry-mirrors': { 'registry-mirrors': 'mirror.example.com' },
  'max-parallelism': { 'max-parallelism': '2' },
  'step-network': { 'step-network': 'bridge' },
  rootless: { rootless: 'true' },
  endpoint: { endpoint: 'unix:///run/buildkit/buildkitd.sock' },
  'github-token': { 'github-token': 'ghs_1', context: 'https://github.com/o/r.git' },
  summary: { summary: 'false' },
  'check-annotations': { 'check-annotations': 'false' },
  'build-contexts': { 'build-contexts': 'a=b' },
  'secret-envs': { 'secret-envs': 'A=B' },
  'secret-files': { 'secret-files': 'A=b' },
  ssh: { ssh: 'default' },
  'no-cache-filters': { 'no-cache-filters': 'a' },
  'add-hosts': { 'add-hosts': 'a:1.2.3.4' },
  network: { network: 'none' },
  'shm-size': { 'shm-size': '2g' },
  ulimit: { ulimit: 'nofile=1' },
  'cgroup-parent': { 'cgroup-parent': 'a' },
  allow: { allow: 'network.host' },
  call: { call: 'check' },
  annotations: { annotations: 'a=b' },
  load: { load: 'true' },
  provenance: { provenance: 'false' },
  sbom: { sbom: 'true' },
  attests: { attests: 'type=sbom' },
  'cache-from': { 'cache-from': 'a/b' },
  'cache-to': { 'cache-to': 'type=inline' },
};

/** Always an error. */
const refused: ReadonlySet<string> = new Set(['builder']);

const inputNames = listRows('main').map(({ name }) => name);

/** run.ts hands these on as they are; `two steps of one job` (e2e) shows that a second step obeys them. */
const seenInRun: ReadonlySet<string> = new Set([
  ...['gateway', 'summary', 'push-retries', 'endpoint'],
  // Each step chooses the back end of its own caches.
  ...['cache', 'cache-to-attrs', 'cache-from-attrs', 'max-size'],
]);

/** All that a step decides with its inputs once a daemon runs. */
function toEffects(values: Readonly<Record<string, string>>): string {
  const inputs = parseInputs(toInputVariables(values));
  const { builds, ...route } = locateByGateway({
    settings: inputs.cache,
    outputs: listOutputs(inputs.image),
    plans: [{ imports: ['dev'], export: 'dev' }],
    gatewayUrl: 'http://127.0.0.1:4000',
    seen: { scopes: [], zstd: false },
    descriptions: [],
    obstacle: undefined,
  });
  const [build = noCache] = builds;
  const command = toBuildCommand({
    inputs,
    cache: { ...build, words: toWords(build.export), environment: {}, dockerConfig: undefined },
    cachedLayers: route.cachedLayers,
    builder: { name: 'hotlayer', configDirectory: '/job/buildx' },
    attestations: [],
    metadataFile: '/m',
    workspace: '/work',
    environment: {},
    gitAuth: toGitAuth(inputs.build, 'https://github.com/o/r.git'),
  });
  const attestations = toAttestations({
    ...{ asked: inputs.image, outputs: listOutputs(inputs.image), isPublic: true, builderId: undefined },
    ...{ version: 'v0.33.1', environment: {} },
  });
  return JSON.stringify([
    route,
    command,
    attestations,
    inputs.report.checkAnnotations,
    toIdentity(inputs, 'linux/amd64'),
    toPolicyInputs(inputs.cache),
  ]);
}

async function isSaid(values: Readonly<Record<string, string>>): Promise<boolean> {
  const inputs = parseInputs(toInputVariables(values));
  const { buildkitdConfig, buildkitdConfigInline } = inputs.daemon;
  // Any text will do for that of the file.
  const toml = buildkitdConfig === undefined ? buildkitdConfigInline : '[log]\nformat = "json"';
  const text = toml === undefined ? undefined : ({ input: 'buildkitd-config', toml } as const);
  const earlier = await readDaemonSettings(parseInputs({}), {}, '/workspace', undefined);
  const asked = await readDaemonSettings(inputs, {}, '/workspace', text);
  try {
    await refuseOtherDaemon(asked, earlier, { buildctl: '/nowhere/buildctl', version: 'v0.33.1' });
    await refuseOtherClient(asked, earlier, { buildx: '/nowhere/buildx' });
  } catch (error) {
    if (error instanceof InputError) return true;
    throw error;
  }
  return listIgnoredSettings(asked, earlier).length > 0;
}

describe('each input of a second step', () => {
  it.each(inputNames.filter((name) => !refused.has(name)))(
    '%s acts, or it is said that it does not',
    async (name) => {
      const sample = samples[name];
      if (sample === undefined) throw new Error(`the input ${name} has no sample here`);
      const { [name]: _, ...without } = sample;
      const acts = toEffects(sample) !== toEffects(name === 'push' ? {} : without);
      expect({ acts: acts || seenInRun.has(name), said: await isSaid(sample) }).toEqual(
        acts || seenInRun.has(name) ? { acts: true, said: false } : { acts: false, said: true },
      );
    },
  );
});
