import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Environment } from './commands.ts';
import type { LocalFacts } from './local-event.ts';

type Checkout = Pick<LocalFacts, 'branch' | 'head' | 'defaultBranch' | 'repository'>;

/** What git says of the checkout that a local build runs in; everything undefined outside of one. */
export async function readCheckout(directory: string, env: Environment): Promise<Checkout> {
  const ask = async (...args: readonly string[]): Promise<string | undefined> => {
    try {
      const { stdout } = await promisify(execFile)('git', args, { cwd: directory, env: { ...env } });
      return stdout.trim() || undefined;
    } catch {
      // No git, no checkout, no such remote: the fact is unknown, and the local event has a default for it.
      return undefined;
    }
  };
  const [branch, head, originHead, originUrl] = await Promise.all([
    ask('symbolic-ref', '--short', 'HEAD'),
    ask('rev-parse', 'HEAD'),
    ask('symbolic-ref', '--short', 'refs/remotes/origin/HEAD'),
    ask('config', '--get', 'remote.origin.url'),
  ]);
  const name = /[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(originUrl ?? '');
  return { branch, head, defaultBranch: originHead?.replace(/^origin\//, ''), repository: name?.[1] };
}
