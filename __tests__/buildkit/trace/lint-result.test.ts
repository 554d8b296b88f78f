import { describe, expect, it } from '@jest/globals';
import { listLintWarnings } from '../../../src/buildkit/trace/lint-result.ts';

const result = {
  warnings: [
    {
      ruleName: 'MaintainerDeprecated',
      description: 'The MAINTAINER instruction is deprecated',
      url: 'https://docs.docker.com/go/dockerfile/rule/maintainer-deprecated/',
      detail: 'Maintainer instruction is deprecated in favor of using label',
      location: { ranges: [{ start: { line: 3 }, end: { line: 3 } }] },
    },
    { ruleName: 'Other', detail: 'x', location: { sourceIndex: 1, ranges: [] } },
    {},
  ],
  sources: [{ filename: 'Dockerfile' }, { filename: 'other' }],
};

describe('what a check has found', () => {
  const first = {
    text: 'MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label (line 3)',
    detail: ['The MAINTAINER instruction is deprecated'],
    url: 'https://docs.docker.com/go/dockerfile/rule/maintainer-deprecated/',
    file: 'Dockerfile',
    line: 3,
  };

  it.each([
    ['as JSON', { 'result.json': result }],
    ['as text', { 'result.json': JSON.stringify(result) }],
  ])('has file and line of a build’s warning: %s', (_, answer) => {
    expect(listLintWarnings(answer)).toEqual([
      first,
      { text: 'Other: x', detail: [], url: undefined, file: 'other', line: undefined },
      { text: 'Warning: ', detail: [], url: undefined, file: 'Dockerfile', line: undefined },
    ]);
  });

  it.each([
    undefined,
    null,
    {},
    { 'result.json': '{' },
    { 'result.json': { warnings: 'x', sources: 1 } },
    { 'result.json': { warnings: [null, 3] } },
  ])('is nothing in %j', (answer) => {
    expect(listLintWarnings(answer)).toEqual([]);
  });
});
