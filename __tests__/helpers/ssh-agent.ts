import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A real ssh-agent with one key. */
export class SshAgent {
  readonly socket: string;
  /** File of the private key. */
  readonly key: string;
  /** As `ssh-add -L` prints it, without a comment. */
  readonly publicKey: string;
  readonly #directory: string;
  readonly #child: ChildProcess;

  private constructor(directory: string, child: ChildProcess, publicKey: string) {
    this.#directory = directory;
    this.#child = child;
    this.socket = path.join(directory, 'agent');
    this.key = path.join(directory, 'key');
    this.publicKey = publicKey;
  }

  static async start(): Promise<SshAgent> {
    const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-ssh-'));
    const key = path.join(directory, 'key');
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', key]);
    const [type, text] = (await readFile(`${key}.pub`, 'utf8')).split(' ');
    const child = spawn('ssh-agent', ['-D', '-a', path.join(directory, 'agent')], { stdio: 'ignore' });
    const agent = new SshAgent(directory, child, `${type} ${text}`);
    const env = { PATH: process.env['PATH'], SSH_AUTH_SOCK: agent.socket };
    for (let tries = 0; ; tries++) {
      try {
        await run('ssh-add', ['-q', key], { env });
        return agent;
      } catch (error) {
        if (tries === 100) throw error;
        await delay(20);
      }
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.kill('SIGTERM');
    await ended;
    await rm(this.#directory, { recursive: true, force: true });
  }
}

/** Copies this machine's ssh-add into a directory that can be a root, with the libraries that it needs. */
export async function writeSshAdd(directory: string): Promise<void> {
  await copyProgram('ssh-add', directory);
}

/** The same of any program. */
export async function copyProgram(name: string, directory: string): Promise<void> {
  const { stdout: program } = await run('sh', ['-c', `command -v ${name}`]);
  const { stdout: libraries } = await run('ldd', [program.trim()]);
  const files = [...libraries.matchAll(/(\/\S+) \(0x/g)].map(([, file = '']) => file);
  const bin = path.join(directory, 'bin');
  await mkdir(bin, { recursive: true });
  await cp(program.trim(), path.join(bin, name), { dereference: true });
  for (const file of files) await cp(file, path.join(directory, file), { dereference: true });
}
