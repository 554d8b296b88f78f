import { describe, expect, it } from '@jest/globals';
import {
  collectResults,
  maxResultLength,
  parseLegs,
  renderLegResult,
  toLegResult,
  toWorkflowOutputs,
} from '../../src/workflow/leg-result.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const legs = [
  { index: 0, platform: 'linux/amd64' },
  { index: 1, platform: 'linux/arm64' },
];
const said = (letter: string, platform: string) =>
  renderLegResult(
    toLegResult({
      platform,
      digest: digest(letter),
      cachePlan: '{"code":"own-branch"}',
      metadata: '{"a":1}',
    }),
  ).text;
const results = { 'leg-0': said('a', 'linux/amd64'), 'leg-1': said('b', 'linux/arm64'), digest: '' };

describe('the results of the legs', () => {
  it('come through the outputs of their job', () => {
    const collected = collectResults(legs, JSON.stringify(results));
    expect(collected.map(({ platform, digest }) => [platform, digest])).toEqual([
      ['linux/amd64', digest('a')],
      ['linux/arm64', digest('b')],
    ]);
    expect(
      toWorkflowOutputs(collected, {
        digest: digest('c'),
        names: ['a/b', 'c/d'],
        references: ['a/b:1', 'c/d:1'],
      }),
    ).toEqual({
      digest: digest('c'),
      image: `a/b@${digest('c')}`,
      tags: 'a/b:1\nc/d:1',
      cachePlan: '{"linux/amd64":{"code":"own-branch"},"linux/arm64":{"code":"own-branch"}}',
      metadata: '{"linux/amd64":{"a":1},"linux/arm64":{"a":1}}',
    });
  });

  it.each([
    ['is missing', { 'leg-0': results['leg-0'] }],
    ['is empty', { ...results, 'leg-1': '' }],
    ['is no JSON', { ...results, 'leg-1': 'x' }],
    ['has no digest', { ...results, 'leg-1': '{"platform":"linux/arm64"}' }],
    ['has something else as its digest', { ...results, 'leg-1': '{"digest":"--help"}' }],
  ])('are refused where one %s', (_, given) => {
    expect(() => collectResults(legs, JSON.stringify(given))).toThrow(
      'input "results" has no digest for linux/arm64 (output leg-1)',
    );
  });

  it('lose the metadata where they would be too long for the outputs of a job', () => {
    const long = toLegResult({
      platform: 'linux/amd64',
      digest: digest('a'),
      cachePlan: '{}',
      metadata: JSON.stringify({ a: 'x'.repeat(maxResultLength) }),
    });
    const { text, isWhole } = renderLegResult(long);
    expect(isWhole).toBe(false);
    expect(JSON.parse(text)).toMatchObject({ digest: digest('a'), metadata: null });
  });

  it('know what the build did not say', () => {
    expect(toLegResult({ platform: 'p', digest: '', cachePlan: '', metadata: '' })).toEqual({
      platform: 'p',
      digest: undefined,
      cachePlan: null,
      metadata: null,
    });
  });
});

describe('the legs of a plan', () => {
  it('are read, and nothing else is', () => {
    expect(parseLegs(JSON.stringify(legs.map((leg) => ({ ...leg, name: 'n', runner: 'r' }))))).toEqual(legs);
    for (const text of ['', '[]', '{}', 'x', '[{"index":"0"}]'])
      expect(() => parseLegs(text)).toThrow('input "legs" is not the output "legs" of');
  });
});
