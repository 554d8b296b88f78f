import { describe, expect, it } from '@jest/globals';
import { createUrlSigner } from '../../src/cache-server/url-signer.ts';

const grant = { origin: 'http://127.0.0.1:4000', id: '78', permission: 'r', lifetimeMs: 600_000 } as const;
const createClock = () => {
  let time = Date.parse('2026-03-01T00:00:00.300Z');
  return { now: () => time, pass: (ms: number) => (time += ms) };
};

describe('a signed URL', () => {
  it('has the form that the Azure SDK wants of a host that is not Azure, and of one that is', () => {
    const signer = createUrlSigner('s');
    expect(new URL(signer.sign(grant)).pathname).toBe('/devstoreaccount1/actions-cache/78');
    expect(new URL(signer.sign({ ...grant, origin: 'http://acct.blob.core.windows.net:1' })).pathname).toBe(
      '/actions-cache/78',
    );
  });

  it('is valid with its query reordered, re-encoded and added to', () => {
    const signer = createUrlSigner('s');
    const url = new URL(signer.sign(grant));
    const pairs = [...url.searchParams]
      .reverse()
      .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('-', '%2D')}`);
    const rewritten = new URL(
      `${url.origin}${url.pathname}?comp=block&blockid=QUE%3D&${pairs.join('&')}&timeout=30`,
    );
    expect(signer.verify(rewritten)).toEqual({ kind: 'valid', id: '78', permission: 'r' });
  });

  it('ends when its time is over', () => {
    const clock = createClock();
    const signer = createUrlSigner('s', clock.now);
    const url = new URL(signer.sign(grant));
    clock.pass(599_000);
    expect(signer.verify(url).kind).toBe('valid');
    clock.pass(2000);
    expect(signer.verify(url)).toMatchObject({ kind: 'invalid', reason: expect.stringMatching(/expired/) });
  });

  it.each([
    ['another id', (url: URL) => (url.pathname = url.pathname.replace('78', '79'))],
    ['more rights', (url: URL) => url.searchParams.set('sp', 'cw')],
    ['a later end', (url: URL) => url.searchParams.set('se', '2999-01-01T00:00:00Z')],
    ['an earlier start', (url: URL) => url.searchParams.set('st', '2000-01-01T00:00:00Z')],
    ['another version', (url: URL) => url.searchParams.set('sv', '2000-01-01')],
    ['another signature', (url: URL) => url.searchParams.set('sig', 'A'.repeat(43))],
    ['an empty signature', (url: URL) => url.searchParams.set('sig', '')],
    ['no signature', (url: URL) => url.searchParams.delete('sig')],
    ['two permissions', (url: URL) => url.searchParams.append('sp', 'cw')],
    ['no end', (url: URL) => url.searchParams.delete('se')],
  ])('is void with %s', (_name, change) => {
    const signer = createUrlSigner('s');
    const url = new URL(signer.sign(grant));
    change(url);
    expect(signer.verify(url).kind).toBe('invalid');
  });

  it('of another secret is void', () => {
    expect(createUrlSigner('t').verify(new URL(createUrlSigner('s').sign(grant))).kind).toBe('invalid');
  });
});
