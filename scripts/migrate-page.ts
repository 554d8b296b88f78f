import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { replaceBetween } from './markers.ts';

/** One workflow as it is with Docker's actions, and as it is with Hotlayer. */
export interface MigrationPair {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** The pairs of docs/migrate/. @param root the repository's root */
export function readPairs(root: string): readonly MigrationPair[] {
  const directory = path.join(root, 'docs', 'migrate');
  const read = (name: string): string => readFileSync(path.join(directory, name), 'utf8');
  return readdirSync(directory)
    .filter((file) => file.endsWith('.before.yml'))
    .map((file) => file.slice(0, -'.before.yml'.length))
    .toSorted()
    .map((name) => ({ name, before: read(`${name}.before.yml`), after: read(`${name}.after.yml`) }));
}

/** docs/migrate.md with each pair as one diff. Throws where the page has no place for a pair. */
export function writeMigratePage(page: string, pairs: readonly MigrationPair[]): string {
  return pairs.reduce((text, { name, before, after }) => {
    const links = `[Before](migrate/${name}.before.yml), [after](migrate/${name}.after.yml).`;
    return replaceBetween(
      text,
      `<!-- ${name}: generated from docs/migrate/, npm run readme -->`,
      `<!-- end of ${name} -->`,
      `\`\`\`diff\n${renderDiff(before, after)}\n\`\`\`\n\n${links}`,
    );
  }, page);
}

/** All lines of two texts, with ` `, `-` or `+` in front. What is deleted stands before what takes its place. */
export function renderDiff(before: string, after: string): string {
  const [old, now] = [before.trimEnd().split('\n'), after.trimEnd().split('\n')];
  const common = countCommon(old, now);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push(` ${old[i]}`);
      i++;
      j++;
    } else if (i < old.length && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))
      lines.push(`-${old[i++]}`);
    else lines.push(`+${now[j++]}`);
  }
  return lines.join('\n');
}

/** How many lines the two have in common from `old[i]` and `now[j]` on, as a table of i and j. */
function countCommon(old: readonly string[], now: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--) {
    const [row, below] = [table[i] ?? [], table[i + 1] ?? []];
    for (let j = now.length - 1; j >= 0; j--)
      row[j] = old[i] === now[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
  }
  return table;
}
