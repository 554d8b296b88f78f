import { readBoolean, readString } from '../json.ts';
import { classifyRef } from './ref.ts';
import type { RunFacts } from './types.ts';

/** Somebody, or a schedule, asks for a result. */
const askedFor: ReadonlySet<string> = new Set([
  'deployment',
  'release',
  'repository_dispatch',
  'schedule',
  'workflow_dispatch',
]);

/**
 * True for a run whose image is normally for somebody: a push of a tag or to the default branch, a release, a deployment,
 * and what was started by hand, by a schedule or by another system. Pull requests, merge queues, pushes to other branches
 * and all other events try whether it builds.
 */
export function normallyKeepsImage({
  eventName,
  ref,
  payload,
}: Pick<RunFacts, 'eventName' | 'ref' | 'payload'>): boolean {
  if (askedFor.has(eventName)) return true;
  if (eventName !== 'push') return false;
  const { kind, ...named } = classifyRef(ref);
  if (kind === 'tag') return true;
  const defaultBranch = readString(payload, 'repository', 'default_branch');
  // A payload without it (an emulator's): better one notice too many.
  return (
    kind === 'branch' && (defaultBranch === undefined || ('name' in named && named.name === defaultBranch))
  );
}

/** Can everybody read the repository of the run? undefined: the payload does not say, as a schedule's does not. */
export function isPublicRepository({ payload }: Pick<RunFacts, 'payload'>): boolean | undefined {
  const isPrivate = readBoolean(payload, 'repository', 'private');
  return isPrivate === undefined ? undefined : !isPrivate;
}
