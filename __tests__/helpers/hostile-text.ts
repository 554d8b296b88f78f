// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what this file is about
import fc from 'fast-check';

const names = [
  'add-mask',
  'error',
  'warning',
  'stop-commands',
  'set-env',
  'save-state',
  'group',
  'x',
  'ADD-MASK',
];
const pieces = [
  ...[
    '::',
    ':',
    '#',
    '##',
    '[',
    ']',
    '##[',
    '##vso[',
    ' ',
    '=',
    ',',
    ';',
    '%0A',
    '%3A',
    '%25',
    'a',
    'std::string',
  ],
  ...names,
  ...names.flatMap((name) => [`::${name}::`, `::${name} title=a::`, `##[${name}]`, `#\u0001#[${name}]`]),
  // White space and ends of lines of every kind.
  ...[
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\u000b',
    '\u000c',
    '\u0085',
    '\u00a0',
    '\u1680',
    '\u2003',
    '\u2028',
    '\u2029',
  ],
  ...['\u202f', '\u205f', '\u3000', '\ufeff'],
  // Not seen, or seen elsewhere.
  ...[
    '\u0000',
    '\u0001',
    '\u0007',
    '\u0008',
    '\u001c',
    '\u007f',
    '\u0090',
    '\u009b',
    '\u009c',
    '\u009d',
    '\u00ad',
  ],
  ...[
    '\u061c',
    '\u180e',
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u202a',
    '\u202e',
    '\u2060',
    '\u2066',
    '\u2069',
  ],
  ...['\u{e0001}', '\u{e0041}', '\ufff9', '\u034f', '\u0301'],
  // Halves of a character, and whole ones.
  ...['\ud83d', '\ude00', '\u{1f600}', '語', 'é'],
  // Sequences for a terminal, whole and torn.
  ...[
    '\u001b',
    '\u001b[',
    '\u001b[31m',
    '\u001b[0m',
    '\u001b[2K',
    '\u001b[1A',
    '\u001b[?25l',
    '\u001b[38;5;9m',
  ],
  ...[
    '\u001b]0;title\u0007',
    '\u001b]8;;https://example.com\u001b\\',
    '\u001bP',
    '\u001b\\',
    '\u001bc',
    '\u009b2J',
  ],
];

/** Text of somebody who would like the runner, or a terminal, to do something. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) },
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

const commandLike = /##(?:\u001b\[[\d;]*m)*\[|^\s*::/m;

/** What builds print all day: words, code, colours, all scripts. No line begins with `::`. */
export const ordinaryText: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...[
        'std::string',
        'Foo::Bar::baz',
        'a:b',
        'C:\\dir',
        'x # y',
        '#12',
        '## Title',
        '#[derive]',
        '[1/2]',
        'f()',
      ],
      ...[
        '\t',
        ' ',
        '  ',
        '\n',
        'naïve',
        'e\u0301',
        '日本語',
        'שלום',
        'سلام',
        '\u{1f468}\u200d\u{1f469}',
        '\u2764\ufe0f',
      ],
      ...[
        '\u001b[31mred\u001b[0m',
        '\u001b[38;2;1;2;3mtrue\u001b[39m',
        '\u001b[1;4m',
        '100%',
        '%0A',
        '\u00a0',
        '✓',
      ],
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => !commandLike.test(text));
