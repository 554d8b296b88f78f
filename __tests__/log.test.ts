import process from 'node:process';
import * as core from '@actions/core';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { renderCommandLine } from '../src/cli/workflow-commands.ts';
import * as log from '../src/log.ts';
import { hostileText } from './helpers/hostile-text.ts';
import { findCommands, findTerminalTricks } from './helpers/runner-commands.ts';

/** What reaches the runner while this runs. */
async function print(work: () => unknown): Promise<string> {
  let output = '';
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    output += String(chunk);
    return true;
  });
  const { exitCode } = process;
  try {
    await work();
  } finally {
    spy.mockRestore();
    process.exitCode = exitCode;
  }
  return output;
}

/** Every way into the log, with the commands that it gives itself. */
const ways: readonly (readonly [
  name: string,
  (text: string, place: { title: string; file: string }) => unknown,
  commands: readonly string[],
])[] = [
  ['info', (text) => log.info(text), []],
  ['notice', (text, place) => log.notice(text, place), ['notice']],
  ['warning', (text, place) => log.warning(text, { ...place, startLine: 3 }), ['warning']],
  ['debug', (text) => log.debug(text), ['debug']],
  ['fail', (text) => log.fail(text), ['error']],
  ['group', (text) => log.group(text, async () => undefined), ['group', 'endgroup']],
];

describe('no text that is printed gives the runner a command', () => {
  it.each(ways)('by log.%s', async (_name, write, names) => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, hostileText, async (text, title, file) => {
        const output = await print(() => write(text, { title, file }));
        const commands = findCommands(output);
        expect(commands.map(({ name }) => name)).toEqual(names);
        for (const { data, properties } of commands) {
          // The runner writes them into the job's log and the annotation.
          for (const shown of [data, ...Object.values(properties)]) {
            expect(findCommands(shown)).toEqual([]);
            expect(findTerminalTricks(shown)).toEqual([]);
          }
          expect(Object.keys(properties).filter((key) => !['title', 'file', 'line'].includes(key))).toEqual(
            [],
          );
        }
        expect(findTerminalTricks(output)).toEqual([]);
        // And once more where `hotlayer build` runs in a workflow.
        const shown = output.split('\n').map((line) => renderCommandLine(line) ?? '');
        expect(findCommands(shown.join('\n'))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('in pieces of one command', async () => {
    const output = await print(() => {
      for (const piece of [':', ':error::x', '#', '#[add-mask]e', '::', 'error::x', '##', '[error]x'])
        log.info(piece);
    });
    expect(findCommands(output)).toEqual([]);
  });
});

describe('what libraries print past the log', () => {
  const [out, err] = [process.stdout.write, process.stderr.write];
  afterEach(() => {
    process.stdout.write = out;
    process.stderr.write = err;
  });

  const printGuarded = (work: () => unknown): Promise<string> =>
    print(() => {
      log.guardStreams();
      return work();
    });

  it('goes through the guard', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const output = await printGuarded(() => core.info(`Attempt 1 of 5 failed with error: ${text}`));
        expect(findCommands(output)).toEqual([]);
        expect(findTerminalTricks(output)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, (text: string) => void]>([
    ['debug', core.debug],
    ['warning', core.warning],
    ['error', core.error],
    ['notice', core.notice],
  ])('%s holds no command and no trick of a terminal', async (name, write) => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const output = await printGuarded(() => write(`Failed to save: ${text}`));
        expect(findTerminalTricks(output)).toEqual([]);
        const commands = findCommands(output);
        expect(commands.map((command) => command.name)).toEqual([name]);
        for (const { data } of commands) {
          expect(findCommands(data)).toEqual([]);
          expect(findTerminalTricks(data)).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('may hide a secret, warn, and speak to the debug log', async () => {
    const output = await printGuarded(() => {
      core.setSecret('sig');
      core.warning('Failed to restore: 5%0A\nb');
      core.debug('Resource');
      log.warning('ours', { title: 'a' });
    });
    expect(findCommands(output).map(({ name, data }) => [name, data])).toEqual([
      ['add-mask', 'sig'],
      ['warning', 'Failed to restore: 5%0A\nb'],
      ['debug', 'Resource'],
      ['warning', 'ours'],
    ]);
  });

  it('leaves bytes and their callbacks alone', async () => {
    const done = jest.fn();
    jest.spyOn(process.stdout, 'write').mockImplementation((_chunk, ...rest) => {
      for (const callback of rest) if (typeof callback === 'function') callback();
      return false;
    });
    log.guardStreams();
    expect(process.stdout.write(Buffer.from('x'), done)).toBe(false);
    expect(done).toHaveBeenCalledTimes(1);
  });
});

describe('a secret', () => {
  it('is hidden in the form that it is printed in, too', async () => {
    const output = await print(() => log.mask('a##[b]\u0001c'));
    const masks = findCommands(output).map(({ data }) => data);
    expect(masks).toContain('a##[b]\u0001c');
    const printed = await print(() => log.info('token a##[b]\u0001c'));
    expect(masks.some((mask) => printed === `token ${mask}\n`)).toBe(true);
  });
});
