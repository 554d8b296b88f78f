import { describe, expect, it } from '@jest/globals';
import { noCache } from '../../src/buildkit/solve/cache-flags.ts';
import { findExportInTheWay } from '../../src/step/export-in-the-way.ts';

const failure = {
  kind: 'other',
  reason: 'error writing layer blob: unexpected status 403',
  instruction: undefined,
  location: undefined,
  exitCode: undefined,
  excerpt: [],
  output: [],
  clippedAt: undefined,
} as const;
const failed = { kind: 'failed', reason: failure.reason } as const;
const exporting = { cache: { ...noCache, export: { type: 'gha', attrs: { scope: 'a' } } } };

describe('a build that fails with its cache export', () => {
  it.each([
    ['v0.10.6', { failure, cacheExport: failed }, exporting, true],
    ['v0.0.0+unknown', { failure, cacheExport: failed }, exporting, true],
    ['v0.11.0', { failure, cacheExport: failed }, exporting, false],
    ['v0.10.6', { failure, cacheExport: { kind: 'none' } }, exporting, false],
    ['v0.10.6', { failure: undefined, cacheExport: failed }, exporting, false],
    ['v0.10.6', { failure, cacheExport: failed }, { cache: noCache }, false],
  ] as const)('%s: is run again without it, or not (%#)', (version, result, route, isAgain) => {
    expect(findExportInTheWay(result, [route], version) !== undefined).toBe(isAgain);
  });
});
