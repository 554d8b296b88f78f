import { describe, expect, it } from '@jest/globals';
import { toDefaultPlatform, toIdentity, toPolicyInputs } from '../src/identity.ts';
import { parseInputs } from '../src/inputs.ts';

const identityOf = (env: Readonly<Record<string, string>>) => toIdentity(parseInputs(env), 'linux/amd64');

describe('toIdentity', () => {
  it('of a build without inputs', () => {
    expect(identityOf({})).toEqual({
      scope: undefined,
      imageName: undefined,
      context: '.',
      dockerfile: 'Dockerfile',
      target: undefined,
      platforms: [],
      defaultPlatform: 'linux/amd64',
      matrix: undefined,
    });
  });

  it.each([
    ['ghcr.io/acme/app:1.0', 'app'],
    ['localhost:5000/app', 'app'],
    ['app', 'app'],
    ['acme/first:1,acme/second:1', 'first'],
  ])('takes the image name of %s', (tags, imageName) => {
    expect(identityOf({ INPUT_TAGS: tags }).imageName).toBe(imageName);
  });

  it.each([
    ['https://github.com/o/r.git#main', 'https://github.com/o/r.git'],
    [
      'https://github.com/o/r.git#1111111111111111111111111111111111111111:app',
      'https://github.com/o/r.git#:app',
    ],
    ['https://github.com/o/r.git?ref=dev&subdir=app', 'https://github.com/o/r.git#:app'],
  ])('leaves the ref of %s out, or every commit would have a cache scope of its own', (context, expected) => {
    expect(identityOf({ INPUT_CONTEXT: context }).context).toBe(expected);
  });

  it('takes all that makes another graph', () => {
    const identity = identityOf({
      INPUT_CONTEXT: './app',
      INPUT_FILE: 'app/Dockerfile.dev',
      INPUT_TARGET: 'test',
      INPUT_PLATFORMS: 'linux/amd64,linux/arm64',
      INPUT_SCOPE: ' mine ',
      INPUT_MATRIX: '{"node":20}',
    });
    expect(identity).toMatchObject({
      context: './app',
      dockerfile: 'app/Dockerfile.dev',
      target: 'test',
      platforms: ['linux/amd64', 'linux/arm64'],
      scope: 'mine',
      matrix: { node: 20 },
    });
  });
});

it('toPolicyInputs takes what steers the policy, with the defaults of action.yml', () => {
  expect(toPolicyInputs(parseInputs({}))).toEqual({
    prExport: 'auto',
    tagExport: false,
    readOnly: false,
    releaseImport: true,
    trustedContext: false,
    allowUntrustedExport: false,
  });
});

it.each([
  ['x64', 'linux/amd64'],
  ['arm64', 'linux/arm64'],
  ['arm', 'linux/arm/v7'],
  ['s390x', 'linux/s390x'],
])('toDefaultPlatform of %s is %s', (arch, platform) => {
  expect(toDefaultPlatform(arch)).toBe(platform);
});
