import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeContext } from '../helpers/build-context.ts';
import { commit, createOrigin, git } from '../helpers/git-repository.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';
import { SshAgent } from '../helpers/ssh-agent.ts';
import { type SshServer, startSshd } from '../helpers/ssh-server.ts';

/** An address of loopback that nobody else uses: `git@host:path` has no place for a port. */
const host = '127.11.0.22';

let directory: string;
let server: SshServer;
/** The server lets in the key of one agent. */
let right: SshAgent;
let wrong: SshAgent;
let job: Job;
let origin = '';
let count = 0;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-git-ssh-'));
  [right, wrong] = await Promise.all([SshAgent.start(), SshAgent.start()]);
  const made = await createOrigin(directory);
  origin = made.origin;
  await git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  await writeContext(made.clone, {
    dockerfile: 'FROM scratch\nCOPY file.txt /out\n',
    files: {
      'ssh.Dockerfile': `FROM scratch\nADD ${address('ssh')}#main /\nCOPY file.txt /out\n`,
      'sub/Dockerfile': 'FROM scratch\nCOPY inner /out\n',
      'sub/inner': 'inner\n',
    },
  });
  await commit(made.clone, 'by ssh');
  await git(made.clone, 'push', '-q', 'origin', 'HEAD:refs/heads/main');
  const authorizedKeys = path.join(directory, 'authorized_keys');
  await writeFile(authorizedKeys, `${right.publicKey}\n`);
  server = await startSshd(directory, { host, port: 22, authorizedKeys });
  job = await Job.start();
});

afterAll(async () => {
  await job.runPosts();
  const left = findLeftovers(job.directory);
  await job.remove();
  await server.stop();
  for (const agent of [right, wrong]) await agent.stop();
  await rm(directory, { recursive: true, force: true });
  expect(left).toEqual([]);
});

function address(form: 'ssh' | 'scp'): string {
  const user = userInfo().username;
  return form === 'ssh' ? `ssh://${user}@${host}${origin}` : `${user}@${host}:${origin}`;
}

async function build(
  inputs: Readonly<Record<string, string>>,
  agent?: SshAgent,
): Promise<StepResult & { readonly out: string }> {
  const dest = path.join(job.directory, `out-${++count}`);
  const given = { 'buildkit-path': buildkitDirectory(), outputs: dest, cache: 'none' };
  const env = agent === undefined ? {} : { SSH_AUTH_SOCK: agent.socket };
  const result = await job.runMain({ ...given, ...inputs }, env);
  return { ...result, out: await readFile(path.join(dest, 'out'), 'utf8').catch(() => '') };
}

describe('a Git context by ssh', () => {
  // Before all others: what the daemon has read once, it has.
  it.each<[string, 'ssh' | 'scp', Readonly<Record<string, string>>, () => SshAgent | undefined, RegExp]>([
    ['the wrong key', 'ssh', { ssh: 'default' }, () => wrong, /Permission denied/],
    ['the wrong key, git@host:path', 'scp', { ssh: 'default' }, () => wrong, /Permission denied/],
    ['no agent', 'ssh', { ssh: 'default' }, () => undefined, /"ssh"/],
  ])('is not read with %s', async (_, form, inputs, toAgent, reason) => {
    const result = await build({ context: `${address(form)}#main`, ...inputs }, toAgent());
    expect(result.exitCode).toBe(1);
    expect(result.log.match(/^::error.*$/gm)).toEqual([expect.stringMatching(reason)]);
  });

  it.each<[string, 'ssh' | 'scp', string, Readonly<Record<string, string>>, string]>([
    ['ssh://', 'ssh', '', {}, 'by ssh\n'],
    ['git@host:path', 'scp', '', {}, 'by ssh\n'],
    // As buildx has it: the context by ssh asks for the agent itself.
    ['without the input', 'scp', ':sub', { ssh: '' }, 'inner\n'],
    ['ADD', 'ssh', '', { file: 'ssh.Dockerfile' }, 'by ssh\n'],
  ])('is read with the key of the agent: %s', async (_, form, directory, inputs, out) => {
    const context = `${address(form)}#main${directory}`;
    const result = await build({ context, ssh: 'default', ...inputs }, right);
    expect({ log: result.log, exitCode: result.exitCode }).toEqual({ log: result.log, exitCode: 0 });
    expect(result.out).toBe(out);
  });
});
