import { describe, expect, it } from '@jest/globals';
import { listProtocols } from '../../../src/gateway/host/mount.ts';

describe('listProtocols', () => {
  it.each([
    ['GET', '/_apis/artifactcache/cache?keys=a&version=b', ['gha-v1']],
    ['PATCH', '/prefix/_apis/artifactcache/caches/7', ['gha-v1']],
    ['GET', '/_apis/artifactcache/nothing', ['gha-v1']],
    ['POST', '/twirp/github.actions.results.api.v1.CacheService/CreateCacheEntry', ['gha-v2']],
    ['POST', '/twirp/github.actions.results.api.v1.CacheService/Nothing', ['gha-v2']],
    ['GET', '/devstoreaccount1/actions-cache/7?sig=x', ['gha-v1', 'gha-v2']],
    ['HEAD', '/actions-cache/7?sig=x', ['gha-v1', 'gha-v2']],
    ['PUT', '/actions-cache/7?comp=block&blockid=AAAA', ['gha-v2']],
    ['PUT', '/actions-cache/7?comp=blocklist', ['gha-v2']],
    ['DELETE', '/actions-cache/7', ['gha-v2']],
    ['GET', '/v2/', ['oci']],
    ['GET', '/v2', ['oci']],
    ['PUT', '/v2/hotlayer/app.main/manifests/cache', ['oci']],
    // A URL has no dots any more when we see it.
    ['GET', '/v2/%2e%2e/_apis/artifactcache/cache', ['gha-v1']],
    ['GET', '/', ['gha-v2']],
    ['GET', '/favicon.ico', ['gha-v2']],
  ])('%s %s', (method, target, protocols) => {
    const url = new URL(target, 'http://127.0.0.1:1');
    expect(listProtocols({ method, url, headers: {} })).toEqual(protocols);
  });
});
