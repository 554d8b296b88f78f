import { runGit } from './git.ts';
import { toCommit, toRepositoryKey } from './git-context.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A Git checkout on this machine and what is known of where it comes from. */
export interface Checkout {
  readonly directory: string;
  /** HEAD's commit. */
  readonly head: string;
  /** True when its origin is the repository of this run; undefined when nothing tells. */
  readonly isOfRun: boolean | undefined;
}

/** Where refs can be asked for: `origin` of a checkout, or a URL. */
export interface RefSource {
  readonly directory: string;
  readonly remote: string;
}

/** An answer of the network saves an export, so it is worth some seconds; one that hangs is not. */
const networkTimeoutMs = 20_000;
const localTimeoutMs = 10_000;

/** The checkout that a directory is part of; undefined when it is in none, or when git is not there. */
export async function readCheckout(
  directory: string,
  sha: string,
  env: Environment,
): Promise<Checkout | undefined> {
  const ask = (...args: readonly string[]) =>
    runGit(args, { cwd: directory, env, timeoutMs: localTimeoutMs });
  const [head, origin] = await Promise.all([
    ask('rev-parse', '--verify', '--quiet', 'HEAD^{commit}'),
    ask('config', '--get', 'remote.origin.url'),
  ]);
  const commit = head?.exitCode === 0 ? toCommit(head.stdout) : undefined;
  if (commit === undefined) return undefined;
  const url = origin?.exitCode === 0 && origin.stdout !== '' ? origin.stdout : undefined;
  return { directory, head: commit, isOfRun: await isOriginOfRun(url, directory, sha, env) };
}

/** True when the address is that of GITHUB_REPOSITORY; undefined when the run does not say which that is. */
export function isRepositoryOfRun(remote: string, env: Environment): boolean | undefined {
  const repository = env['GITHUB_REPOSITORY'];
  if (!repository) return undefined;
  const server = env['GITHUB_SERVER_URL'] || 'https://github.com';
  return toRepositoryKey(remote) === toRepositoryKey(`${server}/${repository}`);
}

/** True when git proves it, false when it proves the contrary, undefined when it lacks the history to tell. */
export async function isAncestor(
  directory: string,
  commit: string,
  of: string,
  env: Environment,
): Promise<boolean | undefined> {
  const options = { cwd: directory, env, timeoutMs: localTimeoutMs };
  const answer = await runGit(['merge-base', '--is-ancestor', commit, of], options);
  if (answer?.exitCode === 0) return true;
  if (answer?.exitCode !== 1) return undefined;
  const shallow = await runGit(['rev-parse', '--is-shallow-repository'], options);
  return shallow?.stdout === 'false' ? false : undefined;
}

/** Refs of a remote by their full names, annotated tags as the commit they point to; undefined when it does not answer. */
export async function readRemoteRefs(
  source: RefSource,
  patterns: readonly string[],
  env: Environment,
): Promise<ReadonlyMap<string, string> | undefined> {
  const args = ['ls-remote', '--', source.remote, ...patterns.flatMap((name) => [name, `${name}^{}`])];
  const answer = await runGit(args, { cwd: source.directory, env, timeoutMs: networkTimeoutMs });
  if (answer?.exitCode !== 0) return undefined;
  const refs = new Map<string, string>();
  for (const line of answer.stdout.split('\n')) {
    const [id, name] = line.split('\t');
    const commit = toCommit(id);
    // The peeled line follows that of the tag itself, and replaces it.
    if (commit !== undefined && name !== undefined) refs.set(name.replace(/\^\{\}$/, ''), commit);
  }
  return refs;
}

/**
 * A fork's clone has the commits of this repository too, so a remote address must be the run's own. A path on this machine names no
 * repository; there the commit of the run must do.
 */
async function isOriginOfRun(
  url: string | undefined,
  directory: string,
  sha: string,
  env: Environment,
): Promise<boolean | undefined> {
  if (url === undefined) return undefined;
  const matches = isRepositoryOfRun(url, env);
  if (matches === true || !isLocalPath(url)) return matches;
  if (toCommit(sha) === undefined) return undefined;
  const found = await runGit(['cat-file', '-e', `${sha}^{commit}`], {
    cwd: directory,
    env,
    timeoutMs: localTimeoutMs,
  });
  return found?.exitCode === 0;
}

function isLocalPath(url: string): boolean {
  return /^file:\/\//i.test(url) || /^[./]/.test(url);
}
