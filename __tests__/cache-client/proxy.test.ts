import { describe, expect, it } from '@jest/globals';
import { chooseProxy, readProxies } from '../../src/cache-client/proxy.ts';

const proxies = { httpsProxy: 'http://proxy:8080', httpProxy: 'http://plain:3128' };

describe('chooseProxy', () => {
  it.each([
    ['a TLS host takes HTTPS_PROXY', 'https://cache.example/', undefined, 'http://proxy:8080/'],
    ['a plain host takes HTTP_PROXY', 'http://cache.example/', undefined, 'http://plain:3128/'],
    ['loopback never goes through a proxy', 'http://127.0.0.1:8080/', undefined, undefined],
    ['nor does localhost', 'https://localhost/', undefined, undefined],
    ['an exempt host', 'https://cache.example/', 'other,cache.example', undefined],
    ['an exempt domain', 'https://a.blob.example/', '.example', undefined],
    ['an exempt domain with a star', 'https://a.blob.example/', '*.blob.example', undefined],
    ['a domain without a dot exempts its subdomains', 'https://a.blob.example/', 'blob.example', undefined],
    ['a name that only ends alike is not exempt', 'https://myexample/', 'example', 'http://proxy:8080/'],
    ['an exempt host and port', 'https://cache.example/', 'cache.example:443', undefined],
    ['another port is not exempt', 'https://cache.example:8443/', 'cache.example:443', 'http://proxy:8080/'],
    ['a star exempts all', 'https://cache.example/', '*', undefined],
    ['capitals and spaces do not matter', 'https://cache.example/', ' CACHE.Example , b', undefined],
  ])('%s', (_name, url, noProxy, expected) => {
    expect(chooseProxy(new URL(url), { ...proxies, noProxy })?.href).toBe(expected);
  });

  it('takes an address without a scheme', () => {
    const settings = { httpsProxy: 'proxy:8080', httpProxy: undefined, noProxy: undefined };
    expect(chooseProxy(new URL('https://cache.example/'), settings)?.href).toBe('http://proxy:8080/');
  });
});

describe('readProxies', () => {
  it('reads either case and takes empty for absent', () => {
    expect(readProxies({ https_proxy: 'a', HTTPS_PROXY: 'b', HTTP_PROXY: 'c', no_proxy: '' })).toEqual({
      httpsProxy: 'a',
      httpProxy: 'c',
      noProxy: undefined,
    });
  });
});
