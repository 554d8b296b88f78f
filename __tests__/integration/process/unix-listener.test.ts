import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listensInThisNetwork, parseListeners } from '../../../src/process/unix-listener.ts';

const program = path.basename(process.execPath);

describe('who listens on a socket', () => {
  let directory: string;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-socket-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    await rm(directory, { recursive: true, force: true });
  });

  /** @param before words that start it elsewhere */
  async function listen(socket: string, before: readonly string[] = []): Promise<void> {
    const script = `require('node:net').createServer().listen(${JSON.stringify(socket)}, () => console.log('up'))`;
    const [file = '', ...args] = [...before, process.execPath, '-e', script];
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    if (child.stdout !== null) await once(child.stdout, 'data');
  }

  it('is known of a process in this network, by a link too', async () => {
    const socket = path.join(directory, 'a.sock');
    await listen(socket);
    await symlink(socket, path.join(directory, 'link'));
    expect(await listensInThisNetwork(socket, program)).toBe(true);
    expect(await listensInThisNetwork(path.join(directory, 'link'), program)).toBe(true);
  });

  it('is not taken for a daemon when it is another program, such as one that forwards to another machine', async () => {
    const socket = path.join(directory, 'a.sock');
    await listen(socket);
    expect(await listensInThisNetwork(socket, 'buildkitd')).toBe(false);
  });

  it('is not taken for one of this network when it has another', async () => {
    const socket = path.join(directory, 'a.sock');
    const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
    await listen(socket, [...sudo, 'unshare', '--net']);
    expect(await listensInThisNetwork(socket, program)).toBe(false);
  });

  it('is nobody where nothing is', async () => {
    expect(await listensInThisNetwork(path.join(directory, 'none'), program)).toBe(false);
  });

  it('is read from the kernel’s list', () => {
    const text = [
      'Num       RefCount Protocol Flags    Type St Inode Path',
      '0000000000000000: 00000002 00000000 00010000 0001 01 20001 /run/a.sock',
      '0000000000000000: 00000003 00000000 00000000 0001 03 20002 /run/a.sock',
      '0000000000000000: 00000002 00000000 00010000 0001 01 20003 /run/a.sock.old',
      '0000000000000000: 00000002 00000000 00010000 0001 01 20004',
    ].join('\n');
    expect(parseListeners(text, ['/run/a.sock'])).toEqual(['20001']);
  });
});
