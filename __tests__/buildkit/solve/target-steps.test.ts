import { describe, expect, it } from '@jest/globals';
import { findTargetStep } from '../../../src/buildkit/solve/target-steps.ts';

const find = (text: string, target?: string) => findTargetStep(text, target)?.line;

describe('a step that runs on the target platform', () => {
  it.each<[string, string, number, string?]>([
    ['in the only stage', 'FROM x\nRUN a', 2],
    ['in small letters', 'from x\nrun a', 2],
    ['in a stage below', 'FROM x AS base\nRUN a\nFROM base\nCOPY a b', 2],
    ['in a stage that files are copied of', 'FROM x AS b\nRUN a\nFROM scratch\nCOPY --from=b / /', 2],
    ['in one by number', 'FROM x\nRUN a\nFROM scratch\nCOPY --from=0 / /', 2],
    [
      'in one that is mounted',
      'FROM x AS b\nRUN a\nFROM --platform=$BUILDPLATFORM y\nRUN --mount=type=bind,from=b,target=/b c',
      2,
    ],
    ['in a stage for the target by name', 'FROM --platform=$TARGETPLATFORM x\nRUN a', 2],
    ['in braces', 'FROM --platform=\u0024{TARGETPLATFORM} x\nRUN a', 2],
    ['of the named target', 'FROM x AS one\nRUN a\nFROM scratch AS two', 2, 'one'],
    ['after continuations and comments', '# c\nFROM x\nCOPY a \\\n# c\n\n  b\nRUN a', 7],
    ['after a here-document', 'FROM x\nCOPY <<EOF /a\nFROM y\nEOF\nRUN a', 5],
    ['after two of them', 'FROM x\nCOPY <<A <<-"B" /a/\nFROM y\nA\nFROM z\n\tB\nRUN a', 7],
    ['with another sign of continuation', '# escape=`\nFROM x\nCOPY a `\n b\nRUN a', 5],
    ['behind a known frontend', '# syntax=docker/dockerfile:1\nFROM x\nRUN a', 3],
    ['behind one of another registry', '# syntax=r.example/docker/dockerfile:1.9@sha256:0\nFROM x\nRUN a', 3],
    ['with line ends of Windows', 'FROM x\r\nRUN a\r\n', 2],
  ])('%s', (...[, text, line, target]) => {
    expect(find(text, target)).toBe(line);
  });

  it.each<[string, string, string?]>([
    ['no RUN', 'FROM scratch\nCOPY a /'],
    [
      'RUN on the build platform',
      'FROM --platform=$BUILDPLATFORM x AS b\nRUN a\nFROM scratch\nCOPY --from=b / /',
    ],
    ['RUN on top of such a stage', 'FROM --platform=\u0024{BUILDPLATFORM} x AS b\nFROM b\nRUN a'],
    ['RUN on a platform that is named', 'FROM --platform=linux/amd64 x\nRUN a'],
    ['RUN in a stage that nobody needs', 'FROM x AS unused\nRUN a\nFROM scratch\nCOPY a /'],
    ['RUN in another target', 'FROM x AS one\nRUN a\nFROM scratch AS two\nCOPY a /', 'two'],
    ['a target that is not there', 'FROM x\nRUN a', 'none'],
    ['RUN in a here-document', 'FROM x\nCOPY <<EOF /a\nRUN a\nEOF\n'],
    ['RUN in a comment', 'FROM x\n# RUN a'],
    ['RUN in a continuation', 'FROM x\nLABEL a=b \\\nRUN a'],
    ['another frontend', '# syntax=acme/nix\nFROM x\nRUN a'],
    ['a stage named by a build arg', 'ARG B=b\nFROM x AS b\nRUN a\nFROM scratch\nCOPY --from=$B / /'],
    ['nothing', ''],
  ])('is not known of %s', (...[, text, target]) => {
    expect(find(text, target)).toBeUndefined();
  });
});
