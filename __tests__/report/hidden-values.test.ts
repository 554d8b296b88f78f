import { describe, expect, it } from '@jest/globals';
import { hideValues } from '../../src/report/hidden-values.ts';

describe('values of build arguments in the name of a step', () => {
  it.each([
    [
      'are shown by name',
      '[2/3] RUN curl -H ghp_1234567',
      [['TOKEN', 'ghp_1234567']],
      '[2/3] RUN curl -H $TOKEN',
    ],
    ['wherever they stand', 'RUN a=abcd b=abcd', [['A', 'abcd']], 'RUN a=$A b=$A'],
    [
      'the longer one first',
      'RUN abcd-efgh',
      [
        ['A', 'abcd'],
        ['B', 'abcd-efgh'],
      ],
      'RUN $B',
    ],
    ['line by line', 'RUN echo line-one', [['KEY', 'line-one\nline-two\n']], 'RUN echo $KEY'],
    [
      'but not where they are a part of any word',
      '[1/2] RUN 1',
      [
        ['N', '1'],
        ['E', ''],
      ],
      '[1/2] RUN 1',
    ],
    ['as they are, with signs of replacements too', 'RUN $&$&', [['$1', '$&$&']], 'RUN $$1'],
  ] as const)('%s', (_how, text, values, expected) => {
    expect(
      hideValues(
        text,
        values.map(([name, value]) => ({ name, value })),
      ),
    ).toBe(expected);
  });
});
