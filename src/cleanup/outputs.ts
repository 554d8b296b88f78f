import type { CleanupResult } from './clean.ts';
import { sumBytes } from './report.ts';

/** The outputs of the action `cleanup`, in the order of its action.yml. */
export const cleanupOutputNames = [
  'removable-caches',
  'removable-bytes',
  'deleted-caches',
  'deleted-bytes',
  'remaining-caches',
  'remaining-bytes',
] as const;

export function toCleanupOutputs({
  facts,
  removals,
  deletion,
}: CleanupResult): readonly (readonly [name: (typeof cleanupOutputNames)[number], value: string])[] {
  const { deleted, gone } = deletion;
  const bytes = (list: typeof removals) => sumBytes(list.map(({ entry }) => entry));
  const values = {
    'removable-caches': removals.length,
    'removable-bytes': bytes(removals),
    'deleted-caches': deleted.length,
    'deleted-bytes': bytes(deleted),
    'remaining-caches': facts.entries.length - deleted.length - gone.length,
    'remaining-bytes': sumBytes(facts.entries) - bytes(deleted) - bytes(gone),
  };
  return cleanupOutputNames.map((name) => [name, String(values[name])]);
}
