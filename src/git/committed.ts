import path from 'node:path';
import { findCheckout } from './find-checkout.ts';
import { withGit } from './git-room.ts';
import { askView, openView } from './repository-view.ts';

/**
 * Whether HEAD of the checkout around it holds that file; undefined: it is in no checkout with a commit, or git cannot
 * say. Never throws.
 *
 * @param file absolute and free of links but for its last part
 */
export async function isCommitted(
  file: string,
  workspace: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal | undefined,
): Promise<boolean | undefined> {
  const found = await findCheckout(path.dirname(file), { workspace, isBounded: true });
  if (found.kind !== 'found') return undefined;
  const name = path.relative(found.place.directory, file);
  try {
    return await withGit(env, signal, async (git) => {
      const view = await openView(git, found.place);
      if (view.isEmpty) return undefined;
      const answer = await askView(
        git,
        view,
        'ls-tree',
        '-z',
        '--name-only',
        '--full-tree',
        'HEAD',
        '--',
        name,
      );
      if (answer.kind === 'failed' || answer.exitCode !== 0) return undefined;
      return answer.stdout.replaceAll('\0', '').trim() !== '';
    });
  } catch {
    // No room for a directory of git's, or a repository that cannot be read: then nobody knows.
    return undefined;
  }
}
