/** The known name that somebody who wrote `written` most likely meant; undefined when none is near. */
export function findNearest(written: string, known: readonly string[]): string | undefined {
  const wanted = toPlain(written);
  const ranked = known
    .map((name) => ({ name, distance: measureDistance(toPlain(name), wanted) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  // Short names are near to everything: `tag` may be `tags`, but `use` is not `push`.
  return best !== undefined && best.distance <= Math.min(2, Math.floor(best.name.length / 3))
    ? best.name
    : undefined;
}

/** Case and separators are what people mix up first. */
function toPlain(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]+/g, '-');
}

/** Levenshtein's: how many letters must be put in, taken out or changed. */
function measureDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
