import { describe, expect, it } from '@jest/globals';
import { listFirstMisses } from '../../../src/buildkit/trace/misses.ts';
import { BuildTrace } from '../../../src/buildkit/trace/trace.ts';
import { replayTrace } from '../../helpers/trace.ts';

const list = (name: string) => listFirstMisses(replayTrace(name).trace.vertices);
const at = (ms: number): string => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();

/** Steps by name: `+` cached, `-` ran, `?` named but never reached, `!` lost and run; then what they stand on. */
function play(steps: Readonly<Record<string, readonly [state: string, ...inputs: string[]]>>) {
  const trace = new BuildTrace();
  const vertexes = Object.entries(steps).map(([name, [, ...inputs]]) => ({ digest: name, name, inputs }));
  trace.add(JSON.stringify({ vertexes }));
  for (const [index, [name, [state]]] of Object.entries(steps).entries()) {
    const times = { started: at(index * 10), completed: at(index * 10 + 5) };
    const vertex = { digest: name, name, ...(state === '?' ? {} : times) };
    if (state === '!') trace.add(JSON.stringify({ vertexes: [{ ...vertex, cached: true, error: 'gone' }] }));
    trace.add(JSON.stringify({ vertexes: [{ ...vertex, cached: state === '+' }] }));
  }
  return listFirstMisses(trace.vertices).map(({ name, before, isLost }) => [name, before, isLost]);
}

describe('where the cache ended', () => {
  it.each([
    ['nowhere, as all is cached', { '[1/2] COPY a': ['+'], '[2/2] RUN b': ['+', '[1/2] COPY a'] }, []],
    [
      'at the step that ran on cached ones, not at those on top of it',
      {
        '[1/3] COPY a': ['+'],
        '[2/3] RUN b': ['-', '[1/3] COPY a'],
        '[3/3] RUN c': ['-', '[2/3] RUN b'],
      },
      [['[2/3] RUN b', '[1/3] COPY a', false]],
    ],
    [
      'in two stages, each by itself',
      {
        '[a 1/1] RUN a': ['-'],
        '[b 1/2] RUN b': ['+'],
        '[b 2/2] RUN c': ['-', '[b 1/2] RUN b'],
        '[2/2] COPY --from': ['-', '[a 1/1] RUN a', '[b 2/2] RUN c'],
      },
      [
        ['[a 1/1] RUN a', undefined, false],
        ['[b 2/2] RUN c', '[b 1/2] RUN b', false],
      ],
    ],
    [
      'where another image or the context came in, which are no steps',
      {
        '[1/2] FROM x': ['-'],
        '[internal] load build context': ['-'],
        '[2/2] COPY . .': ['-', '[1/2] FROM x', '[internal] load build context'],
      },
      [['[2/2] COPY . .', undefined, false]],
    ],
    ['not at a step that the build never came to', { '[1/1] RUN a': ['?'] }, []],
    [
      'at a step whose layer was gone',
      { '[1/2] RUN a': ['+'], '[2/2] RUN b': ['!', '[1/2] RUN a'] },
      [['[2/2] RUN b', '[1/2] RUN a', true]],
    ],
  ] as const)('is %s', (_where, steps, expected) => {
    expect(play(steps)).toEqual(expected);
  });

  it.each([
    ['warm', []],
    ['registry-warm', []],
    ['cold', [{ name: '[base 1/3] COPY rootfs/ /', before: undefined, isLost: false }]],
    [
      'push-refused',
      [
        {
          name: '[build 2/2] RUN ["/bin/busybox", "true"]',
          before: '[build 1/2] COPY rootfs/ /',
          isLost: false,
        },
      ],
    ],
  ])('is known of the recorded build %s', (name, expected) => {
    expect(list(name)).toEqual(expected);
  });
});
