import { InputError } from '../../errors.ts';
import { findNearest } from '../../inputs/nearest.ts';
import { daemonConfigKeys, type KeyTable } from './config-keys.ts';

/** Where the configuration comes from. */
export type ConfigInput = 'buildkitd-config' | 'buildkitd-config-inline';

export function refuseConfig(input: ConfigInput, why: string): never {
  throw new InputError(input, `input "${input}": ${why}`);
}

/** The full dotted name as TOML has it, for example `registry."docker.io".mirrors`. */
export function toKeyName(path: readonly string[]): string {
  return path.map((key) => (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key))).join('.');
}

/** Its name and the nearest key that is known, for the end of a sentence. `siblings`: what is known in that table. */
export function describeUnknownKey(path: readonly string[], siblings: readonly string[]): string {
  const written = path.at(-1) ?? '';
  const near = findNearest(written, siblings) ?? siblings.find((key) => isPart(key, written));
  const meant = near === undefined ? findElsewhere(written) : toKeyName([...path.slice(0, -1), near]);
  const hint = meant === undefined ? `allowed there: ${siblings.join(', ')}` : `did you mean ${meant}?`;
  return `${toKeyName(path)}; ${hint}`;
}

/** One name holds the other. */
function isPart(known: string, written: string): boolean {
  const [a, b] = [known.toLowerCase(), written.toLowerCase()];
  return b.length > 3 && (a.includes(b) || b.includes(a));
}

/** A key of another table: a usual mistake with TOML. */
function findElsewhere(written: string): string | undefined {
  const found = listNames(daemonConfigKeys, []).find(
    (path) => path.at(-1)?.toLowerCase() === written.toLowerCase(),
  );
  return found === undefined ? undefined : toKeyName(found);
}

function listNames(keys: KeyTable, parents: readonly string[]): readonly (readonly string[])[] {
  return Object.entries(keys).flatMap(([key, kind]) => {
    const path = [...parents, key];
    if (kind.kind === 'table' || kind.kind === 'tables') return [path, ...listNames(kind.keys, path)];
    return kind.kind === 'named' ? [path, ...listNames(kind.keys, [...path, '<name>'])] : [path];
  });
}
