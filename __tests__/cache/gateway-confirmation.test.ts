import { describe, expect, it } from '@jest/globals';
import type { CacheExportResult } from '../../src/buildkit/trace/trace-facts.ts';
import { decideDirectOutcome } from '../../src/cache/direct-outcome.ts';
import { describeForeign, settleExport, toClaim } from '../../src/cache/gateway-confirmation.ts';
import { decideGatewayOutcome } from '../../src/cache/gateway-outcome.ts';
import type { ExportVerdict } from '../../src/gateway/store/export-claim.ts';

const cacheScope = 'app.main';
const digest = `sha256:${'a'.repeat(64)}`;
const window = { fromMs: 1, toMs: 2 };
const exported: CacheExportResult = { kind: 'exported', layersWritten: 1, manifest: undefined, window };
const failed: CacheExportResult = { kind: 'failed', reason: 'x' };
const none: CacheExportResult = { kind: 'none' };
const nothing = { kind: 'nothing', cacheScope } as const;

describe('what main claims', () => {
  it.each([
    ['gha: when it ran', 'gha', exported, { kind: 'window', cacheScope, ...window }],
    ['gha: nothing where a step ran beside', 'gha', { ...exported, window: undefined }, nothing],
    [
      'registry: the manifest',
      'registry',
      { ...exported, manifest: digest },
      { kind: 'digest', cacheScope, digest },
    ],
    ['registry: nothing where BuildKit pushed none', 'registry', exported, nothing],
    ['nothing of an export that failed', 'gha', failed, nothing],
    ['nothing of a build that never came to it', 'registry', none, nothing],
    ['nothing where nothing was to be exported', undefined, exported, nothing],
  ] as const)('%s', (_name, type, cacheExport, expected) => {
    expect(toClaim({ cacheScope, type, cacheExport })).toEqual(expected);
  });

  it('gets no confirmation from a gateway that does not answer, and no error', async () => {
    const gateway = { url: 'http://127.0.0.1:9', token: 't' };
    const settled = await settleExport(gateway, { cacheScope, type: 'gha', cacheExport: exported });
    expect(settled).toEqual({
      verdict: { kind: 'refused', reason: expect.stringContaining('not be confirmed'), dropped: 0 },
      foreign: undefined,
    });
  });
});

describe('the output cache-export', () => {
  const confirmed: ExportVerdict = { kind: 'confirmed', dropped: 0 };
  const refused: ExportVerdict = { kind: 'refused', reason: 'somebody else', dropped: 2 };
  const plan = { imports: [], export: cacheScope };
  const facts = { plan, before: undefined, after: undefined };

  it.each([
    ['is pending once the index is confirmed', exported, confirmed, 'pending', undefined],
    ['is failed where it was refused, with the reason', exported, refused, 'failed', 'somebody else'],
    ['is failed where nobody was asked', exported, undefined, 'failed', 'its index was not confirmed'],
    ['is failed where BuildKit failed to export', failed, refused, 'failed', 'x'],
  ] as const)('%s', (_name, cacheExport, verdict, output, reason) => {
    const result = { failure: undefined, cacheExport };
    expect(decideGatewayOutcome({ ...facts, result, verdict })).toEqual({
      ...{ cacheExport: output, reason, unloaded: [] },
    });
  });

  it.each([
    ['is exported on BuildKit’s word', exported, 'exported', undefined],
    ['is failed on BuildKit’s word', failed, 'failed', 'x'],
    ['is failed where BuildKit said nothing of it', none, 'failed', 'BuildKit did not export a cache'],
  ] as const)('without the gateway %s', (_name, cacheExport, output, reason) => {
    const result = { failure: undefined, cacheExport };
    expect(decideDirectOutcome({ ...facts, result, verdict: undefined })).toEqual({
      ...{ cacheExport: output, reason, unloaded: [] },
    });
  });

  it('is skipped where the plan has none, whatever BuildKit says', () => {
    const planless = { ...facts, plan: { imports: [], export: null }, verdict: confirmed };
    const result = { failure: undefined, cacheExport: exported };
    for (const decide of [decideDirectOutcome, decideGatewayOutcome])
      expect(decide({ ...planless, result }).cacheExport).toBe('skipped');
  });
});

describe('foreign indexes', () => {
  it.each([
    ['are told beside a confirmed one', exported, { kind: 'confirmed', dropped: 1 }, true],
    [
      'are told of a build that never came to its export',
      none,
      { kind: 'refused', reason: 'x', dropped: 1 },
      true,
    ],
    ['are told with the refusal only', exported, { kind: 'refused', reason: 'x', dropped: 2 }, false],
    [
      'may be the own one of an export that failed',
      failed,
      { kind: 'refused', reason: 'x', dropped: 1 },
      false,
    ],
    ['are not there most of the time', exported, { kind: 'confirmed', dropped: 0 }, false],
  ] as const)('%s', (_name, cacheExport, verdict, isTold) => {
    const sentence = describeForeign({ cacheScope, cacheExport }, verdict);
    expect(sentence !== undefined).toBe(isTold);
  });
});
