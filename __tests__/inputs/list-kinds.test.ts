import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { InputError } from '../../src/errors.ts';
import { csv, lines, raw, secrets } from '../../src/inputs/kinds.ts';

const row = { name: 'x', description: 'X.', parse: (_: string, entry: string) => entry };

const kinds = {
  CSV: csv(row).read,
  LINES: lines(row).read,
  RAW: raw(row).read,
  SECRET: (env: Readonly<Record<string, string>>) =>
    secrets({ ...row, parse: (_, value) => ({ id: '', value }) })
      .read(env)
      .map(({ value }) => value),
} as const;
type Kind = keyof typeof kinds;

function read(kind: Kind, text: string): readonly string[] | 'refused' {
  try {
    return kinds[kind]({ INPUT_X: text });
  } catch (error) {
    if (error instanceof InputError && error.input === 'x') return 'refused';
    throw error;
  }
}

/** The lists of docker/actions-toolkit (src/util.ts, 0.101.0), for any input text: what each kind makes of it. */
const table: readonly (readonly [string, string, Readonly<Record<Kind, readonly string[] | 'refused'>>])[] = [
  [
    'quotes protect a comma only in a record of several fields',
    '"a,b",c',
    // A secret has one field only: nothing of it is lost.
    { CSV: ['a,b', 'c'], LINES: ['a,b,c'], RAW: ['"a,b",c'], SECRET: ['"a,b",c'] },
  ],
  [
    'a comma in the quotes of the only field',
    '"a,b"',
    { CSV: ['a', 'b'], LINES: ['a,b'], RAW: ['"a,b"'], SECRET: ['a,b'] },
  ],
  [
    'inner blanks and commas',
    'A=a, b ,c',
    { CSV: ['A=a', 'b', 'c'], LINES: ['A=a, b ,c'], RAW: ['A=a, b ,c'], SECRET: ['A=a, b ,c'] },
  ],
  [
    'quotes inside a field are literal',
    'B="x,y"',
    { CSV: ['B="x', 'y"'], LINES: ['B="x,y"'], RAW: ['B="x,y"'], SECRET: ['B="x,y"'] },
  ],
  [
    'a whole entry quoted, inner quotes doubled',
    '"A={""k"":1}"',
    { CSV: ['A={"k":1}'], LINES: ['A={"k":1}'], RAW: ['"A={""k"":1}"'], SECRET: ['A={"k":1}'] },
  ],
  [
    'one entry of two lines',
    '"S=l1\nl2"',
    { CSV: ['S=l1\nl2'], LINES: ['S=l1\nl2'], RAW: ['"S=l1', 'l2"'], SECRET: ['S=l1\nl2'] },
  ],
  [
    'a quote after a blank is literal',
    'A=1\n  "B=2,3"',
    {
      CSV: ['A=1', '"B=2', '3"'],
      LINES: ['A=1', '"B=2,3"'],
      RAW: ['A=1', '"B=2,3"'],
      SECRET: ['A=1', '  "B=2,3"'],
    },
  ],
  [
    'a quote that is not closed',
    '"A=abc\nB=2',
    { CSV: 'refused', LINES: 'refused', RAW: ['"A=abc', 'B=2'], SECRET: 'refused' },
  ],
  [
    'a line of blanks is no entry',
    'A=1\n   \n\n\t\nB=2\n',
    { CSV: ['A=1', 'B=2'], LINES: ['A=1', 'B=2'], RAW: ['A=1', 'B=2'], SECRET: ['A=1', 'B=2'] },
  ],
  [
    'secret values are not trimmed',
    '  k=  v  ',
    { CSV: ['k=  v'], LINES: ['k=  v'], RAW: ['k=  v'], SECRET: ['  k=  v  '] },
  ],
  [
    'CSV for BuildKit itself stays as it is',
    'type=image,"name=a,b"',
    {
      CSV: ['type=image', 'name=a,b'],
      LINES: ['type=image,name=a,b'],
      RAW: ['type=image,"name=a,b"'],
      SECRET: ['type=image,"name=a,b"'],
    },
  ],
  [
    'several keys of one ssh id',
    'default=/a,/b',
    {
      CSV: ['default=/a', '/b'],
      LINES: ['default=/a,/b'],
      RAW: ['default=/a,/b'],
      SECRET: ['default=/a,/b'],
    },
  ],
];

describe.each(['CSV', 'LINES', 'RAW', 'SECRET'] as const)('a list of the kind %s', (kind) => {
  it.each(table)('%s: %j', (_, text, expected) => {
    expect(read(kind, text)).toEqual(expected[kind]);
  });
});

it('a quote that is not closed is told with the name of the input, and a secret is not shown', () => {
  expect(() => kinds.LINES({ INPUT_X: '"A=abc\nB=2' })).toThrow(
    'input "x": "\\"A=abc\\nB=2" cannot be read as a list: a quoted entry has no closing quote; allowed is ',
  );
  expect(() => kinds.SECRET({ INPUT_X: '"A=abc\nB=2' })).toThrow(/^(?!.*abc).*no closing quote.*allowed/);
});

/** getList of docker/actions-toolkit in its own words, and core.getInput before it. */
function readAsPeer(kind: 'CSV' | 'LINES' | 'RAW', text: string): readonly string[] | 'refused' {
  let records: readonly (readonly string[])[];
  try {
    records = parse(text.trim(), {
      columns: false,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      quote: kind === 'RAW' ? false : '"',
    });
  } catch {
    return 'refused';
  }
  const items = records.flatMap((record) => {
    if (kind !== 'CSV') return [record.join(',')];
    return record.length === 1 ? record.flatMap((field) => field.split(',')) : record;
  });
  return items.filter((item) => item !== '').map((item) => item.trim());
}

it.each(['CSV', 'LINES', 'RAW'] as const)(
  '%s reads any text as docker/actions-toolkit does, but for entries of blanks, which are none here',
  (kind) => {
    const text = fc.string({
      unit: fc.constantFrom('"', '""', ',', ' ', '\t', '\n', '\r\n', '=', 'a', 'b', '#'),
    });
    fc.assert(
      fc.property(text, (given) => {
        const peer = readAsPeer(kind, given);
        const wanted = peer === 'refused' ? peer : peer.filter((entry) => entry !== '');
        // The names of a CSV list mean nothing twice.
        expect(read(kind, given)).toEqual(
          kind === 'CSV' && wanted !== 'refused' ? [...new Set(wanted)] : wanted,
        );
      }),
      { numRuns: 2000 },
    );
  },
);
