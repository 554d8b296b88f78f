import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from './registry.ts';
import { buildkitDirectory } from './runner.ts';

export interface SshServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Where it listens, and whom it lets in. */
export interface SshServerOptions {
  /** By default a free one. */
  readonly port?: number;
  /** By default 127.0.0.1. */
  readonly host?: string;
  /** A file of public keys; by default that of the new key `user_key`. */
  readonly authorizedKeys?: string;
}

/** A real server on loopback that lets this user in by a key of the test; `ssh_config` is for a client with `user_key`. */
export async function startSshd(
  directory: string,
  { port = 0, host = '127.0.0.1', authorizedKeys = `${directory}/user_key.pub` }: SshServerOptions = {},
): Promise<SshServer> {
  await mkdir(path.join(directory, 'bin'), { recursive: true });
  await mkdir('/run/sshd', { recursive: true });
  for (const name of ['host_key', 'user_key'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(directory, name)]);
  const at = port === 0 ? await findFreePort() : port;
  const server = {
    Port: at,
    ListenAddress: host,
    HostKey: `${directory}/host_key`,
    AuthorizedKeysFile: authorizedKeys,
    StrictModes: 'no',
    UsePAM: 'no',
    PermitRootLogin: 'yes',
    PidFile: 'none',
    SetEnv: `PATH=${buildkitDirectory()}:/usr/bin:/bin`,
  };
  const client = {
    IdentityFile: `${directory}/user_key`,
    IdentitiesOnly: 'yes',
    StrictHostKeyChecking: 'no',
    UserKnownHostsFile: '/dev/null',
    LogLevel: 'ERROR',
  };
  for (const [name, options] of [
    ['sshd_config', server],
    ['ssh_config', client],
  ] as const) {
    const lines = Object.entries(options).map(([key, value]) => `${key} ${value}\n`);
    await writeFile(path.join(directory, name), lines.join(''));
  }
  const child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', `${directory}/sshd_config`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  while (!log.includes('listening')) {
    if (child.exitCode !== null) throw new Error(`sshd ended: ${log}`);
    await delay(20);
  }
  return {
    port: at,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
