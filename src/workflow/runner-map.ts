import { InputError, quote } from '../errors.ts';
import { isPlatform } from '../inputs/platform.ts';
import { hasControlCharacters } from '../inputs/reader.ts';
import { isPlatformPrefix } from './platforms.ts';

/** What a job's `runs-on` takes. */
export type RunnerLabels = string | readonly string[];

export interface RunnerMap {
  readonly fallback: RunnerLabels | undefined;
  readonly rules: readonly { readonly prefix: string; readonly labels: RunnerLabels }[];
}

const allowed =
  'allowed is one label, or lines of PLATFORM=LABEL with default=LABEL for the others, for example linux/arm64=ubuntu-24.04-arm, with several labels of one runner separated by commas';

/** A label for all jobs, or a line for each prefix of a platform. Throws InputError. */
export function parseRunnerMap(name: string, text: string): RunnerMap {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  let fallback: RunnerLabels | undefined;
  const rules = new Map<string, RunnerLabels>();
  for (const line of lines) {
    const equals = line.indexOf('=');
    const key = equals === -1 ? 'default' : line.slice(0, equals).trim().toLowerCase();
    const labels = parseLabels(name, line, line.slice(equals + 1));
    if (key === 'default' ? fallback !== undefined : rules.has(key))
      fail(name, line, `${key === 'default' ? 'the default' : quote(key)} is given twice`);
    if (key === 'default') fallback = labels;
    else if (isPlatform(key)) rules.set(key, labels);
    else fail(name, line, `${quote(key)} is not the beginning of a platform`);
  }
  if (fallback === undefined && rules.size === 0)
    throw new InputError(name, `input "${name}" is empty; ${allowed}`);
  return { fallback, rules: Array.from(rules, ([prefix, labels]) => ({ prefix, labels })) };
}

/**
 * Where a platform is built: the longest prefix counts. Throws InputError where there is none.
 *
 * @param platform undefined: a build that names no platform is made on the default runner
 */
export function chooseRunner(
  name: string,
  { fallback, rules }: RunnerMap,
  platform: string | undefined,
): RunnerLabels {
  const fitting = rules
    .filter(({ prefix }) => platform !== undefined && isPlatformPrefix(prefix, platform))
    .toSorted((a, b) => b.prefix.length - a.prefix.length);
  const chosen = fitting[0]?.labels ?? fallback;
  if (chosen !== undefined) return chosen;
  const what = platform === undefined ? 'a build without "platforms"' : quote(platform);
  throw new InputError(name, `input "${name}" has no runner for ${what}; ${allowed}`);
}

function parseLabels(name: string, line: string, text: string): RunnerLabels {
  const labels = text.split(',').map((label) => label.trim());
  if (labels.some((label) => label === '')) fail(name, line, 'a label is empty');
  if (labels.some((label) => hasControlCharacters(label) || /\s/.test(label)))
    fail(name, line, 'a label has white space');
  const [only = ''] = labels;
  return labels.length === 1 ? only : labels;
}

function fail(name: string, line: string, why: string): never {
  throw new InputError(name, `input "${name}": ${quote(line)}: ${why}; ${allowed}`);
}
