import { describe, expect, it } from '@jest/globals';
import { decideOciRead, decideOciWrite } from '../../../src/gateway/access/oci-access.ts';
import type { GatewayPlan } from '../../../src/gateway/access/plan.ts';
import { toAccessRules } from '../../../src/gateway/access/rules.ts';

const scopes = [{ scope: 'refs/pull/7/merge', permission: 3 }];
const plan: GatewayPlan = { imports: ['app.main', 'App.main'], export: 'app.pr-7' };
const readOnly: GatewayPlan = { imports: ['app.main'], export: null };
const hashed = 'hotlayer-x/34bd9d40b7c9e8df5b68e3b4e7e1b2e2f5f3c5c50ccde2c9b8f9b2dbb4ab95b8';

describe('decideOciRead', () => {
  it.each([
    ['an import', [plan], 'hotlayer/app.main', true],
    ['the export, which the exporter reads too', [plan], 'hotlayer/app.pr-7', true],
    ['an import of a further step', [readOnly, plan], 'hotlayer/app.pr-7', true],
    ['a cache scope outside the plan', [readOnly], 'hotlayer/app.pr-7', false],
    ['a cache scope that only begins alike', [plan], 'hotlayer/app.main2', false],
    ['a name in other capitals', [plan], 'hotlayer/App.main', false],
    ['a hash that is of no cache scope', [plan], hashed, false],
    ['somebody else', [plan], 'library/app.main', false],
    ['no name', [plan], '', false],
  ] as const)('%s', (_name, plans, repository, isAllowed) => {
    const decision = decideOciRead(toAccessRules(plans, scopes), repository);
    expect(decision.kind).toBe(isAllowed ? 'allowed' : 'refused');
  });
});

describe('decideOciWrite', () => {
  it('answers the cache scope of the export', () => {
    expect(decideOciWrite(toAccessRules([plan], scopes), 'hotlayer/app.pr-7')).toEqual({
      kind: 'allowed',
      cacheScope: 'app.pr-7',
    });
  });

  it.each([
    ['an import', [plan], 'hotlayer/app.main', 'the repository is not the export of the plan'],
    ['anything on a read-only plan', [readOnly], 'hotlayer/app.main', 'the plan has no export'],
    ['no name', [plan], '', 'the repository is not the export of the plan'],
  ] as const)('refuses %s', (_name, plans, repository, why) => {
    expect(decideOciWrite(toAccessRules(plans, scopes), repository)).toEqual({
      kind: 'refused',
      message: `cache write denied: ${why}`,
    });
  });

  it('tells a token that may write nothing apart from a call outside of the plan', () => {
    const rules = toAccessRules([plan], [{ scope: 'refs/pull/7/merge', permission: 1 }]);
    expect(decideOciWrite(rules, 'hotlayer/app.pr-7')).toEqual({
      kind: 'powerless',
      message: 'cache write denied: token has no writable scopes',
    });
    expect(decideOciWrite(rules, 'hotlayer/app.main').kind).toBe('refused');
  });
});
