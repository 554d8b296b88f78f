import { describe, expect, it } from '@jest/globals';
import { checkIndex, type Served } from '../../src/workflow/index-check.ts';

const index = (manifests: readonly string[], annotations?: object) =>
  JSON.stringify({
    manifests: manifests.map((digest) => ({ digest })),
    ...(annotations === undefined ? {} : { annotations }),
  });
const served = (reference: string, digest: string, text: string): Served => ({ reference, digest, text });

const legs = [
  served('a@1', '1', index(['amd64', 'amd64-attestation'])),
  served('a@2', 'arm64', '{"config": {}}'),
];
const whole = ['amd64', 'amd64-attestation', 'arm64'];
const annotations = ['index:title=x', 'manifest-descriptor:other=y'];
const text = index(whole, { title: 'x' });

describe('what a registry serves after a merge', () => {
  it('is right with one digest under all tags, all manifests and the annotations', () => {
    const tags = [served('a:1', 'D', text), served('a:2', 'D', text)];
    expect(checkIndex(tags, { legs, annotations })).toBe('D');
  });

  it('has the last of equal annotations', () => {
    const twice = ['index:title=old', 'index:title=x'];
    expect(checkIndex([served('a:1', 'D', text)], { legs, annotations: twice })).toBe('D');
  });

  it.each([
    [
      'another digest',
      [served('a:1', 'D', text), served('a:2', 'E', text)],
      /a:1 is D, and a:2 is E: another run/,
    ],
    [
      'a platform that is missing',
      [served('a:1', 'D', index(whole.slice(0, 2), { title: 'x' }))],
      /a:1 lacks arm64/,
    ],
    [
      'one that is strange',
      [served('a:1', 'D', index([...whole, 'z'], { title: 'x' }))],
      /a:1 has z, which no job/,
    ],
    ['no annotation', [served('a:1', 'D', index(whole))], /a:1 has no annotation title/],
    ['no manifest', [served('a:1', 'D', 'not found')], /a:1 is not a manifest/],
  ])('is wrong with %s', (_, tags, message) => {
    expect(() => checkIndex(tags, { legs, annotations })).toThrow(message);
  });
});
