import type { JsonRecord } from '../../json.ts';

/** The sections of a manifest that this version of Hotlayer reads and writes itself. */
const knownSections: ReadonlySet<string> = new Set([
  'refHash',
  'writer',
  'legacyIndex',
  'packs',
  'blobs',
  'config',
]);

/**
 * Of all unknown sections together, as JSON. They are carried from manifest to manifest for ever, so they must not be able
 * to make one that is too large to be read.
 */
export const maxSectionBytes = 1024 * 1024;

/**
 * What a newer Hotlayer has put beside the sections that this one knows, as it stands there; undefined: it is more than any
 * Hotlayer may put there.
 */
export function pickForeignSections(body: JsonRecord): JsonRecord | undefined {
  const sections = Object.fromEntries(Object.entries(body).filter(([name]) => !knownSections.has(name)));
  return Buffer.byteLength(JSON.stringify(sections)) > maxSectionBytes ? undefined : sections;
}
