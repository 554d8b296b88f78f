import { InputError, quote } from '../errors.ts';

export interface SplitAnnotations {
  /** For the build of each platform. */
  readonly leg: readonly string[];
  /** For the index of all. */
  readonly index: readonly string[];
}

/**
 * Which annotations belong to the image of a platform, and which to the index. One without a level is for both: the
 * image is what runs, the index is what registries show. Throws InputError for a level that no registry can hold.
 *
 * @param entries checked by `parseAnnotation`
 */
export function splitAnnotations(entries: readonly string[]): SplitAnnotations {
  const leg: string[] = [];
  const index: string[] = [];
  for (const entry of entries) {
    const equals = entry.indexOf('=');
    const colon = entry.slice(0, equals).indexOf(':');
    if (colon === -1) {
      leg.push(entry);
      index.push(`index:${entry}`);
      continue;
    }
    const rest = entry.slice(colon + 1);
    for (const level of entry.slice(0, colon).split(',')) {
      if (level.startsWith('index-descriptor')) {
        throw new InputError(
          'annotations',
          `input "annotations": ${quote(entry)}: a registry keeps no descriptor of an index; allowed are manifest, index and manifest-descriptor`,
        );
      }
      const isOfLeg = /^manifest(?:\[|$)/.test(level);
      (isOfLeg ? leg : index).push(`${level}:${rest}`);
    }
  }
  return { leg, index };
}

/** Key and value of those that the index itself must have. */
export function listIndexAnnotations(
  entries: readonly string[],
): readonly (readonly [key: string, value: string])[] {
  return entries.flatMap((entry) => {
    const [, key, value] = /^index:([^=]*)=(.*)$/s.exec(entry) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value] as const];
  });
}
