/** What is masked of values that must not be printed: each whole, without the white space around it, and line by line. */
export function toMasks(values: readonly string[]): readonly string[] {
  const masks = values
    .filter((value) => value.trim() !== '')
    .flatMap((value) => [value, value.trim(), ...listTellingLines(value)]);
  return [...new Set(masks)];
}

/** Not `{`, `},` or one letter: masked by themselves they would cross out every log and hide nothing. */
function listTellingLines(value: string): readonly string[] {
  const lines = value.split(/[\r\n]+/);
  if (lines.length === 1) return [];
  return lines
    .map((line) => line.trim())
    .filter((line) => line.length > 1 && !/^[\s{}[\]()<>,:;"']*$/.test(line));
}
