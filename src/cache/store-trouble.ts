import type { ExportFacts, ExportOutcome } from './backend.ts';
import { decideDirectOutcome } from './direct-outcome.ts';
import type { StoreBackend } from './store-entries.ts';

/** What BuildKit says of a cache that nobody has written yet: the first build of a branch is no fault. */
const absences: readonly RegExp[] = [
  /: not found$/,
  // Registries that know no repository before the first push to it.
  /\b(?:NAME_UNKNOWN|MANIFEST_UNKNOWN|manifest unknown|repository name not known)\b/i,
  /\bThe specified (?:blob|container) does not exist\b/,
];

/** The imports that failed for another reason than that there is nothing. Pure. */
export function selectFaults(importErrors: readonly string[]): readonly string[] {
  return importErrors.filter((error) => !absences.some((absence) => absence.test(error)));
}

/** One sentence for all that could not be imported; undefined: nothing. */
export function describeFaults(faults: readonly string[]): string | undefined {
  const [first, ...others] = [...new Set(faults.map(toReason))];
  if (first === undefined) return undefined;
  return others.length === 0 ? first : `${first} (and ${others.length} more)`;
}

/** BuildKit's word is all that there is; what kept imports away is told with what kept the export away. Pure. */
export function decideStoreOutcome(
  facts: ExportFacts,
  backend: StoreBackend,
  faults: readonly string[],
): ExportOutcome {
  const outcome = backend === 'inline' ? decideInlineOutcome(facts) : decideDirectOutcome(facts);
  const unread = describeFaults(faults);
  if (unread === undefined) return outcome;
  if (outcome.reason === undefined) return { ...outcome, unloaded: [unread] };
  return { ...outcome, reason: `${outcome.reason}; nor could it be imported: ${unread}` };
}

/** BuildKit has no word for it: the cache is a part of the image, which is there or is not. */
function decideInlineOutcome({ plan, result }: ExportFacts): ExportOutcome {
  const isExported = plan.export !== null && result.failure === undefined;
  return { cacheExport: isExported ? 'exported' : 'skipped', reason: undefined, unloaded: [] };
}

/** Without what BuildKit did when it happened. */
function toReason(error: string): string {
  return error.replace(/^failed to configure \w+ cache importer: /, '');
}
