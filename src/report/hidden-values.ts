/** A value that a name may hold, and what is shown for it. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** What is shorter is no secret, and may be a part of any word. */
const leastLength = 4;

/**
 * The text with `$NAME` for each value. BuildKit puts the values of build arguments into the names of steps. One that is
 * a secret is masked by the runner only as it is, so not where a summary escapes or cuts it.
 */
export function hideValues(text: string, values: readonly NamedValue[]): string {
  const parts = values
    .flatMap(({ name, value }) =>
      [value, ...value.split(/[\r\n]+/)].map((part) => ({ name, part: part.trim() })),
    )
    .filter(({ part }) => part.length >= leastLength)
    // A value may hold another one.
    .toSorted((a, b) => b.part.length - a.part.length);
  return parts.reduce((shown, { name, part }) => shown.replaceAll(part, () => `$${name}`), text);
}
