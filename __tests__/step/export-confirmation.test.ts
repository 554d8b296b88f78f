import { describe, expect, it } from '@jest/globals';
import type { CacheExportResult } from '../../src/buildkit/trace/trace-facts.ts';
import type { ExportVerdict } from '../../src/gateway/store/export-claim.ts';
import { describeForeign, settleExport, toClaim } from '../../src/step/export-confirmation.ts';
import { decideExportOutcome } from '../../src/step/export-outcome.ts';

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
  ] as const)('%s', (_name, target, cacheExport, expected) => {
    expect(toClaim({ cacheScope, target, cacheExport })).toEqual(expected);
  });

  it('gets no confirmation from a gateway that does not answer, and no error', async () => {
    const access = {
      kind: 'gateway',
      record: { url: 'http://127.0.0.1:9', pid: 1, nonce: '' },
      stub: '',
      variables: {},
    } as const;
    const verdict = await settleExport(access, 't', { cacheScope, target: 'gha', cacheExport: exported });
    expect(verdict).toMatchObject({ kind: 'refused', reason: expect.stringContaining('not be confirmed') });
    expect(
      await settleExport({ kind: 'none', reason: undefined }, 't', {
        cacheScope,
        target: 'gha',
        cacheExport: exported,
      }),
    ).toBeUndefined();
  });
});

describe('the output cache-export', () => {
  const confirmed: ExportVerdict = { kind: 'confirmed', dropped: 0 };
  const refused: ExportVerdict = { kind: 'refused', reason: 'somebody else', dropped: 2 };
  const facts = { planned: cacheScope, access: 'gateway', before: undefined, after: undefined } as const;

  it.each([
    ['is pending once the index is confirmed', exported, confirmed, 'pending', undefined],
    ['is failed where it was refused, with the reason', exported, refused, 'failed', 'somebody else'],
    ['is failed where nobody was asked', exported, undefined, 'failed', 'its index was not confirmed'],
    ['is failed where BuildKit failed to export', failed, refused, 'failed', 'x'],
  ] as const)('%s', (_name, cacheExport, verdict, output, reason) => {
    const result = { failure: undefined, cacheExport };
    expect(decideExportOutcome({ ...facts, result, verdict })).toEqual({ cacheExport: output, reason });
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
    const sentence = describeForeign({ cacheScope, target: 'gha', cacheExport }, verdict);
    expect(sentence !== undefined).toBe(isTold);
  });
});
