import type { Clock } from '../async/clock.ts';
import { ToolError } from '../errors.ts';
import { ApiClient } from './api-client.ts';
import { decideRemovals, listReadable, type Removal, type RepositoryFacts } from './decide.ts';
import { type Deletion, deleteRemovals } from './deletion.ts';
import type { CacheEntry } from './entry.ts';
import { type CacheServiceFacts, readManifests } from './manifest-reader.ts';
import { listDecidingManifests } from './packs.ts';
import { readRefStates } from './ref-states.ts';
import { describeResult, type ListedCaches, Repository } from './repository.ts';
import type { CleanupTarget } from './target.ts';

export interface CleanupRequest {
  /** GITHUB_API_URL. */
  readonly apiUrl: string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly target: CleanupTarget;
  readonly isDryRun: boolean;
  readonly otherTools: boolean;
  /** The way to contents of manifests on these refs, or on some of them; undefined: there is none. */
  readonly openService: (refs: readonly string[]) => Promise<CacheServiceFacts | undefined>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onWait: (sentence: string) => void;
}

export interface CleanupResult {
  readonly facts: RepositoryFacts;
  /** All that may go; in a dry run nothing of it went. */
  readonly removals: readonly Removal[];
  readonly deletion: Deletion;
}

/** How long a clean-up waits in all for what GitHub asks it to. */
const waitBudgetMs = 5 * 60_000;

/** Looks, decides, removes. Throws ToolError `cleanup-list` when the caches cannot even be listed. */
export async function cleanRepository(request: CleanupRequest): Promise<CleanupResult> {
  const { apiUrl, token, clock, signal, onWait, target } = request;
  const client = new ApiClient({ apiUrl, token, clock, signal, onWait, budgetMs: waitBudgetMs });
  try {
    const repository = new Repository(client, request.repository);
    const facts = await readFacts(repository, request);
    const refs = target.kind === 'all' ? undefined : new Set(target.refs);
    const removals = decideRemovals(facts, { otherTools: request.otherTools, refs });
    const deletion = request.isDryRun
      ? { deleted: [], gone: [], left: [], fault: undefined }
      : await deleteRemovals(removals, repository, { clock, signal });
    return { facts, removals, deletion };
  } finally {
    client.close();
  }
}

async function readFacts(repository: Repository, request: CleanupRequest): Promise<RepositoryFacts> {
  const { target, openService, clock } = request;
  const listed = await listCaches(repository, target);
  if (listed.kind !== 'listed') throw toListError(listed, request.repository);
  const { entries } = listed;
  const found = [...new Set(entries.map(({ ref }) => ref))];
  const defaultBranch = found.length === 0 ? undefined : await repository.readDefaultBranch();
  const refs = await readRefStates(repository, found, defaultBranch);
  const nowMs = clock.now();
  // Of an event's ref alone nobody can say which of its packs others need.
  const isComplete = listed.isComplete && target.kind !== 'event';
  const readable = isComplete ? listReadable({ entries, refs }) : [];
  const manifests = listDecidingManifests({ entries: readable, defaultBranch, nowMs });
  return {
    ...{ entries, isComplete, refs, defaultBranch, nowMs },
    named: await readNamed(manifests, openService),
  };
}

async function readNamed(
  manifests: readonly CacheEntry[],
  openService: CleanupRequest['openService'],
): Promise<RepositoryFacts['named']> {
  if (manifests.length === 0) return new Map();
  const service = await openService([...new Set(manifests.map(({ ref }) => ref))]);
  return service === undefined ? new Map() : await readManifests(manifests, service);
}

async function listCaches(repository: Repository, target: CleanupTarget): Promise<ListedCaches> {
  if (target.kind !== 'event') return await repository.listCaches();
  const entries: CacheEntry[] = [];
  for (const ref of target.refs) {
    const listed = await repository.listCaches(ref);
    if (listed.kind !== 'listed') return listed;
    // A server that does not know the filter answers all.
    entries.push(...listed.entries.filter((entry) => entry.ref === ref));
  }
  return { kind: 'listed', entries, isComplete: false };
}

function toListError(listed: Exclude<ListedCaches, { kind: 'listed' }>, repository: string): ToolError {
  const what = `The caches of ${repository} cannot be listed, so that nothing is removed: ${describeResult(listed)}`;
  return new ToolError('cleanup-list', `${what}. ${advise(listed)}`.trim());
}

function advise(listed: Exclude<ListedCaches, { kind: 'listed' }>): string {
  if (listed.kind === 'stopped') return 'Run it again later.';
  if (listed.kind !== 'refused') return '';
  if (listed.status === 401) return 'The token ("github-token") is not valid.';
  return 'Give the job `permissions: actions: write`, and look at "github-token"; GitHub Enterprise Server has these calls from 3.7 on.';
}
