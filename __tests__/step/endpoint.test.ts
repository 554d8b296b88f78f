import { describe, expect, it } from '@jest/globals';
import { parseInfo } from '../../src/step/endpoint.ts';

describe('what a daemon says of itself', () => {
  it.each([
    ['a release', 'BuildKit: github.com/moby/buildkit v0.33.1 1a2b3c\n', 'v0.33.1'],
    ['a fork', 'BuildKit:\tgithub.com/acme/buildkit v0.30.0-acme.1 \n', 'v0.30.0-acme.1'],
    ['a daemon without the call', 'error: unknown method Info\n', undefined],
    ['nothing', '', undefined],
  ])('%s', (_name, text, version) => {
    expect(parseInfo(text)).toBe(version);
  });
});
