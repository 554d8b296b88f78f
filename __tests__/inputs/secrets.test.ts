import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../src/errors.ts';
import { listSecretValues, parseInputs } from '../../src/inputs/inputs.ts';

const parse = (secrets: string) => parseInputs({ INPUT_SECRETS: secrets });
const valuesOf = (secrets: string) => parse(secrets).build.secrets.map(({ value }) => value);
const quoteEntry = (id: string, value: string) => `"${id}=${value.replaceAll('"', '""')}"`;

/** Whatever a variable of an environment can hold. */
const text = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(' ', '\t', '\n', '\r', '\r\n', '"', '""', ',', '=', '\\', 'a', '{', '}', '#'),
    }),
  )
  .filter((value) => !value.includes('\0') && value !== '');

describe('secrets to the byte', () => {
  it.each([
    ['white space at both ends', 'A=  x\t', ['  x\t']],
    ['white space at the ends of a quoted value', '"A= x "', [' x ']],
    ['a line end at the end of a quoted value', '"A=x\n"', ['x\n']],
    ['several, and at the start', '"A=\n\nx\n\n"', ['\n\nx\n\n']],
    ['CRLF in a quoted value, LF between entries', '"A=l1\r\nl2\r\n"\nB=y', ['l1\r\nl2\r\n', 'y']],
    ['LF in a quoted value, CRLF between entries', '"A=l1\nl2\n"\r\nB=y', ['l1\nl2\n', 'y']],
    ['a carriage return', '"A=x\r"', ['x\r']],
    ['doubled quotes', '"A={""k"":1}"', ['{"k":1}']],
    ['quotes in the middle', 'A="x"', ['"x"']],
    [
      'quotes after a comma',
      'A=x,"y"\nB=,"\nC={"a":"b","c":["d","e"]}',
      ['x,"y"', ',"', '{"a":"b","c":["d","e"]}'],
    ],
    ['commas, equals signs and hashes', 'A=a,b ,=c#d', ['a,b ,=c#d']],
    ['white space only', 'A=   ', ['   ']],
    ['white space around an id', ' A =x', ['x']],
    ['64 KiB', `A=${'x'.repeat(65_536)}`, ['x'.repeat(65_536)]],
    ['lines of blanks between entries', '\n  \nA=1\n\t\nB=2\n\n', ['1', '2']],
  ])('%s', (_, secrets, expected) => {
    expect(valuesOf(secrets)).toEqual(expected);
  });

  it('whatever is quoted comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\n', '\r\n'),
        (values, lineEnd) => {
          const secrets = values.map((value, index) => quoteEntry(`S${index}`, value)).join(lineEnd);
          expect(valuesOf(secrets)).toEqual(values);
          expect(valuesOf(`${lineEnd}${secrets}${lineEnd}`)).toEqual(values);
        },
      ),
    );
  });

  it('whatever needs no quotes comes back as it was', () => {
    const plain = text.filter((value) => !/[\r\n]/.test(value));
    fc.assert(
      fc.property(plain, plain, (one, two) => {
        expect(valuesOf(`A=${one}\nB=${two}`)).toEqual([one, two]);
      }),
    );
  });

  it('a value that no environment can carry is refused, and not shown', () => {
    for (const secrets of [`A=${'hunter2'.repeat(20_000)}`, 'A=hunter2\0']) {
      let error: unknown;
      try {
        parse(secrets);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toMatch(/"A".*allowed/);
      expect(String(error)).not.toContain('hunter2');
    }
  });
});

describe('masks', () => {
  it.each([
    [
      'a JSON document: no bracket by itself',
      quoteEntry('A', '{\n  "key": "abc",\n  "list": [\n  ]\n},\n'),
      [
        '{\n  "key": "abc",\n  "list": [\n  ]\n},\n',
        '{\n  "key": "abc",\n  "list": [\n  ]\n},',
        '"key": "abc",',
        '"list": [',
      ],
    ],
    ['lines of one letter', '"A=a\nbc\n1"', ['a\nbc\n1', 'bc']],
    ['a value of one character is what the user calls secret', 'A={', ['{']],
    ['white space around a value', 'A=  pass word ', ['  pass word ', 'pass word']],
    ['white space around a line', '"A=  one\r\n\ttwo "', ['  one\r\n\ttwo ', 'one\r\n\ttwo', 'one', 'two']],
    ['lines that end with CR alone', '"A=one\rtwo"', ['one\rtwo', 'one', 'two']],
    ['nothing to mask', 'A=   \nB=', []],
  ])('%s', (_, secrets, expected) => {
    expect(listSecretValues(parse(secrets))).toEqual(expected);
  });

  it('cover each value whole, and each telling line of it, and nothing shorter', () => {
    fc.assert(
      fc.property(text, (value) => {
        const masks = listSecretValues(parse(quoteEntry('A', value)));
        if (value.trim() !== '') expect(masks).toContain(value);
        for (const line of value.split(/\r\n|\r|\n/)) {
          if (/[\p{L}\p{N}]{2}/u.test(line)) expect(masks.some((mask) => line.includes(mask))).toBe(true);
        }
        for (const mask of masks) expect(value).toContain(mask);
      }),
    );
  });
});
