import { describe, expect, it } from '@jest/globals';
import { type CacheStory, renderAge, renderCacheStory } from '../../src/report/cache-story.ts';

const minute = 60_000;
const main = {
  ref: { kind: 'branch', name: 'main' },
  runId: '1234',
  runUrl: 'https://github.com/a/b/actions/runs/1234',
  ageMs: 120 * minute,
} as const;
const pr = { ref: { kind: 'pr', name: '7' }, runId: undefined, runUrl: undefined, ageMs: undefined } as const;
const story: CacheStory = { sources: [main], hasImports: true, isOff: false, firstMisses: [] };
const miss = { name: '[pages 3/5] COPY pages/ pages/', before: '[pages 2/5] RUN <a>', isLost: false };

describe('what the cache gave', () => {
  it.each([
    [
      'all, with who wrote it and when',
      story,
      [19, 19],
      '**19 of 19 steps came from the cache** of branch main, written by run [1234](https://github.com/a/b/actions/runs/1234) 2 hours ago.',
    ],
    [
      'by a cache without a word of who wrote it',
      { ...story, sources: [pr] },
      [1, 2],
      '**1 of 2 steps came from the cache** of pull request 7.',
    ],
    [
      'by two caches',
      { ...story, sources: [pr, { ...main, runUrl: undefined, ageMs: undefined }] },
      [1, 2],
      '**1 of 2 steps came from the cache** of pull request 7 and of branch main, written by run 1234.',
    ],
    ['by who knows which', { ...story, sources: undefined }, [1, 2], '**1 of 2 steps came from the cache**.'],
    [
      'nothing, as it is empty',
      { ...story, sources: [] },
      [0, 2],
      '**No step came from the cache: there is none for this build yet. This run makes it for the next one.**',
    ],
    [
      'nothing, as none is imported',
      { ...story, hasImports: false },
      [0, 2],
      '**No step came from the cache: this run imports none.**',
    ],
    [
      'nothing, as asked for',
      { ...story, isOff: true, firstMisses: [miss] },
      [0, 2],
      '**No step came from the cache: the input no-cache asks for that.**',
    ],
    ['nothing, as there is no step', story, [0, 0], ''],
  ] as const)('%s', (_what, told, [cachedSteps, totalSteps], expected) => {
    expect(renderCacheStory(told, { cachedSteps, totalSteps })).toBe(expected);
  });

  it('and where it ended, as text', () => {
    const more = Array.from({ length: 5 }, (_, n) => ({
      name: `[${n}/9] RUN x`,
      before: undefined,
      isLost: n === 0,
    }));
    const lines = renderCacheStory(
      { ...story, firstMisses: [miss, ...more] },
      { cachedSteps: 1, totalSteps: 9 },
    ).split('\n');
    expect(lines.slice(2)).toEqual([
      'Where the cache ended, and why:',
      '',
      '- <code>&#91;pages 3/5&#93; COPY pages/ pages/</code>: the files that it copies have changed, or the line itself. The step before it came from the cache: <code>&#91;pages 2/5&#93; RUN &lt;a&gt;</code>.',
      '- <code>&#91;0/9&#93; RUN x</code>: the cache names its layer, but the layer is gone.',
      '- <code>&#91;1/9&#93; RUN x</code>: the line has changed, or what it uses (a build argument, a mount), or the image that it stands on.',
      '- and at 3 more steps',
    ]);
  });

  it.each([
    [-5 * minute, 'a moment ago'],
    [minute, 'a moment ago'],
    [5 * minute, '5 minutes ago'],
    [120 * minute, '2 hours ago'],
    [47 * 60 * minute, '47 hours ago'],
    [72 * 60 * minute, '3 days ago'],
  ])('%d ms is %s', (ageMs, expected) => {
    expect(renderAge(ageMs)).toBe(expected);
  });
});
