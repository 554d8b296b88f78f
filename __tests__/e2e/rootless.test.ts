import { execFile } from 'node:child_process';
import { chmod, chown, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { findBuildx } from '../helpers/buildx.ts';
import { toStepVariables } from '../helpers/input-variables.ts';
import { buildkitDirectory, root } from '../helpers/runner.ts';

const run = promisify(execFile);
const id = 4242;

/**
 * A user of its own, that only the processes of this test see: its entries lie over /etc in a mount namespace. The devices are
 * there because a machine may have given those of /dev to root alone.
 */
const script = `set -e
mount --bind "$0/passwd" /etc/passwd; mount --bind "$0/group" /etc/group
for file in subuid subgid; do [ -e /etc/$file ] || touch /etc/$file; mount --bind "$0/ids" /etc/$file; done
mount -t tmpfs tmpfs "$0/dev"
for device in null:3 zero:5 full:7 random:8 urandom:9; do
  mknod -m 666 "$0/dev/\${device%:*}" c 1 "\${device#*:}"; mount --bind "$0/dev/\${device%:*}" "/dev/\${device%:*}"
done
mknod -m 666 "$0/dev/tty" c 5 0; mount --bind "$0/dev/tty" /dev/tty
exec setpriv --reuid=${id} --regid=${id} --clear-groups "$@"`;

describe('rootless', () => {
  /** Root makes the user of the test; CI runs the tests as root or has this one prove nothing. */
  const isRoot = process.getuid?.() === 0;
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-rootless-'));
    if (!isRoot) return;
    for (const name of ['dev', 'bin', 'temp', 'workspace']) await mkdir(path.join(directory, name));
    await writeFile(
      path.join(directory, 'passwd'),
      `root:x:0:0::/root:/bin/sh\nbuilder:x:${id}:${id}::${directory}:/bin/sh\n`,
    );
    await writeFile(path.join(directory, 'group'), `root:x:0:\nbuilder:x:${id}:\n`);
    await writeFile(path.join(directory, 'ids'), 'builder:200000:65536\n');
    await writeFile(path.join(directory, 'event.json'), '{"repository":{"id":1,"default_branch":"main"}}');
    // What root has in its home is not another user's to read.
    for (const name of ['buildkitd', 'buildctl'])
      await copyFile(path.join(buildkitDirectory(), name), path.join(directory, 'bin', name));
    await copyFile(await findBuildx(), path.join(directory, 'bin', 'buildx'));
    await run('cp', ['-r', path.join(root, 'dist'), process.execPath, directory]);
    await writeContext(path.join(directory, 'workspace'), {
      dockerfile: toDockerfile('rootless'),
      files: { message: 'hello' },
    });
    for (const name of ['', 'state', 'output', 'summary']) {
      if (name !== '') await writeFile(path.join(directory, name), '');
      await chown(path.join(directory, name), id, id);
      await chmod(path.join(directory, name), 0o755);
    }
    await run('chown', ['-R', String(id), directory]);
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function start(phase: 'main' | 'post', variables: Readonly<Record<string, string>>) {
    const env = {
      // A shell passes on no variable with a hyphen, so the programs are found there.
      PATH: `${directory}/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
      ...{
        HOME: directory,
        RUNNER_TEMP: path.join(directory, 'temp'),
        GITHUB_WORKSPACE: path.join(directory, 'workspace'),
      },
      ...{
        GITHUB_EVENT_NAME: 'push',
        GITHUB_EVENT_PATH: path.join(directory, 'event.json'),
        GITHUB_REF: 'refs/heads/main',
      },
      ...{ GITHUB_STATE: path.join(directory, 'state'), GITHUB_OUTPUT: path.join(directory, 'output') },
      ...{
        GITHUB_RUN_ID: '1',
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_STEP_SUMMARY: path.join(directory, 'summary'),
      },
      ...variables,
    };
    const node = path.join(directory, path.basename(process.execPath));
    const words = [
      '--mount',
      'sh',
      '-c',
      script,
      directory,
      node,
      path.join(directory, 'dist', phase, 'index.js'),
    ];
    return run('unshare', words, { env, maxBuffer: 1 << 26 }).then(
      ({ stdout }) => ({ exitCode: 0, log: stdout }),
      (error: { code?: number; stdout?: string; stderr?: string }) => ({
        exitCode: error.code,
        log: `${error.stdout}${error.stderr}`,
      }),
    );
  }

  const inputs = {
    rootless: 'true',
    outputs: 'type=local,dest=out',
  };

  it('builds as a user without sudo, and leaves nothing', async () => {
    if (!isRoot) return;
    const main = await start('main', toStepVariables(inputs));
    expect({ log: main.log, exitCode: main.exitCode }).toEqual({ log: main.log, exitCode: 0 });
    expect(await readFile(path.join(directory, 'workspace', 'out', 'message'), 'utf8')).toBe('hello');
    const state = await readFile(path.join(directory, 'state'), 'utf8');
    const saved = [...state.matchAll(/^(\w+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(
      ([, name = '', , value = '']) => [`STATE_${name}`, value],
    );
    const post = await start('post', Object.fromEntries(saved));
    expect({ log: post.log, exitCode: post.exitCode }).toEqual({ log: post.log, exitCode: 0 });
    expect(post.log).not.toContain('::warning');
    expect(
      (await readdir(path.join(directory, 'temp'))).filter((name) => name.startsWith('hotlayer')),
    ).toEqual([]);
  });

  it('says what is missing', async () => {
    if (!isRoot) return;
    await writeFile(path.join(directory, 'ids'), '');
    const main = await start('main', toStepVariables(inputs));
    expect(main.exitCode).toBe(1);
    expect(main.log).toMatch(
      /^::error.*\/etc\/subuid gives user builder no range of ids.*usermod --add-subuids/m,
    );
  });
});
