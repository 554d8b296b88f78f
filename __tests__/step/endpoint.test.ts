import { describe, expect, it } from '@jest/globals';
import { parseInspection } from '../../src/buildkit/solve/inspect.ts';

describe('what a daemon says of itself', () => {
  it.each([
    ['a release', 'Status:           running\nBuildKit version: v0.33.1\n', { version: 'v0.33.1' }],
    ['a fork', 'Status: running\nBuildKit version: v0.30.0-acme.1\n', { version: 'v0.30.0-acme.1' }],
    ['a daemon that does not say it', 'Name: hotlayer\n\nNodes:\nStatus: running\n', { version: undefined }],
    ['one that is away', 'Name: hotlayer\nStatus: inactive\n', 'its status is inactive'],
    ['an error', 'Name: hotlayer\nError:  no such host\n', 'no such host'],
    ['nothing', '', 'its status is unknown'],
  ])('%s', (_name, text, answer) => {
    expect(parseInspection(text)).toEqual(answer);
  });
});
