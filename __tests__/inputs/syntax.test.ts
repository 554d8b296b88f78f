import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderCsv } from '../../src/buildkit/solve/csv-fields.ts';
import { checkTag, toImageName } from '../../src/inputs/image-reference.ts';
import { parseFields, parseList } from '../../src/inputs/list.ts';
import { checkPlatform } from '../../src/inputs/platform.ts';

describe('checkTag', () => {
  it.each([
    'app',
    'app:latest',
    'acme/app_x__y--z.w:V1.0_a-b',
    'localhost/app',
    'localhost:5000/acme/app:1',
    'GHCR.io/acme/app',
    '[::1]:5000/app:1',
    `a/${'b'.repeat(250)}`,
    `app:${'t'.repeat(128)}`,
  ])('takes %s', (tag) => {
    expect(checkTag('tags', tag)).toBe(tag);
  });

  it.each([
    '-app',
    'app-',
    'a//b',
    '/app',
    'app/',
    'app:',
    'app:-x',
    'app:a:b',
    'Acme/app',
    'app:a b',
    'host_name.io/app',
    `a/${'b'.repeat(254)}`,
    `app:${'t'.repeat(129)}`,
    'f'.repeat(64),
  ])('refuses %s', (tag) => {
    expect(() => checkTag('tags', tag)).toThrow(/is not an image tag/);
  });

  it.each([
    ['ghcr.io/acme/app:1.0', 'app'],
    ['localhost:5000/app', 'app'],
    ['app', 'app'],
  ])('names the image of %s', (tag, name) => {
    expect(toImageName(tag)).toBe(name);
  });
});

describe('checkPlatform', () => {
  it.each([
    'linux/amd64',
    'linux/arm/v7',
    'linux',
    'arm64',
    'windows(10.0.17763)/amd64',
    'Linux/AMD64',
    'linux/arm64/v8.1',
  ])('takes %s', (platform) => {
    expect(checkPlatform('platforms', platform)).toBe(platform);
  });
  it.each([
    '',
    'linux/',
    '/amd64',
    'linux/amd64/v2/x',
    'linux amd64',
    'linux-amd64',
    '*/amd64',
    'lin.ux/amd64',
  ])('refuses %p', (platform) => {
    expect(() => checkPlatform('platforms', platform)).toThrow(/is not a platform/);
  });
});

describe('parseList', () => {
  // The rows of docker/actions-toolkit's own tests of Util.getInputList.
  it.each([
    ['single line', 'foo', {}, ['foo']],
    ['multi line', 'foo\nbar', {}, ['foo', 'bar']],
    ['empty lines', 'foo\n\n  \nbar\n', {}, ['foo', 'bar']],
    ['commas and lines', 'foo,bar\nbaz', {}, ['foo', 'bar', 'baz']],
    ['commas kept', 'foo,bar\nbaz', { ignoreComma: true }, ['foo,bar', 'baz']],
    ['CRLF', 'foo\r\nbar', {}, ['foo', 'bar']],
    [
      'quotes kept',
      'type=image,"name=a,b",push=true',
      { ignoreComma: true, keepQuotes: true },
      ['type=image,"name=a,b",push=true'],
    ],
    ['a quote inside', 'A=say "hi"', { ignoreComma: true }, ['A=say "hi"']],
  ])('reads %s', (_, text, rules, expected) => {
    expect(parseList('x', text, rules)).toEqual(expected);
  });

  it('reads back what buildctl would read of any fields', () => {
    const field = fc
      .string({ unit: 'grapheme' })
      .filter((text) => text === text.trim() && text !== '' && !/[\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (fields) => {
        expect(parseFields('x', renderCsv(fields))).toEqual(fields);
      }),
    );
  });
});
