import { describe, expect, it } from '@jest/globals';
import { decodeJwt, SignJWT } from 'jose';
import { mintToken, readCaller } from '../../src/embedded/signed-token.ts';

const scopes = [
  { scope: 'refs/pull/7/merge', permission: 3 },
  { scope: 'refs/heads/main', permission: 1 },
];
const bearer = (token: string): string => `Bearer ${token}`;

describe('a token', () => {
  it('has the claims that go-actions-cache checks', async () => {
    const claims = decodeJwt(await mintToken({ scopes, now: 1_700_000_000_000 }));
    expect(claims['ac']).toBe(
      '[{"Scope":"refs/pull/7/merge","Permission":3},{"Scope":"refs/heads/main","Permission":1}]',
    );
    expect(claims).toMatchObject({
      exp: 1_700_000_000 + 22_800,
      repository_id: expect.stringMatching(/^\d+$/),
      iss: expect.any(String),
      scp: expect.any(String),
    });
    expect(claims.nbf).toBeLessThanOrEqual(1_700_000_000);
  });

  it('comes back as the caller, in token order, and tells repositories apart', async () => {
    const a = await readCaller(bearer(await mintToken({ scopes, repository: 'o/a' })), undefined, Date.now());
    const b = await readCaller(bearer(await mintToken({ scopes, repository: 'o/b' })), undefined, Date.now());
    expect(a.scopes).toEqual(scopes);
    expect(a.repository).not.toBe(b.repository);
  });

  it('without a secret: any well-formed JWT, an old one too', async () => {
    const old = await mintToken({ scopes, now: 0 });
    expect((await readCaller(bearer(old), undefined, Date.now())).scopes).toEqual(scopes);
    const bare = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32));
    expect(await readCaller(bearer(bare), undefined, Date.now())).toEqual({
      repository: 'local',
      scopes: [],
    });
    const emulator = await mintToken({ scopes: [{ scope: '', permission: 3 }] });
    expect((await readCaller(bearer(emulator), undefined, Date.now())).scopes).toEqual([
      { scope: '', permission: 3 },
    ]);
  });

  it('with a secret: signed with it, and valid now', async () => {
    const token = await mintToken({ scopes, secret: 'topsecret' });
    expect((await readCaller(bearer(token), 'topsecret', Date.now())).scopes).toEqual(scopes);
    await expect(readCaller(bearer(token), 'other', Date.now())).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await expect(readCaller(bearer(token), 'topsecret', Date.now() + 7 * 3_600_000)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await expect(
      readCaller(bearer(await mintToken({ scopes })), 'topsecret', Date.now()),
    ).rejects.toMatchObject({ code: 'unauthenticated' });
    const [, payload] = token.split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    await expect(readCaller(bearer(unsigned), 'topsecret', Date.now())).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it.each([undefined, '', 'Bearer', 'Bearer x', 'Basic abc', 'Bearer a.b.c'])(
    'is not %p',
    async (authorization) => {
      await expect(readCaller(authorization, undefined, Date.now())).rejects.toMatchObject({
        code: 'unauthenticated',
      });
    },
  );
});
