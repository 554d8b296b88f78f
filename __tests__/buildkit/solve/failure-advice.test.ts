import { describe, expect, it } from '@jest/globals';
import { type BuildFailure, classifyBuildFailure } from '../../../src/buildkit/solve/build-failure.ts';
import { adviseOnFailure } from '../../../src/buildkit/solve/failure-advice.ts';
import { cacheFaults, replayTrace } from '../../helpers/trace.ts';

const classify = (name: string): BuildFailure => classifyBuildFailure(replayTrace(name).trace, cacheFaults);

describe('the lines around a failing instruction', () => {
  it.each([
    [
      'failing',
      [
        '   2 |     COPY rootfs/ /',
        '   3 |     RUN ["/bin/busybox", "--install", "-s", "/bin"]',
        '   4 | >>> RUN echo one; echo "two: no such thing" >&2; exit 7',
        '   5 |',
      ],
    ],
    ['no-such-target', []],
    ['daemon-died', []],
  ])('of the recorded build %s are as buildx prints them', (name, expected) => {
    expect(classify(name).excerpt.map((line) => line.trimEnd())).toEqual(expected);
  });

  it.each(['missing-file', 'syntax-error'])('of the recorded build %s mark the line', (name) => {
    expect(classify(name).excerpt.filter((line) => line.includes('>>>'))).toHaveLength(1);
  });
});

describe('what to do about a failed build', () => {
  it.each([
    ['secret TOKEN: not found', /in "secrets"/],
    ['unset ssh forward key default', /"ssh"/],
    ['failed to load LLB: network.host is not allowed', /"allow"/],
    ['base name ($BASE) should not be blank', /"build-args"/],
    ["fatal: could not read Username for 'https://github.com': terminal prompts disabled", /GIT_AUTH_TOKEN/],
    [
      'failed to copy to tar: rpc error: code = Unknown desc = io: read/write on closed pipe',
      /log of the Docker engine/,
    ],
  ])('is known of the words: %s', (reason, expected) => {
    const text = [`ERROR: failed to build: failed to solve: ${reason}`];
    expect(adviseOnFailure(classifyBuildFailure({ vertices: [], text }, cacheFaults))).toMatch(expected);
  });

  it.each([
    ['failing', /its last lines say why/],
    ['missing-file', /\.dockerignore/],
    ['syntax-error', /Correct the line/],
    ['no-such-target', /input "target"/],
    ['base-unreachable', /could not be reached/],
    ['push-refused', /Check the name in "tags"/],
    ['daemon-died', /connection to BuildKit broke/],
  ])('is known of the recorded build %s', (name, expected) => {
    expect(adviseOnFailure(classify(name))).toMatch(expected);
  });

  const failure: BuildFailure = {
    ...{ kind: 'dockerfile', instruction: 'RUN x', location: 'Dockerfile:2', excerpt: [], output: [] },
    ...{
      reason: 'process "/bin/sh -c x" did not complete successfully: exit code: 1',
      exitCode: 1,
      clippedAt: undefined,
    },
  };
  it.each([
    ['a program that is not there', { exitCode: 127 }, /no program of that name/],
    ['a program that was killed', { exitCode: 137 }, /no memory left/],
    [
      'a full disk, whatever the exit code',
      { exitCode: 127, output: ['write: No space left on device'] },
      /disk is full/,
    ],
    [
      'words in the command line',
      { reason: 'process "echo dockerfile parse error" … exit code: 1' },
      /by itself/,
    ],
    ['words that nobody knows', { reason: 'x', exitCode: undefined }, /BuildKit's words are above/],
  ])('follows from %s', (_what, change, expected) => {
    expect(adviseOnFailure({ ...failure, ...change })).toMatch(expected);
  });
});
