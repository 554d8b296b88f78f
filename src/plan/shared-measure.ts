import path from 'node:path';
import { findCheckout } from '../git/find-checkout.ts';
import { parseGitUrl } from '../git/git-url.ts';
import { type Measure, type MeasuredFacts, type MeasureRequest, measureBuildCommit } from './build-commit.ts';

/** Asks git once for all contexts of one checkout, or of one commit: a bake may have many. */
export function shareMeasure(measure: Measure = measureBuildCommit): Measure {
  const measured = new Map<string, Promise<MeasuredFacts>>();
  return async (request) => {
    const key = await toKey(request);
    const known = measured.get(key) ?? measure(request);
    measured.set(key, known);
    return known;
  };
}

async function toKey({ context, cwd, env, branch }: MeasureRequest): Promise<string> {
  if (context.kind === 'git') {
    const { remote, ref } = parseGitUrl(context.url);
    return JSON.stringify(['git', remote, ref, branch]);
  }
  const workspace = path.resolve(cwd, env['GITHUB_WORKSPACE'] || '.');
  const directory = path.resolve(cwd, context.path);
  const area = { workspace, isBounded: Boolean(env['GITHUB_WORKSPACE']) };
  const found = await findCheckout(directory, area);
  const place =
    found.kind === 'found' ? found.place.directory : found.kind === 'none' ? undefined : directory;
  return JSON.stringify([found.kind, place, branch]);
}
