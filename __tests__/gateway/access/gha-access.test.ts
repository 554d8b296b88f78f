import { describe, expect, it } from '@jest/globals';
import { BUILDKIT_CACHE_VERSION } from '../../../src/cache-protocol/version.ts';
import { decideGhaRead, decideGhaWrite } from '../../../src/gateway/access/gha-access.ts';
import type { GatewayPlan } from '../../../src/gateway/access/plan.ts';
import { toAccessRules } from '../../../src/gateway/access/rules.ts';

const blob = `buildkit-blob-1-sha256:${'ab'.repeat(32)}`;
const [mainHash, prHash, otherHash] = ['f921bd05', '3f31b38f', '00000000'];
const scopes = [
  { scope: 'refs/pull/7/merge', permission: 3 },
  { scope: 'refs/heads/main', permission: 1 },
];
const plan: GatewayPlan = { imports: ['app.pr-7', 'app.main'], export: 'app.pr-7' };
const readOnly: GatewayPlan = { imports: ['app.main'], export: null };
const exportOnly: GatewayPlan = { imports: [], export: 'app.pr-7' };
const nothing: GatewayPlan = { imports: [], export: null };
const other: GatewayPlan = { imports: ['tool.main'], export: null };
const version = BUILDKIT_CACHE_VERSION;

describe('decideGhaRead', () => {
  it.each([
    ['a layer', [plan], blob, true],
    ['a signature', [plan], `${blob}-sig`, true],
    ['a layer for a step that only imports', [readOnly], blob, true],
    ['a layer for a step that only exports', [exportOnly], blob, true],
    ['nothing for a plan of nothing', [nothing], blob, false],
    ['an imported index', [plan], `index-app.main-1-${mainHash}`, true],
    ['an imported index in the own ref', [plan], `index-app.main-1-${prHash}`, true],
    ['an index with a mark', [plan], `index-app.main-1-${mainHash}#`, true],
    ['a numbered index', [plan], `index-app.main-1-${mainHash}#4`, true],
    ['a signed index', [plan], `index-app.main-1-${mainHash}-sig#4`, true],
    ['the export of the plan', [exportOnly], `index-app.pr-7-1-${prHash}#`, true],
    ['an index outside the plan', [plan], `index-tool.main-1-${mainHash}`, false],
    ['an index of a later step, before it joined', [readOnly], `index-tool.main-1-${mainHash}`, false],
    ['an index of a later step, after it joined', [readOnly, other], `index-tool.main-1-${mainHash}`, true],
    ['a cache scope that only begins alike', [plan], `index-app.main2-1-${mainHash}`, false],
    ['a cache scope in other capitals', [plan], `index-App.main-1-${mainHash}`, false],
    ['an index of a ref that the token does not name', [plan], `index-app.main-1-${otherHash}`, false],
    ['a key of another action', [plan], 'node-modules-linux', false],
    ['the start of a layer key', [plan], 'buildkit-blob-1-sha256:', false],
    ['an empty key', [plan], '', false],
  ] as const)('%s', (_name, plans, key, isAllowed) => {
    const decision = decideGhaRead(toAccessRules(plans, scopes), { key, restoreKeys: [key], version });
    expect(decision.kind).toBe(isAllowed ? 'allowed' : 'refused');
  });

  it('refuses restore keys other than the key itself', () => {
    const query = { key: blob, restoreKeys: [blob, 'buildkit-'], version };
    expect(decideGhaRead(toAccessRules([plan], scopes), query).kind).toBe('refused');
  });

  it('refuses another version', () => {
    const query = { key: blob, restoreKeys: [], version: '0'.repeat(64) };
    expect(decideGhaRead(toAccessRules([plan], scopes), query)).toEqual({
      kind: 'refused',
      message: 'cache read denied: the version is not that of BuildKit',
    });
  });
});

describe('decideGhaWrite', () => {
  it.each([
    ['a layer', [plan], blob, true],
    ['a signature', [plan], `${blob}-sig`, false],
    ['a layer on a read-only plan', [readOnly], blob, false],
    ['a layer when another step exports', [readOnly, plan], blob, true],
    ['the next index of the export', [plan], `index-app.pr-7-1-${prHash}#5`, true],
    ['a signed index', [plan], `index-app.pr-7-1-${prHash}-sig#5`, false],
    ['an index without a number', [plan], `index-app.pr-7-1-${prHash}`, false],
    ['an index with a bare mark', [plan], `index-app.pr-7-1-${prHash}#`, false],
    ['an index that is only imported', [plan], `index-app.main-1-${prHash}#5`, false],
    ['an index in the name of another ref', [plan], `index-app.pr-7-1-${mainHash}#5`, false],
    ['an index on a read-only plan', [readOnly], `index-app.main-1-${prHash}#5`, false],
    ['an import of a further step', [plan, other], `index-tool.main-1-${prHash}#1`, false],
    ['a key of another action', [plan], 'node-modules-linux', false],
  ] as const)('%s', (_name, plans, key, isAllowed) => {
    const decision = decideGhaWrite(toAccessRules(plans, scopes), { key, version });
    expect(decision.kind).toBe(isAllowed ? 'allowed' : 'refused');
  });

  it('says it in the words of the service', () => {
    expect(decideGhaWrite(toAccessRules([readOnly], scopes), { key: blob, version })).toEqual({
      kind: 'refused',
      message: 'cache write denied: the plan has no export',
    });
  });

  it('tells a token that may write nothing apart from a call outside of the plan', () => {
    const readable = [{ scope: 'refs/pull/7/merge', permission: 1 }];
    expect(decideGhaWrite(toAccessRules([plan], readable), { key: blob, version })).toEqual({
      kind: 'powerless',
      message: 'cache write denied: token has no writable scopes',
    });
    expect(decideGhaWrite(toAccessRules([readOnly], readable), { key: blob, version }).kind).toBe('refused');
  });

  it('takes the last writable ref, as the exporter does, and the empty one of emulators', () => {
    const two = [...scopes, { scope: 'refs/heads/x', permission: 2 }];
    expect(
      decideGhaWrite(toAccessRules([plan], two), { key: `index-app.pr-7-1-${prHash}#1`, version }).kind,
    ).toBe('refused');
    const act = [{ scope: '', permission: 2 }];
    const rules = toAccessRules([plan], act);
    expect(decideGhaWrite(rules, { key: 'index-app.pr-7-1-e3b0c442#1', version }).kind).toBe('allowed');
    expect(decideGhaRead(rules, { key: 'index-app.main-1-e3b0c442', restoreKeys: [], version }).kind).toBe(
      'allowed',
    );
  });
});

describe('names that stand for cache scopes', () => {
  const named: GatewayPlan = { ...plan, aliases: ['app', 'buildkit'] };
  const unwritten: GatewayPlan = { ...readOnly, aliases: ['web'] };
  const read = (plans: readonly GatewayPlan[], key: string) =>
    decideGhaRead(toAccessRules(plans, scopes), { key, restoreKeys: [key], version });
  const write = (plans: readonly GatewayPlan[], key: string) =>
    decideGhaWrite(toAccessRules(plans, scopes), { key, version });

  it.each(['app', 'buildkit'])('%s reads the chain of the plan, its export first', (name) => {
    expect(read([named], `index-${name}-1-${mainHash}`)).toMatchObject({
      kind: 'allowed',
      cacheScopes: ['app.pr-7', 'app.main'],
    });
  });

  it('writes what the plan exports, under the ref that may be written', () => {
    expect(write([named], `index-app-1-${prHash}#3`)).toMatchObject({
      kind: 'allowed',
      isKept: true,
      key: { cacheScope: 'app.pr-7', number: '3' },
    });
    expect(write([named], `index-app-1-${mainHash}#3`).kind).toBe('refused');
  });

  it('takes and drops what is written where the plan exports nothing', () => {
    expect(write([unwritten], `index-web-1-${prHash}#1`)).toMatchObject({ kind: 'allowed', isKept: false });
    expect(write([unwritten], blob)).toMatchObject({ kind: 'allowed', isKept: false });
    expect(write([readOnly], blob).kind).toBe('refused');
  });

  it('opens nothing else: another name is refused and told, a ref that the token does not name as well', () => {
    expect(read([named], `index-other-1-${mainHash}`)).toMatchObject({ cacheScopes: [], unplanned: 'other' });
    expect(read([plan], `index-other-1-${mainHash}`)).toMatchObject({ kind: 'refused', unplanned: 'other' });
    expect(write([named], `index-other-1-${prHash}#1`)).toMatchObject({
      ...{ kind: 'allowed', isKept: false, unplanned: 'other' },
    });
    expect(write([plan], `index-other-1-${prHash}#1`)).toMatchObject({ kind: 'refused', unplanned: 'other' });
    expect(read([named], `index-app-1-${otherHash}`).kind).toBe('refused');
    expect(read([plan], `index-app-1-${mainHash}`).kind).toBe('refused');
  });

  it('is itself where a name is a cache scope of a plan too', () => {
    const clash: GatewayPlan = { imports: ['tool.main'], export: 'tool.main', aliases: ['app.main'] };
    expect(read([plan, clash], `index-app.main-1-${mainHash}`)).toMatchObject({ cacheScopes: ['app.main'] });
  });
});
