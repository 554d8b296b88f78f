import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseInputs } from '../../../src/inputs/inputs.ts';
import { checkLoad, type DockerEngine, findLoadFault, parseEngine } from '../../../src/step/docker-engine.ts';
import { toInputVariables } from '../../helpers/input-variables.ts';

const parse = (inputs: Readonly<Record<string, string>>) => parseInputs(toInputVariables(inputs));

const classic = { Driver: 'overlay2', DriverStatus: [['Backing Filesystem', 'extfs']] };
const containerd = {
  Driver: 'overlayfs',
  DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
};
const single: DockerEngine = { kind: 'reachable', holdsIndexes: false };
const indexes: DockerEngine = { kind: 'reachable', holdsIndexes: true };

describe('what a Docker engine can take', () => {
  it.each([
    [classic, single],
    [containerd, indexes],
    [{}, single],
    [undefined, single],
    [{ DriverStatus: 'x' }, single],
  ])('%j', (info, expected) => {
    expect(parseEngine(info)).toEqual(expected);
  });

  it.each<[Record<string, string>, DockerEngine, RegExp | undefined]>([
    [{ load: 'true' }, single, undefined],
    [{ load: 'true' }, { kind: 'unknown' }, undefined],
    [{ load: 'true' }, { kind: 'unreachable', reason: 'it is out' }, /^input "load": .*it is out.*allowed/],
    [{ outputs: 'type=docker' }, { kind: 'unreachable', reason: 'x' }, /^input "outputs": .*allowed/],
    [
      { load: 'true', platforms: 'linux/amd64,linux/arm64' },
      single,
      /^input "platforms": .*linux\/arm64.*containerd-snapshotter/,
    ],
    [{ load: 'true', platforms: 'linux/amd64,linux/arm64' }, indexes, undefined],
    [{ load: 'true', platforms: 'linux/arm64' }, single, undefined],
    [{ load: 'true', provenance: 'true' }, single, /^input "provenance": .*allowed is one platform/],
    [{ load: 'true', provenance: 'false', sbom: 'false' }, single, undefined],
    [{ load: 'true', sbom: 'true' }, single, /^input "sbom"/],
    [{ load: 'true', attests: 'type=sbom' }, single, /^input "attests": .*type=sbom/],
    [{ load: 'true', attests: 'type=sbom', sbom: 'false' }, single, undefined],
    [{ load: 'true', attests: 'type=sbom,disabled=true' }, single, undefined],
    [{ load: 'true', attests: 'type=sbom' }, indexes, undefined],
  ])('%j into %j', (inputs, engine, expected) => {
    const fault = findLoadFault(parse(inputs), engine);
    if (expected === undefined) expect(fault).toBeUndefined();
    else expect(fault?.message).toMatch(expected);
  });
});

describe('the engine is asked before the build', () => {
  let directory: string;
  let server: Server | undefined;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-docker-'));
  });
  afterEach(async () => {
    if (server !== undefined) await once(server.close(), 'close');
    server = undefined;
    await rm(directory, { recursive: true, force: true });
  });

  const several = { load: 'true', platforms: 'linux/amd64,linux/arm64' };
  const check = (inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>) =>
    checkLoad(parse(inputs), { PATH: '/nowhere', ...env }, directory);

  async function serve(status: number, body: unknown): Promise<string> {
    const asked = createServer((request, response) => {
      response.statusCode = request.url === '/info' ? status : 404;
      response.end(JSON.stringify(body));
    });
    server = asked;
    const socket = path.join(directory, 'docker.sock');
    await once(asked.listen(socket), 'listening');
    return `unix://${socket}`;
  }

  it('over its socket', async () => {
    const DOCKER_HOST = await serve(200, classic);
    await expect(check(several, { DOCKER_HOST })).rejects.toThrow(/single images only/);
    await expect(check({ load: 'true' }, { DOCKER_HOST })).resolves.toBeUndefined();
  });

  it('one with the containerd store takes several platforms', async () => {
    await expect(check(several, { DOCKER_HOST: await serve(200, containerd) })).resolves.toBeUndefined();
  });

  it('one that answers with an error is none', async () => {
    const DOCKER_HOST = await serve(500, {});
    await expect(check({ load: 'true' }, { DOCKER_HOST })).rejects.toThrow(/docker\.sock: it answered 500/);
  });

  it('nobody is asked where nothing is loaded', async () => {
    const DOCKER_HOST = 'unix:///nowhere';
    for (const inputs of [{ tags: 'a' }, { call: 'check', outputs: 'type=docker' }])
      await expect(check(inputs, { DOCKER_HOST })).resolves.toBeUndefined();
  });

  it.each([
    [`echo '${JSON.stringify(containerd)}'`, undefined],
    [`echo '${JSON.stringify(classic)}'`, /single images only/],
    [`echo '${JSON.stringify({ ServerErrors: ['the engine is out'] })}'; exit 1`, /the engine is out/],
    ['echo no such context >&2; exit 1', /no such context/],
  ])('by the Docker CLI where there is one: %s', async (script, expected) => {
    const docker = path.join(directory, 'docker');
    await writeFile(docker, `#!/bin/sh\n${script}\n`);
    await chmod(docker, 0o755);
    const checked = check(several, { PATH: `${directory}:/usr/bin:/bin`, DOCKER_CONTEXT: 'far' });
    if (expected === undefined) await expect(checked).resolves.toBeUndefined();
    else await expect(checked).rejects.toThrow(expected);
  });

  it('by the Docker CLI: each context that an output names, and only those', async () => {
    const docker = path.join(directory, 'docker');
    await writeFile(
      docker,
      `#!/bin/sh\necho "$1" >> ${directory}/asked\necho '${JSON.stringify(classic)}'\n`,
    );
    await chmod(docker, 0o755);
    const outputs =
      'type=docker,context=a\ntype=docker,context=--b\ntype=docker,context=a\ntype=docker,dest=x';
    await check({ load: 'true', outputs }, { PATH: `${directory}:/usr/bin:/bin` });
    expect(await readFile(path.join(directory, 'asked'), 'utf8')).toBe('--context=a\n--context=--b\n');
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['another host', {}, { DOCKER_HOST: 'ssh://far' }],
    ['the context of the step', {}, { DOCKER_CONTEXT: 'far' }],
    ['the context of the Docker config', {}, { DOCKER_CONFIG: 'config' }],
    ['the context of an output', { outputs: 'type=docker,context=far' }, { DOCKER_HOST: 'unix:///nowhere' }],
  ])('an engine elsewhere is left to buildx where no CLI is there to ask: %s', async (_, inputs, env) => {
    await mkdir(path.join(directory, 'config'));
    await writeFile(path.join(directory, 'config', 'config.json'), '{"currentContext":"far"}');
    await expect(check({ ...several, ...inputs }, env)).resolves.toBeUndefined();
  });

  it.each<[string, string]>([
    ['default', '{"currentContext":"default"}'],
    ['none', '{}'],
    ['a config that is none', 'foo_bar'],
  ])('the context %s is the host of the step', async (_, config) => {
    await writeFile(path.join(directory, 'config.json'), config);
    const env = { DOCKER_CONFIG: directory, DOCKER_HOST: '' };
    await expect(check({ load: 'true' }, env)).rejects.toThrow(/docker\.sock/);
    const DOCKER_HOST = await serve(200, classic);
    await expect(check({ outputs: 'type=docker,context=default' }, { DOCKER_HOST })).resolves.toBeUndefined();
  });
});
