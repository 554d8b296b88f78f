import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRemoteAddress } from '../../src/git/remote-address.ts';

describe('parseRemoteAddress', () => {
  it.each([
    ['https://github.com/o/r', 'http', 'https://github.com/o/r', undefined],
    ['http://127.0.0.1:8080/o/r.git', 'http', 'http://127.0.0.1:8080/o/r.git', undefined],
    ['https://user@github.com/o/r', 'http', 'https://github.com/o/r', undefined],
    [
      'https://x-access-token:se%40cret@github.com/o/r',
      'http',
      'https://github.com/o/r',
      'x-access-token:se@cret',
    ],
    ['https://u:100%@github.com/o/r', 'http', 'https://github.com/o/r', 'u:100%'],
    ['ssh://git@github.com:22/o/r.git', 'ssh', 'ssh://git@github.com:22/o/r.git', undefined],
    ['git@github.com:o/r.git', 'ssh', 'git@github.com:o/r.git', undefined],
    ['github.com:o/r.git', 'ssh', 'github.com:o/r.git', undefined],
    ['file:///srv/o/r.git', 'local', 'file:///srv/o/r.git', undefined],
    ['/srv/o/r.git', 'local', '/srv/o/r.git', undefined],
  ])('%s', (text, kind, url, login) => {
    expect(parseRemoteAddress(text)).toEqual({ kind, url, login });
  });

  it.each([
    'ext::sh -c id',
    'ext::id',
    'fd::7',
    'evil::https://github.com/o/r',
    'git://github.com/o/r',
    'ftp://host/o/r',
    'transport://host/o',
    'o/r',
    './planted',
    '../planted',
    '',
    '-u',
    '--upload-pack=id',
    '-oProxyCommand=id:x',
    'git@-oProxyCommand=id:x',
    '-git@host:x',
    'git@host:-oProxyCommand=id',
    'ssh://-oProxyCommand=id/x',
    'ssh://%2DoProxyCommand=id/x',
    'ssh://-u@host/x',
    'ssh://host%20evil/x',
    'file://host/share',
    'https:///o/r',
    'https://github.com/o/r\nx',
    'git@host:a b',
  ])('%j is none', (text) => {
    expect(parseRemoteAddress(text)).toBeUndefined();
  });

  it('never gives git an option, another transport or a password, whatever the text', () => {
    const piece = fc.constantFrom(
      'ext',
      '::',
      ':',
      '//',
      '/',
      '-',
      'https',
      'ssh',
      'file',
      '@',
      '%2D',
      'host',
      ' ',
      '.',
      'pass',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((parts) => parts.join('')),
          fc.string(),
        ),
        (text) => {
          const address = parseRemoteAddress(text);
          if (address === undefined) return;
          expect(address.url).toMatch(/^(?:https?:\/\/|ssh:\/\/|file:\/\/\/|\/|[\w][\w.@-]*:)/i);
          expect(address.url).not.toMatch(/^-|^[^/@]*::|[\s\p{Cc}]/u);
          if (address.kind === 'http') expect(address.url).not.toContain('@host');
        },
      ),
      { numRuns: 5000 },
    );
  });
});
