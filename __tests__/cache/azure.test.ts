import { describe, expect, it } from '@jest/globals';
import { type AzurePlaces, allowsAzure } from '../../src/cache/azure-access.ts';
import { isSignedWith, signRequest } from '../../src/cache/azure-signature.ts';
import { toAzureAccount, toAzurePlaces } from '../../src/cache/store-credentials.ts';

const places: AzurePlaces = {
  ...{ base: '/dev', container: 'caches', blobsPrefix: 'o/r/blobs', manifestsPrefix: 'o/r/manifests' },
  ...{ imports: ['app.pr-7.1', 'app.b-main.1'], exports: ['app.pr-7.1'] },
};
const blob = `/dev/caches/o/r/blobs/sha256%3A${'a'.repeat(64)}`;

describe('what the door to an account lets through', () => {
  it.each([
    ['GET', '/dev/caches?restype=container', true],
    ['PUT', '/dev/caches?restype=container', true],
    ['GET', '/dev/caches?restype=container&comp=list', false],
    ['GET', '/dev/?comp=list', false],
    ['DELETE', '/dev/caches?restype=container', false],
    ['HEAD', blob, true],
    ['PUT', blob, true],
    ['PUT', `${blob}?comp=block&blockid=MQ%3D%3D`, true],
    ['PUT', `${blob}?comp=tier`, false],
    ['DELETE', blob, false],
    ['GET', '/dev/caches/o/r/blobs/other', false],
    ['GET', '/dev/caches/o/r/manifests/app.b-main.1', true],
    ['PUT', '/dev/caches/o/r/manifests/app.b-main.1', false],
    ['PUT', '/dev/caches/o/r/manifests/app.pr-7.1?comp=blocklist', true],
    ['PUT', '/dev/caches/o/r/manifests/../manifests/app.b-main.1', false],
    ['PUT', '/dev/caches/o/r/manifests/x%2F..%2Fapp.b-main.1', false],
    ['GET', '/dev/caches/o/r/manifests/app.b-dev.1', false],
    ['GET', '/dev/caches2/o/r/manifests/app.b-main.1', false],
    ['GET', '/dev/caches/%E0%A4%A', false],
    ['PUT', `${blob}?comp=block&comp=tier`, false],
    ['PUT', `${blob}?comp=block&COMP=tier`, false],
    ['GET', '/dev/caches?restype=container&restype=account', false],
    // To another host.
    ['GET', `//evil.example${blob}`, false],
    ['GET', `/\\evil.example${blob}`, false],
    ['GET', `\\evil.example${blob}`, false],
    ['GET', `http://evil.example${blob}`, false],
    ['GET', `https://user@evil.example${blob}`, false],
    ['GET', `/\t/evil.example${blob}`, false],
  ])('%s %s: %s', (method, target, isAllowed) => {
    expect(allowsAzure(method, target, places)).toBe(isAllowed);
  });

  it('writes nothing for a run that exports nothing', () => {
    const reading = { ...places, exports: [] };
    expect(allowsAzure('PUT', blob, reading)).toBe(false);
    expect(allowsAzure('PUT', '/dev/caches?restype=container', reading)).toBe(false);
    expect(allowsAzure('GET', blob, reading)).toBe(true);
  });
});

describe('the signature of a request', () => {
  const request = {
    method: 'PUT',
    target: '/dev/caches/a?comp=block&blockid=MQ%3D%3D',
    headers: {
      'content-length': '3',
      'x-ms-date': 'Mon, 01 Jan 2024 00:00:00 GMT',
      'x-ms-version': '2021-12-02',
    },
  };
  const [own, other] = ['b3du', 'b3RoZXI='];

  it('opens with its key alone, and for this request alone', () => {
    const headers = { ...request.headers, authorization: signRequest(request, 'dev', own) };
    expect(isSignedWith({ ...request, headers }, 'dev', own)).toBe(true);
    expect(isSignedWith({ ...request, headers }, 'dev', other)).toBe(false);
    expect(isSignedWith({ ...request, target: '/dev/caches/b', headers }, 'dev', own)).toBe(false);
    expect(isSignedWith(request, 'dev', own)).toBe(false);
  });
});

describe('an account of Azure', () => {
  const account_url = 'https://acme.blob.core.windows.net';
  it('is named by its URL, and needs a key to stand behind a door', () => {
    expect(toAzureAccount({ attrs: { account_url }, secrets: {} })).toBeUndefined();
    const secrets = { secret_access_key: 'K' };
    expect(toAzureAccount({ attrs: { account_url }, secrets })).toEqual({
      url: account_url,
      name: 'acme',
      key: 'K',
    });
  });

  it('has its caches where BuildKit puts them', () => {
    const settings = {
      ...({ backend: 'azblob', compression: 'gzip', mode: undefined, compressionLevel: undefined } as const),
      to: { attrs: { account_url: `${account_url}/`, prefix: 'o/r/' }, secrets: {} },
      from: { attrs: {}, secrets: {} },
    };
    expect(toAzurePlaces(settings, [{ imports: ['a.b.1'], export: null }])).toEqual({
      ...{
        base: '',
        container: 'buildkit-cache',
        blobsPrefix: 'o/r/blobs',
        manifestsPrefix: 'o/r/manifests',
      },
      ...{ imports: ['a.b.1'], exports: [] },
    });
  });
});
