import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseJson, readNumber, readString } from '../../src/json.ts';
import { pushBaseImage } from '../helpers/base-image.ts';
import { writeContext } from '../helpers/build-context.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { Registry } from '../helpers/registry.ts';
import { RegistryFront } from '../helpers/registry-front.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

type Inputs = Readonly<Record<string, string>>;

/** Nobody answers for that name: only a proxy gets there. */
const elsewhere = 'registry.acme.invalid';
const configFile = 'buildkitd.toml';

describe('what the inputs say of the daemon has its effect', () => {
  let registry: Registry;
  /** Mirror of docker.io, and the daemon's proxy. */
  let front: RegistryFront;
  let job: Job;
  let given: Inputs;
  let first: StepResult;
  let pid = 0;
  let address = '';
  let count = 0;

  const build = async (dockerfile: string, inputs: Inputs = given): Promise<StepResult> => {
    const context = path.join(job.workspace, `context-${++count}`);
    await writeContext(context, { dockerfile });
    return job.runMain({
      ...{ context: path.basename(context), outputs: 'type=cacheonly', cache: 'none' },
      ...{ 'buildkit-path': buildkitDirectory(), ...inputs },
    });
  };
  const expectDone = ({ exitCode, log }: StepResult): void =>
    expect({ exitCode, log }).toEqual({ exitCode: 0, log });

  beforeAll(async () => {
    registry = await Registry.start();
    front = await RegistryFront.start(registry.host);
    job = await Job.start();
    await writeContext(job.workspace, { dockerfile: '' });
    await writeFile(path.join(job.workspace, configFile), `[registry."${elsewhere}"]\nhttp = true\n`);
    for (const repository of ['library/base', 'acme/base'])
      await pushBaseImage(registry.host, {
        ...{ repository, tag: '1' },
        files: path.join(job.workspace, 'rootfs'),
      });
    given = {
      'registry-mirrors': `http://${front.host}`,
      'max-parallelism': '1',
      'buildkitd-flags': '--oci-worker-labels=org.example.team=ci',
      'buildkitd-env': `HTTP_PROXY=http://${front.host}\nNO_PROXY=127.0.0.1`,
      'buildkitd-config': configFile,
    };
    first = await build('FROM base:1\nRUN test -x /bin/busybox && env > /dev/stderr\n');
    const record = parseJson(await readFile(path.join(job.temp, 'hotlayer', 'job.json'), 'utf8'));
    pid = readNumber(record, 'daemon', 'pid') ?? 0;
    address = `unix://${readString(record, 'daemon', 'socket')}`;
  });
  afterAll(async () => {
    await job.runPosts();
    const left = findLeftovers(job.directory);
    await job.remove();
    await front.stop();
    await registry.stop();
    expect(left).toEqual([]);
  });

  it('registry-mirrors: an image of Docker Hub comes from the mirror', () => {
    expectDone(first);
    expect(front.requests).toContainEqual(
      expect.stringMatching(/^HEAD \/v2\/library\/base\/manifests\/1(?:\?ns=docker\.io)?$/),
    );
    expect(front.requests).toContainEqual(expect.stringMatching(/^GET \/v2\/library\/base\/blobs\//));
  });

  it('buildkitd-flags: on its command line, and known to its clients', () => {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    expect(words).toContain(given['buildkitd-flags']);
    const args = ['--addr', address, 'debug', 'workers', '--verbose'];
    const workers = execFileSync(path.join(buildkitDirectory(), 'buildctl'), args, { encoding: 'utf8' });
    expect(workers).toMatch(/org\.example\.team:\s*ci/);
  });

  it('buildkitd-env and buildkitd-config: it pulls by its proxy, with plain HTTP, and no step sees the proxy', async () => {
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')).toContain(
      `HTTP_PROXY=http://${front.host}`,
    );
    front.requests.length = 0;
    const result = await build(`FROM ${elsewhere}/acme/base:1\nRUN echo "proxy <$HTTP_PROXY>"\n`);
    expectDone(result);
    expect(result.log).toContain('| proxy <>');
    expect(first.log).not.toContain(`| HTTP_PROXY=`);
    expect(front.requests).toContainEqual(`HEAD http://${elsewhere}/v2/acme/base/manifests/1`);
  });

  it('max-parallelism: two steps that wait for each other never meet', async () => {
    const step = (own: string, other: string) =>
      `FROM scratch AS ${own}\nCOPY rootfs/ /\nRUN --mount=type=cache,id=meeting,target=/m echo > /m/${own}; for i in $(seq 10); do if test -e /m/${other}; then echo "${own} met"; exit; fi; sleep 0.1; done; busybox rm /m/${own}; echo "${own} alone" > /result\n`;
    const result = await build(
      `${step('a', 'b')}${step('b', 'a')}FROM scratch\nCOPY --from=a /result /a\nCOPY --from=b /result /b\n`,
    );
    expectDone(result);
  });

  it.each<[string, Inputs, string]>([
    ['another file', { 'buildkitd-config': 'other.toml' }, 'buildkitd with another "buildkitd-config"'],
    [
      'the same text inline, and more',
      { 'buildkitd-config': '', 'buildkitd-config-inline': 'debug = true' },
      'buildkitd with another "buildkitd-config"',
    ],
    ['other variables', { 'buildkitd-env': 'A=hunter2' }, 'buildkitd with another "buildkitd-env"'],
    [
      'other flags',
      { 'buildkitd-flags': '--debug' },
      'buildkitd with "buildkitd-flags" "--oci-worker-labels=org.example.team=ci"',
    ],
    ['another number', { 'max-parallelism': '2' }, 'buildkitd with "max-parallelism" "1"'],
    ['another mirror', { 'registry-mirrors': 'mirror.example' }, 'buildkitd with "registry-mirrors"'],
  ])('a later step of the job with %s is refused', async (_, inputs, earlier) => {
    await writeFile(path.join(job.workspace, 'other.toml'), 'debug = true\n');
    const result = await build('FROM scratch\nCOPY Dockerfile /\n', { ...given, ...inputs });
    expect(result.exitCode).toBe(1);
    expect(result.log.match(/^::error.*$/gm)).toEqual([
      expect.stringContaining(`contradicts an earlier step of this job, which started ${earlier}`),
    ]);
    expect(result.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('hunter2');
  });

  it('a later step that says nothing of it joins, and is told of nothing', async () => {
    const result = await build('FROM scratch\nCOPY Dockerfile /\n', {});
    expectDone(result);
    expect(result.log).toContain(`(pid ${pid})`);
    expect(result.log).not.toContain('::notice');
  });
});
