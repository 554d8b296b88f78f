// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what this file is about
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { listPrintedForms, toPlainText, toPrintable, toPrintableJson } from '../src/printable.ts';
import { hostileText, ordinaryText } from './helpers/hostile-text.ts';
import { findCommands, findTerminalTricks } from './helpers/runner-commands.ts';

const runs = { numRuns: 5000 } as const;
const torn = /[\u001b\u0080-\u009f]/;

describe('the runner in these tests', () => {
  it.each([
    ['::error::a', 'error', 'a'],
    [' \u3000\t::add-mask::a', 'add-mask', 'a'],
    ['::warning file=a,line=1::b', 'warning', 'b'],
    ['#5 | x ##[add-mask]e', 'add-mask', 'e'],
    ['x ##vso[task.setvariable variable=a]b', 'task.setvariable variable=a', 'b'],
  ])('obeys %p', (line, name, data) => {
    expect(findCommands(`before\n${line}\nafter`)).toEqual([expect.objectContaining({ name, data })]);
  });

  it.each(['std::string::a', 'a ::error::b', '## [x]', 'plain', '::', '::no end'])(
    'does not obey %p',
    (line) => {
      expect(findCommands(line)).toEqual([]);
    },
  );
});

describe('text of a build never gives the runner a command', () => {
  it.each([
    ['a control character inside ##[', '#\u0001#[add-mask]e'],
    ['a bell before ::', '\u0007::error::a'],
    ['white space before ::', ' \u3000\u00a0\ufeff\t::stop-commands::y'],
    ['a mark that is not seen before ::', '\u200b\u00ad\u2060::error::x'],
    ['a colour before ::', '\u001b[31m::error::x'],
    ['a colour inside ##[', '#\u001b[1m#\u001b[0m[error]x'],
    ['a second line', 'a\n::add-mask::b'],
    ['a line that \\r ends', 'a\r::add-mask::b'],
    ['a line that \\u0085 ends', 'a\u0085::add-mask::b'],
    ['a line that \\u2028 ends', 'a\u2028::add-mask::b'],
    ['the middle of a line', 'x ##[add-mask]b'],
    ['one mark too many', '###[add-mask]b :::error::x'],
    ['a cursor sequence inside ##[', '#\u001b[2K#[error]x'],
    ['a title sequence before ::', '\u001b]0;t\u0007::error::x'],
    ['half a character inside ##[', '#\ud83d#[error]x'],
    ['a command of Azure Pipelines', 'x ##vso[task.setvariable variable=a]b'],
  ])('%s', (_what, text) => {
    expect(findCommands(toPrintable(text))).toEqual([]);
    expect(findTerminalTricks(toPrintable(text))).toEqual([]);
  });

  it('whatever it is made of', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const shown of [toPrintable(text), toPlainText(text)]) {
          expect(findCommands(shown)).toEqual([]);
          expect(findTerminalTricks(shown)).toEqual([]);
          expect(shown.isWellFormed()).toBe(true);
        }
      }),
      runs,
    );
  });

  it('also when it is joined from pieces that were made printable one by one', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (before, after) => {
        const joined = `${toPrintable(before)}${toPrintable(after)}`;
        expect(findCommands(toPrintable(joined))).toEqual([]);
      }),
      runs,
    );
  });

  it('and made printable twice is the same as once', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(toPrintable(toPrintable(text))).toBe(toPrintable(text));
        expect(toPlainText(toPlainText(text))).toBe(toPlainText(text));
      }),
      runs,
    );
  });

  it('takes time in step with its length', () => {
    const measure = (text: string): number => {
      const started = performance.now();
      toPlainText(text);
      return performance.now() - started;
    };
    // What takes the square of it would take many minutes.
    for (const piece of [
      ' ',
      '\n',
      '#',
      ' \n',
      '\u001b[',
      '\u001b]',
      '\u001b[0',
      '\u001b[0m',
      '#\u001b[0m',
      '\u009d',
    ])
      expect(measure(piece.repeat(2_000_000 / piece.length))).toBeLessThan(10_000);
  });
});

describe('printable text stays as it is', () => {
  it('words, code, scripts, emoji, tabs and colours', () => {
    fc.assert(
      fc.property(ordinaryText, (text) => {
        expect(toPrintable(text)).toBe(text);
      }),
      runs,
    );
  });

  it('and reads the same where a command was broken up', () => {
    expect(toPrintable(' ::error::x').replaceAll('\u200b', '')).toBe(' ::error::x');
    expect(toPrintable('a ##[error]x').replaceAll('\u200b', '')).toBe('a ##[error]x');
  });

  it('lines end with \\n; what else may end a line is a space', () => {
    expect(toPrintable('a\r\nb\rc\u2028d\u000be')).toBe('a\nb\nc d e');
  });

  it('links keep their text', () => {
    expect(toPrintable('\u001b]8;;https://example.com\u001b\\here\u001b]8;;\u001b\\')).toBe('here');
  });
});

describe('JSON that is printed', () => {
  it('parses to the same value and gives no command', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const json = toPrintableJson({ [text]: [text] });
        expect(findCommands(json)).toEqual([]);
        expect(findTerminalTricks(json)).toEqual([]);
        expect(json).not.toMatch(/[\r\n]/);
        expect(JSON.parse(json)).toEqual({ [text]: [text] });
      }),
      runs,
    );
  });
});

describe('the masks of a secret', () => {
  it('cover each line of it as it is printed, behind and before anything', () => {
    const contexts = fc.constantFrom(
      ['', ''],
      ['#5 | ', ''],
      ['', ' x'],
      ['a=', '\n'],
      ['', '[x]'],
      ['b ', '::'],
    );
    // A torn sequence takes in what is printed behind it: what remains of such a secret is not it.
    const secrets = hostileText.filter((text) => text.isWellFormed() && !torn.test(text));
    fc.assert(
      fc.property(secrets, contexts, (secret, [before = '', after = '']) => {
        const forms = listPrintedForms(secret).toSorted((a, b) => b.length - a.length);
        expect(forms).toContain(secret);
        const printed = toPrintable(`${before}${secret}${after}`);
        const rest = forms.reduce((text, form) => (form === '' ? text : text.replaceAll(form, '')), printed);
        // A line of one letter is left.
        const lines = secret.split(/[\r\n]/).length;
        expect(rest.replace(/\s/g, '').length).toBeLessThanOrEqual(before.length + after.length + lines);
      }),
      runs,
    );
  });

  it('are the secret alone where it is printed as it is', () => {
    expect(listPrintedForms('pa::ss#wörd')).toEqual(['pa::ss#wörd']);
  });

  it('are never a single letter that is not the secret', () => {
    expect(listPrintedForms('\u0001e')).toEqual(['\u0001e']);
  });
});
