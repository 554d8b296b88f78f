import { describe, expect, it } from '@jest/globals';
import { selectReleaseToken } from '../../../src/buildkit/install/release-token.ts';

describe("the run's token, for api.github.com", () => {
  it.each([
    ['github.com', 'https://github.com', {}],
    ['a slash at the end', 'https://github.com/', {}],
    ['another case', 'HTTPS://GitHub.Com', {}],
    ['the port that it is anyway', 'https://github.com:443', {}],
    ['an emulator that is off', 'https://github.com', { ACT: 'false', GITEA_ACTIONS: '' }],
  ])('goes there from %s', (_what, serverUrl, env) => {
    expect(selectReleaseToken('ghs_x', serverUrl, env)).toBe('ghs_x');
  });

  it.each([
    ['GHES', 'https://github.example.com', {}],
    ['ghe.com', 'https://acme.ghe.com', {}],
    ['Gitea', 'https://gitea.com', {}],
    ['a server on loopback', 'http://127.0.0.1:3000', {}],
    ['act, which says github.com', 'https://github.com', { ACT: 'true' }],
    ['Gitea behind a mirror of github.com', 'https://github.com', { GITEA_ACTIONS: 'true' }],
    ['Forgejo', 'https://github.com', { FORGEJO_ACTIONS: 'true' }],
    ['plain http', 'http://github.com', {}],
    ['another port', 'https://github.com:8443', {}],
    ['a host that begins so', 'https://github.com.example.com', {}],
    ['a host that ends so', 'https://notgithub.com', {}],
    ['a subdomain', 'https://api.github.com', {}],
    ['a user that is named so', 'https://github.com@example.com', {}],
    ['a user of it', 'https://x@github.com', {}],
    ['a path of it', 'https://github.com/enterprise', {}],
    ['no URL', 'github.com', {}],
    ['a runner that does not say', '', {}],
  ])('does not go there from %s', (_what, serverUrl, env) => {
    expect(selectReleaseToken('ghs_x', serverUrl, env)).toBeUndefined();
  });
});
