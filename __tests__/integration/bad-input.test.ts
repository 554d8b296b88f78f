import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildkitDirectory, Job } from '../helpers/runner.ts';

/** Each row: what is wrong, the inputs and variables, and what the annotation must name. */
const rows: readonly (readonly [
  string,
  Record<string, string>,
  Record<string, string>,
  readonly string[],
])[] = [
  ['unknown mode', { mode: 'medium' }, {}, ['"mode"', 'medium', 'max, min']],
  ['scope that is empty after trimming', { scope: '   ' }, {}, ['"scope"', 'empty']],
  ['scope with control characters', { scope: 'a\u0007b' }, {}, ['"scope"', 'control characters']],
  ['a context that does not exist', { context: 'nowhere' }, {}, ['"context"', 'nowhere']],
  [
    'a Dockerfile that does not exist',
    { context: '.', file: 'Dockerfile.none' },
    {},
    ['"file"', 'Dockerfile.none'],
  ],
  ['a malformed build arg', { 'build-args': '=value' }, {}, ['"build-args"', '=value']],
  ['a malformed secret', { secrets: 'no-value' }, {}, ['"secrets"']],
  [
    'a malformed platform',
    { platforms: 'linux/amd64/v1/extra' },
    {},
    ['"platforms"', 'linux/amd64/v1/extra'],
  ],
  ['a malformed tag', { tags: 'Upper/Case:1' }, {}, ['"tags"', 'Upper/Case:1']],
  ['a malformed Git URL', { context: 'https://user:pass@github.com/o/r.git' }, {}, ['"context"']],
  ['push without tags or an output', { push: 'true' }, {}, ['"push"', 'tags']],
  [
    'contradictory inputs',
    { 'buildkit-path': '/usr', 'buildkit-sha256': 'a'.repeat(64) },
    {},
    ['"buildkit-path"', '"buildkit-sha256"'],
  ],
  ['a boolean that is none', { gateway: 'maybe' }, {}, ['"gateway"', 'maybe', 'true, false, required']],
  ['a matrix that is not JSON', { matrix: '{' }, {}, ['"matrix"']],
  ['a BuildKit that is not there', { 'buildkit-path': '/nowhere' }, {}, ['"buildkit-path"', '/nowhere']],
  ['a BuildKit that is none', { 'buildkit-path': '/usr/bin/env' }, {}, ['"buildkit-path"', '/usr/bin/env']],
  ['a BuildKit version that is none', { 'buildkit-version': 'latest' }, {}, ['"buildkit-version"', 'latest']],
  ['a builder of somebody else', { builder: 'mine' }, {}, ['"builder"', 'mine', '"endpoint"']],
  ['a context that is not there', { 'build-contexts': 'a=b' }, {}, ['"build-contexts"', 'a=b']],
  [
    'load without an engine',
    { load: 'true', tags: 'a' },
    { DOCKER_HOST: 'unix:///nowhere/docker.sock', PATH: '/nowhere' },
    ['"load"', 'no Docker engine answers', '/nowhere/docker.sock', 'dest=image.tar'],
  ],
  [
    'a secret file that is not there',
    { 'secret-files': 'A=nowhere' },
    {},
    ['"secret-files"', '"A"', 'does not exist'],
  ],
  ['an SSH agent that is not there', { ssh: 'default' }, { SSH_AUTH_SOCK: '' }, ['"ssh"', 'SSH_AUTH_SOCK']],
  ['an SSH key that is not there', { ssh: 'k=nowhere' }, {}, ['"ssh"', 'nowhere']],
  ['~ in the context', { context: '~/app' }, {}, ['"context"', '~/app']],
  ['~ in the Dockerfile', { file: '~/Dockerfile' }, {}, ['"file"', '~/Dockerfile']],
  ['~ in an output', { outputs: 'type=local,dest=~/out' }, {}, ['"outputs"', '~/out']],
  ['~ in a bare path', { outputs: '~' }, {}, ['"outputs"', '"~"']],
  [
    '~ of somebody in the path of BuildKit',
    { 'buildkit-path': '~me/bin' },
    {},
    ['"buildkit-path"', '~me/bin'],
  ],
  [
    'push-by-digest with a tag',
    { tags: 'ghcr.io/o/r:1', outputs: 'type=image,push-by-digest=true,push=true' },
    {},
    ['"outputs"', 'push-by-digest', 'ghcr.io/o/r:1'],
  ],
  [
    'push-by-digest with a tag in the entry',
    { outputs: 'type=registry,"name=ghcr.io/o/r,ghcr.io/o/r:1",push-by-digest=1' },
    {},
    ['"outputs"', 'push-by-digest', 'ghcr.io/o/r:1'],
  ],
  [
    'a name in upper case in an output',
    { outputs: 'type=image,name=ghcr.io/O/r' },
    {},
    ['"outputs"', 'ghcr.io/O/r'],
  ],
  ['an output without a destination', { outputs: 'type=local,dest=' }, {}, ['"outputs"', 'needs dest']],
  [
    'an output through a file',
    { outputs: 'type=local,dest=Dockerfile/x' },
    {},
    ['"outputs"', 'Dockerfile/x'],
  ],
  ['the temporary directory as context', { context: '../temp' }, {}, ['"context"', 'hotlayer']],
  [
    'the temporary directory as named context',
    { 'build-contexts': 'temp=../temp' },
    {},
    ['"build-contexts"', '../temp', 'hotlayer'],
  ],
  ['the temporary directory as output', { outputs: '../temp' }, {}, ['"outputs"', 'hotlayer']],
  [
    'a source policy that is not there',
    {},
    { EXPERIMENTAL_BUILDKIT_SOURCE_POLICY: 'nowhere.json' },
    ['EXPERIMENTAL_BUILDKIT_SOURCE_POLICY', 'nowhere.json'],
  ],
  ...(
    [
      ['unquoted', { 'buildkitd-flags': '--debug "' }, ['"buildkitd-flags"', 'is not closed']],
      [
        'a socket',
        { 'buildkitd-flags': '--debug --addr=tcp://0.0.0.0:1' },
        ['--addr', 'unix socket of the job'],
      ],
      ['no variable', { 'buildkitd-env': 'hush' }, ['"buildkitd-env"', 'KEY=VALUE']],
      ['a variable of ours', { 'buildkitd-env': 'PATH=/x' }, ['"buildkitd-env"', '"PATH"']],
      ['a mirror that is none', { 'registry-mirrors': 'docker.io=' }, ['"registry-mirrors"', 'docker.io=']],
      ['no steps at all', { 'max-parallelism': '0' }, ['"max-parallelism"', '"0"']],
      ['an unknown network', { 'step-network': 'none' }, ['"step-network"', 'host, bridge']],
      ['rootless as root', { rootless: 'true' }, ['"rootless"', 'root']],
      [
        'a network without root',
        { rootless: 'true', 'step-network': 'bridge' },
        ['"step-network"', 'rootless'],
      ],
      ['a file that is not there', { 'buildkitd-config': 'gone.toml' }, ['"buildkitd-config"', 'gone.toml']],
      ['no address', { endpoint: 'builder:1234' }, ['"endpoint"', 'builder:1234', 'unix://']],
      [
        'a version of another daemon',
        { endpoint: 'unix:///x', 'buildkit-version': 'v0.30.0' },
        ['"buildkit-version"', '"endpoint"'],
      ],
      [
        'a network of another daemon',
        { endpoint: 'unix:///x', 'step-network': 'bridge' },
        ['"step-network"', '"endpoint"'],
      ],
      [
        'a gateway that cannot be reached',
        { endpoint: 'unix:///x', gateway: 'required' },
        ['"gateway"', 'unix:///x'],
      ],
      [
        'a mirror twice',
        {
          'registry-mirrors': 'm.example',
          'buildkitd-config-inline': '[registry."docker.io"]\nmirrors = ["n.example"]',
        },
        ['"buildkitd-config-inline"', 'registry."docker.io".mirrors', '"registry-mirrors"'],
      ],
    ] as const
  ).map(([what, inputs, names]) => [what, inputs, {}, names] as const),
  ...['docker-container://none', 'kube-pod://none', 'ssh://none'].map(
    (endpoint) =>
      [
        `${endpoint} without its program`,
        { endpoint },
        { PATH: '/nowhere' },
        [endpoint, 'not on PATH'],
      ] as const,
  ),
  [
    'a certificate without its key',
    { endpoint: 'tcp://127.0.0.1:1' },
    {
      BUILDER_NODE_0_AUTH_TLS_CACERT: '-----BEGIN CERTIFICATE-----',
      BUILDER_NODE_0_AUTH_TLS_CERT: '-----BEGIN CERTIFICATE-----',
    },
    ['BUILDER_NODE_0_AUTH_TLS_KEY', 'missing'],
  ],
  [
    'a certificate that is a path',
    { endpoint: 'tcp://127.0.0.1:1' },
    { BUILDER_NODE_0_AUTH_TLS_CACERT: '/certs/ca.pem' },
    ['BUILDER_NODE_0_AUTH_TLS_CACERT', 'PEM'],
  ],
  [
    'a payload that is missing',
    {},
    { GITHUB_EVENT_PATH: '/nowhere.json' },
    ['GITHUB_EVENT_PATH', '/nowhere.json', 'does not exist'],
  ],
];

describe('bad input', () => {
  let job: Job;
  beforeEach(async () => {
    job = await Job.start();
    await mkdir(job.workspace, { recursive: true });
    await writeFile(path.join(job.workspace, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n');
  });
  afterEach(async () => {
    await job.remove();
  });

  async function expectRefusal(
    inputs: Record<string, string>,
    env: Record<string, string>,
    names: readonly string[],
    isFound = false,
  ): Promise<void> {
    const { exitCode, log } = await job.runMain(inputs, env);
    expect(exitCode).toBe(1);
    const errors = log.split('\n').filter((line) => line.startsWith('::error'));
    expect(errors).toHaveLength(1);
    for (const name of names) expect(errors[0]).toContain(name);
    expect(log).not.toMatch(/^\s+at /m);
    expect(log).not.toContain('Internal error');
    // Told before anything is started; only what a version decides comes after BuildKit is found.
    expect(log).not.toContain(isFound ? 'Log of buildkitd' : 'buildkitd v');
    const posts = await job.runPosts();
    expect(posts.map((post) => post.exitCode)).toEqual([0]);
  }

  it.each(rows)('%s', async (_, inputs, env, names) => {
    await expectRefusal(inputs, env, names);
  });

  it('a Dockerfile that is a link out of its directory', async () => {
    await mkdir(path.join(job.workspace, 'app'));
    await symlink('../Dockerfile', path.join(job.workspace, 'app', 'Dockerfile'));
    await expectRefusal({ context: 'app' }, {}, ['"file"', path.join(job.workspace, 'Dockerfile')]);
  });

  it('a payload that is not JSON', async () => {
    const file = path.join(job.directory, 'broken.json');
    await writeFile(file, '{"ref": ');
    await expectRefusal({}, { GITHUB_EVENT_PATH: file }, ['GITHUB_EVENT_PATH', 'broken.json', 'not JSON']);
  });

  it('an unknown key of the daemon’s configuration', async () => {
    const inputs = {
      'buildkit-path': buildkitDirectory(),
      'buildkitd-config-inline': '[worker.oci]\nmax-paralelism = 4\n',
    };
    const names = ['"buildkitd-config-inline"', 'worker.oci.max-paralelism', 'max-parallelism'];
    await expectRefusal(inputs, {}, names, true);
  });
});
