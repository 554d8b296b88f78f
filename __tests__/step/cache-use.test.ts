import { describe, expect, it } from '@jest/globals';
import type { PolicyInputs } from '../../src/policy/types.ts';
import { toCacheUse } from '../../src/step/buildkit.ts';
import { decideByToken, type TokenRun } from '../helpers/run-facts.ts';

const main = { scope: 'refs/heads/main', permission: 1 };
const service = { upstream: { protocol: 2, url: 'http://127.0.0.1/' }, token: 't' } as const;

const facts = (eventName: string, ref: string, own = 3, cacheMode?: string): TokenRun => ({
  ...{ eventName, ref, sha: '1'.repeat(40), cacheMode },
  access: {
    kind: 'scopes',
    scopes: [{ scope: ref, permission: own }, ...(ref === main.scope ? [] : [main])],
  },
  payload: { ref, repository: { id: 1, default_branch: 'main' } },
  ...{ contextHead: undefined, contextOnRef: undefined, isTip: undefined },
});

const defaults: PolicyInputs = {
  ...{ prExport: 'auto', tagExport: false, readOnly: false, releaseImport: true },
  ...{ trustedContext: false, allowUntrustedExport: false },
};

function decide(run: TokenRun, inputs: Partial<PolicyInputs>): string {
  const { plan } = decideByToken(run, { ...defaults, ...inputs }, ({ kind, name }) => `${kind}-${name}`);
  return toCacheUse(service, plan);
}

const tag = (event: string) => facts(event, 'refs/tags/v1');
const push = facts('push', 'refs/heads/main');

describe('a cached BuildKit', () => {
  it.each<[string, TokenRun, Partial<PolicyInputs>, string]>([
    ['a push to a branch reads and writes it', push, {}, 'read-write'],
    ['a tag reads it', tag('push'), {}, 'read'],
    ['a tag with a cache of its own writes it', tag('push'), { tagExport: true }, 'read-write'],
    ['a release reads it', tag('release'), {}, 'read'],
    ['a tag without imports leaves it alone', tag('push'), { releaseImport: false }, 'none'],
    [
      'a tag without imports but with a cache of its own leaves it alone',
      tag('push'),
      { releaseImport: false, tagExport: true },
      'none',
    ],
    ['a release without imports leaves it alone', tag('release'), { releaseImport: false }, 'none'],
    ['release-import: false is for publishing runs only', push, { releaseImport: false }, 'read-write'],
    ['a run that must not write reads it', push, { readOnly: true }, 'read'],
    ['a token that can only read reads it', facts('push', 'refs/heads/main', 1), {}, 'read'],
    ['a run that outsiders can cause reads it', facts('issue_comment', 'refs/heads/main'), {}, 'read'],
    ['cache mode none leaves it alone', facts('push', 'refs/heads/main', 3, 'none'), {}, 'none'],
    ['cache mode write-only leaves it alone', facts('push', 'refs/heads/main', 3, 'write-only'), {}, 'none'],
  ])('%s', (_what, run, inputs, use) => {
    expect(decide(run, inputs)).toBe(use);
  });

  it('is out of reach without a service or a token', () => {
    const { plan } = decideByToken(push, defaults, ({ name }) => name);
    expect(toCacheUse({ ...service, token: undefined }, plan)).toBe('none');
    expect(toCacheUse({ ...service, upstream: undefined }, plan)).toBe('none');
  });
});
