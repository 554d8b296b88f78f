/** What a step's summary may have at most on GitHub, which shows nothing of a longer one (actions/runner, CreateStepSummaryCommand). */
export const maxSummaryBytes = 1024 * 1024;

export interface Section {
  /** For the sentence that it was left out. */
  readonly name: string;
  readonly text: string;
}

/**
 * The sections as one text that has no more bytes than that: where they are too many, those that can be missed most
 * easily go first, and a sentence says so. Empty where not even the first fits.
 *
 * @param dispensable names of sections, the first to go first
 */
export function fitSections(
  sections: readonly Section[],
  dispensable: readonly string[],
  maxBytes: number,
): string {
  const dropped: string[] = [];
  for (const next of [undefined, ...dispensable]) {
    if (next !== undefined) dropped.push(next);
    const kept = sections.filter(({ name, text }) => text !== '' && !dropped.includes(name));
    const missing = sections.filter(({ name, text }) => text !== '' && dropped.includes(name));
    const note =
      missing.length === 0
        ? []
        : [
            `GitHub shows 1 MiB at the most, so these are missing here: ${missing.map(({ name }) => name).join(', ')}.`,
          ];
    const whole = `${[...kept.map(({ text }) => text), ...note].join('\n\n')}\n\n`;
    if (Buffer.byteLength(whole) <= maxBytes) return whole;
  }
  return '';
}
