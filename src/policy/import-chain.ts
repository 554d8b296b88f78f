import { readString } from '../json.ts';
import { isSameRef, toBranch, toRefName } from './ref.ts';
import { canReadRef } from './rights.ts';
import type { Run } from './run.ts';
import type { PolicyInputs, RefName } from './types.ts';

/** The refs whose caches are imported, own first: only those that the back end lets the run read, each once. */
export function decideImports(run: Run, inputs: PolicyInputs): readonly RefName[] {
  if (!run.rights.canRead) return [];
  if (isPublishing(run) && !inputs.releaseImport) return [];
  const imports: RefName[] = [];
  for (const ref of listCandidates(run, inputs)) {
    if (ref === undefined || !canReadRef(run.rights, ref)) continue;
    if (!imports.some((known) => isSameRef(known, ref))) imports.push(ref);
  }
  return imports;
}

/** A run that makes what others install. */
function isPublishing({ ref, facts }: Run): boolean {
  return ref.kind === 'tag' || facts.eventName === 'release';
}

function listCandidates(run: Run, inputs: PolicyInputs): readonly (RefName | undefined)[] {
  const { ref, pullRequest, facts } = run;
  const own = toRefName(ref);
  const fallback = toBranch(run.defaultBranch);
  // After a merge GITHUB_REF is the base branch; the pull request's own caches are out of the token's reach.
  if (pullRequest?.isMerged && own?.kind === 'branch') return [own, fallback];
  if (pullRequest !== undefined) {
    const pr: RefName | undefined =
      pullRequest.number === undefined ? undefined : { kind: 'pr', name: pullRequest.number };
    return [pr, toBranch(pullRequest.base), fallback];
  }
  if (run.isRefDeleted) return [fallback];
  if (ref.kind === 'queue' || facts.eventName === 'merge_group') {
    const told =
      facts.eventName === 'merge_group' ? readString(facts.payload, 'merge_group', 'base_ref') : undefined;
    return [toBranch(told ?? (ref.kind === 'queue' ? ref.base : undefined)), fallback];
  }
  if (ref.kind === 'tag' && !inputs.tagExport) return [fallback];
  return [own, fallback];
}
