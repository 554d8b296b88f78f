import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseCommandFile } from '../../../src/cli/workflow-commands.ts';
import { toInputVariables } from '../../helpers/input-variables.ts';
import { runNode } from '../../helpers/run-node.ts';
import { root } from '../../helpers/runner.ts';

let directory: string;
const file = (name: string): string => path.join(directory, name);

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-workflow-'));
  await mkdir(file('temp'));
  await mkdir(file('.docker/contexts'), { recursive: true });
  await writeFile(file('.docker/config.json'), '{"currentContext":"c"}');
  for (const name of ['output', 'state', 'env', 'summary']) await writeFile(file(name), '');
  await writeFile(file('event.json'), '{}');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** A step of an action in workflow/, as the runner starts it, from the sources. */
async function run(
  name: string,
  inputs: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
) {
  const { exitCode, output: log } = await runNode(path.join(root, 'src', 'main.ts'), ['workflow', name], {
    PATH: process.env['PATH'] ?? '',
    HOME: directory,
    RUNNER_TEMP: file('temp'),
    GITHUB_WORKSPACE: directory,
    GITHUB_REPOSITORY: 'o/r',
    GITHUB_ACTOR: 'octocat',
    GITHUB_EVENT_PATH: file('event.json'),
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_ENV: file('env'),
    GITHUB_STEP_SUMMARY: file('summary'),
    ...toInputVariables(inputs),
    ...more,
  });
  const read = async (name: string) => parseCommandFile(await readFile(file(name), 'utf8'));
  return {
    exitCode,
    log,
    outputs: await read('output'),
    state: await read('state'),
    env: await read('env'),
  };
}

describe('workflow/plan', () => {
  it('sets what the jobs are, or says in one sentence what is wrong', async () => {
    const { exitCode, outputs } = await run('plan', {
      runner: 'mine',
      platforms: 'linux/arm64',
      tags: 'a/b',
      push: 'true',
    });
    expect([exitCode, outputs.get('references'), outputs.get('push'), outputs.get('trusted')]).toEqual([
      0,
      'a/b:latest',
      'true',
      'true',
    ]);
    expect(JSON.parse(outputs.get('legs') ?? '')).toEqual([
      { index: 0, name: 'linux-arm64', platform: 'linux/arm64', runner: 'mine' },
    ]);
    const wrong = await run('plan', { runner: 'mine', platforms: 'linux/arm64/v8/x' });
    expect(wrong.exitCode).toBe(1);
    expect(wrong.log.trim()).toMatch(
      /^::error::input "platforms": "linux\/arm64\/v8\/x" is not a platform; allowed is .*$/,
    );
  });

  it('takes no push and no secrets in a run of a fork', async () => {
    await writeFile(file('event.json'), '{"pull_request":{"head":{"repo":{"full_name":"x/r"}}}}');
    const { exitCode, outputs, log } = await run('plan', { runner: 'mine', tags: 'a/b', push: 'true' });
    expect([exitCode, outputs.get('pushed'), outputs.get('trusted')]).toEqual([0, 'false', 'false']);
    expect(log).toContain('::notice::This run gets no secrets and pushes nothing');
  });
});

describe('workflow/login', () => {
  const auths = '- registry: docker.io\n  username: me\n  password: hunter2\n';

  it('gives later steps the logins beside the user’s own configuration, and its post removes them', async () => {
    const { exitCode, log, env, state } = await run('login', {
      'registry-auths': auths,
      names: 'ghcr.io/o/r',
      'github-token': 'ghs_hunter3',
    });
    expect([exitCode, log.replaceAll(/^::add-mask::.*\n/gm, '')]).toEqual([
      0,
      'login for https://index.docker.io/v1/ as me\nlogin for ghcr.io as octocat\n',
    ]);
    expect(log).toContain('::add-mask::hunter2');
    const written = env.get('DOCKER_CONFIG') ?? '';
    expect(path.dirname(written)).toBe(file('temp'));
    expect((await stat(path.join(written, 'config.json'))).mode & 0o777).toBe(0o600);
    const config = JSON.parse(await readFile(path.join(written, 'config.json'), 'utf8'));
    expect(config).toMatchObject({
      currentContext: 'c',
      auths: {
        'https://index.docker.io/v1/': { auth: btoa('me:hunter2') },
        'ghcr.io': { auth: btoa('octocat:ghs_hunter3') },
      },
    });
    expect(existsSync(path.join(written, 'contexts'))).toBe(true);
    expect(JSON.parse(await readFile(file('.docker/config.json'), 'utf8'))).toEqual({ currentContext: 'c' });

    const saved = Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value]));
    expect((await run('logout', {}, saved)).exitCode).toBe(0);
    expect(await readdir(file('temp'))).toEqual([]);
    expect(existsSync(file('.docker/contexts'))).toBe(true);
  });

  it('leaves all as it is without a login', async () => {
    const { exitCode, env } = await run('login', { 'github-token': 'ghs_1', names: 'docker.io/o/r' });
    expect([exitCode, env.size, await readdir(file('temp'))]).toEqual([0, 0, []]);
  });

  it.each(['/', '..', 'temp', 'temp/other', 'temp/docker-x/..', '.docker'])(
    'its post removes nothing else: %s',
    async (planted) => {
      await mkdir(file('temp/other'));
      const { exitCode, log } = await run(
        'logout',
        {},
        { 'STATE_login-directory': path.isAbsolute(planted) ? planted : `${directory}/${planted}` },
      );
      expect([exitCode, existsSync(file('temp/other')), existsSync(file('.docker'))]).toEqual([
        0,
        true,
        true,
      ]);
      expect(log).toContain('::warning::');
    },
  );
});

describe('workflow/leg', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const given = {
    digest,
    'cache-plan': '{"code":"own-branch"}',
    metadata: '{}',
    tags: 'a/b:1',
    pushed: 'true',
  };
  const legs = (count: number) =>
    JSON.stringify(
      ['linux/amd64', 'linux/arm64'].slice(0, count).map((platform, index) => ({ index, platform })),
    );

  it('sets the workflow’s outputs where it is the only one, and says what to pull', async () => {
    const { outputs, log } = await run('leg', { ...given, index: '0', legs: legs(1) });
    expect(outputs.get('image')).toBe(`a/b@${digest}`);
    expect(outputs.get('cache-plan')).toBe('{"linux/amd64":{"code":"own-branch"}}');
    expect(log).toContain(`docker pull a/b:1\ndocker pull a/b@${digest}`);
    expect(await readFile(file('summary'), 'utf8')).toContain(`docker pull a/b@${digest}`);
  });

  it('leaves them to the job that merges where there are more', async () => {
    const { outputs, log } = await run('leg', { ...given, index: '1', legs: legs(2) });
    expect([...outputs.keys()]).toEqual(['leg-1']);
    expect(JSON.parse(outputs.get('leg-1') ?? '')).toMatchObject({ platform: 'linux/arm64', digest });
    expect(log).not.toContain('docker pull');
  });

  it('names no image that was not pushed', async () => {
    const { outputs } = await run('leg', { ...given, pushed: 'false', index: '0', legs: legs(1) });
    expect([outputs.get('digest'), outputs.get('image'), outputs.get('tags')]).toEqual([
      digest,
      undefined,
      undefined,
    ]);
  });
});
