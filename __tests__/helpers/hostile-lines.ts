import { expect } from '@jest/globals';
import { findCommands, findTerminalTricks, type ObeyedCommand } from './runner-commands.ts';

/** In every hostile text of these tests: whoever obeys a command with it in it has been told so by a stranger. */
export const mark = 'MARK';

/** One line each; together they try every way past a guard that the issue names. */
export const hostileLines: readonly string[] = [
  `::add-mask::${mark}`,
  `  \u3000::error title=t,file=f::${mark}`,
  `\u0007::error::${mark}`,
  `\u200b\ufeff::stop-commands::${mark}`,
  `#\u0001#[add-mask]${mark}`,
  `x ##[add-mask]${mark}`,
  `###[error]${mark}`,
  `#\u001b[31m#\u001b[0m[group]${mark}`,
  `\u001b[2K\u001b[1A::error::${mark}`,
  `\u001b]0;title\u0007::save-state name=job-directory::/${mark}`,
  `a\r::error::${mark}`,
  `a\u0085::error::${mark}`,
  `a\u2028::error::${mark}`,
  `a\u000b::error::${mark}`,
  `\u009b2J\u202e##[set-env name=A]${mark}`,
];

/** As part of a name on one line, without NUL and slash. */
export const hostileName = `##[add-mask]${mark}\u2028::error::${mark}`;

const groups = [
  ...['Plan the cache', 'Start BuildKit', 'Open the cache', 'Build', 'Output of the failing step'],
  ...['Log of buildkitd', 'Finish the cache export', 'Stop BuildKit'],
];

/**
 * Fails when the runner, another reader or a terminal would do anything that our own code has not meant. Answers the
 * commands that are obeyed.
 */
export function expectOnlyOwnCommands(
  log: string,
  isKnownSecret: (value: string) => boolean,
): readonly ObeyedCommand[] {
  expect(log).not.toBe('');
  // A mask must be the secret to the letter; the runner shows no such line.
  expect(findTerminalTricks(log.replace(/^::add-mask::.*$/gm, ''))).toEqual([]);
  const commands = findCommands(log);
  const strange = commands.filter((command) => !isOwn(command, isKnownSecret));
  expect(strange).toEqual([]);
  expect(commands.filter(({ name }) => name === 'group')).toHaveLength(
    commands.filter(({ name }) => name === 'endgroup').length,
  );
  return commands;
}

function isOwn(
  { name, data, properties }: ObeyedCommand,
  isKnownSecret: (value: string) => boolean,
): boolean {
  const keys = Object.keys(properties);
  switch (name) {
    case 'group':
      return groups.includes(data) && keys.length === 0;
    case 'endgroup':
      return data === '' && keys.length === 0;
    case 'add-mask':
      return isKnownSecret(data) && keys.length === 0;
    case 'warning':
    case 'notice':
    case 'error':
    case 'debug':
      // Foreign words may stand in ours, but they give no command, also where the runner writes them on.
      return (
        keys.every((key) => ['title', 'file', 'line'].includes(key)) &&
        !data.trimStart().startsWith(mark) &&
        [data, ...Object.values(properties)].every(
          (text) => findCommands(text).length === 0 && findTerminalTricks(text).length === 0,
        )
      );
    default:
      return false;
  }
}
