import type { GitRoom } from './git-room.ts';
import { toCommit } from './git-url.ts';
import { parseRemoteAddress } from './remote-address.ts';
import { readRemoteSettings } from './remote-settings.ts';
import type { RepositoryView } from './repository-view.ts';

/** Where refs can be asked for. */
export interface RefSource {
  readonly url: string;
  /** The checkout whose origin this is: it may hold credentials. */
  readonly view: RepositoryView | undefined;
  /** `user:password` where no checkout holds any. */
  readonly login: string | undefined;
}

/** An answer of the network saves an export, so it is worth some seconds; one that hangs is not. */
const networkTimeoutMs = 20_000;

/**
 * Refs of a remote by their full names, annotated tags as the commit they point to; undefined when it does not answer.
 * git is given a checked address and no repository.
 */
export async function readRemoteRefs(
  git: GitRoom,
  { url, view, login }: RefSource,
  patterns: readonly string[],
): Promise<ReadonlyMap<string, string> | undefined> {
  const address = parseRemoteAddress(url);
  if (address === undefined) return undefined;
  const answer = await git.ask({
    args: ['ls-remote', '--', address.url, ...patterns.flatMap((name) => [name, `${name}^{}`])],
    gitDirectory: git.emptyRepository,
    ...(await readRemoteSettings(git, address, view, login)),
    timeoutMs: networkTimeoutMs,
  });
  if (answer.kind === 'failed' || answer.exitCode !== 0) return undefined;
  const refs = new Map<string, string>();
  for (const line of answer.stdout.trim().split('\n')) {
    const [id, name] = line.split('\t');
    const commit = toCommit(id);
    // The peeled line follows that of the tag itself, and replaces it.
    if (commit !== undefined && name !== undefined) refs.set(name.replace(/\^\{\}$/, ''), commit);
  }
  return refs;
}
