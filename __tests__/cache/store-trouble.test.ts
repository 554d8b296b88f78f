import { describe, expect, it } from '@jest/globals';
import type { ExportFacts } from '../../src/cache/backend.ts';
import { listStoreFaults } from '../../src/cache/store-faults.ts';
import { StoreMemory } from '../../src/cache/store-memory.ts';
import { selectFaults } from '../../src/cache/store-trouble.ts';

const import_ = 'failed to configure registry cache importer: ';
const refused = `${import_}failed to do request: Head "http://127.0.0.1:9/v2/a/b/manifests/x": dial tcp 127.0.0.1:9: connect: connection refused`;
const plan = { imports: ['app.b-main.1'], export: 'app.b-main.1' };
const exported = { kind: 'exported', layersWritten: 1, manifest: undefined, window: undefined } as const;
const toFacts = (cacheExport: ExportFacts['result']['cacheExport']): ExportFacts => ({
  ...{ plan, verdict: undefined, before: undefined, after: undefined },
  result: { failure: undefined, cacheExport },
});

describe('imports that failed', () => {
  it.each([
    ['docker-registry without the tag', `${import_}127.0.0.1:5000/a/b:app: not found`],
    ['a registry that knows no such repository', `${import_}unexpected status: NAME_UNKNOWN`],
    ['a container of Azure that is not there', 'RESPONSE 404: The specified container does not exist'],
  ])('are no fault where there is nothing yet: %s', (_, error) => {
    expect(selectFaults([error])).toEqual([]);
  });

  it.each([
    ['down', refused],
    ['401', `${import_}failed to authorize: failed to fetch anonymous token: 401 Unauthorized`],
    ['403', `${import_}unexpected status from HEAD request to https://r/v2/a/manifests/x: 403 Forbidden`],
    ['429', `${import_}unexpected status from HEAD request to https://r/v2/a/manifests/x: 429 Too Many`],
    ['503', `${import_}unexpected status from HEAD request to https://r/v2/a/manifests/x: 503 Service`],
  ])('are told of otherwise: %s', (_, error) => {
    expect(selectFaults([error])).toEqual([error]);
  });

  it('are told of once, with the export where that failed too', () => {
    const memory = new StoreMemory('registry');
    memory.noteImportErrors([refused, refused.replace('/x"', '/y"')]);
    const both = memory.toOutcome(toFacts({ kind: 'failed', reason: 'connection refused' }));
    expect(both).toEqual({
      cacheExport: 'failed',
      reason: expect.stringMatching(/^connection refused; nor could it be imported: .* \(and 1 more\)$/),
      unloaded: [],
      isFirst: false,
    });
    const only = memory.toOutcome(toFacts(exported));
    expect(only).toMatchObject({ cacheExport: 'exported', reason: undefined });
    expect(only.unloaded).toHaveLength(1);
  });

  it('say that nothing is there yet when all of them found nothing', () => {
    const memory = new StoreMemory('registry');
    const entry = { type: 'registry', attrs: {} };
    const words = { exporters: [], faults: [] };
    const cache = { imports: [entry, entry], export: entry, words, environment: {}, dockerConfig: undefined };
    memory.noteRoutes([{ cache, cachedLayers: { base: [], own: [], result: [] } }], [plan]);
    memory.noteImportErrors([`${import_}a/b:x: not found`]);
    expect(memory.toOutcome(toFacts(exported)).isFirst).toBe(false);
    memory.noteImportErrors([`${import_}a/b:x: not found`, `${import_}a/b:y: not found`]);
    expect(memory.toOutcome(toFacts(exported)).isFirst).toBe(true);
  });
});

describe('how an export to the image ended', () => {
  it('is how the build ended', () => {
    const memory = new StoreMemory('inline');
    expect(memory.toOutcome(toFacts({ kind: 'none' })).cacheExport).toBe('exported');
    const facts = toFacts({ kind: 'none' });
    const failure = {
      kind: 'push',
      ...{ reason: 'x', instruction: undefined, location: undefined, excerpt: [] },
      ...{ exitCode: undefined, output: [], clippedAt: undefined },
    } as const;
    expect(memory.toOutcome({ ...facts, result: { ...facts.result, failure } }).cacheExport).toBe('skipped');
  });
});

describe('what says that a cache could not be read', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  it.each([
    ['registry', `failed to do request: Get "https://ghcr.io/v2/acme/cache/blobs/${digest}": EOF`],
    ['registry', `could not fetch content descriptor ${digest} (application/x) from remote: not found`],
    ['s3', 'operation error S3: GetObject, https response error StatusCode: 503'],
    ['azblob', `blob ${digest} not found`],
  ] as const)('%s: %s', (backend, message) => {
    const faults = listStoreFaults(backend, { attrs: { ref: 'ghcr.io/acme/cache' }, secrets: {} });
    expect(faults.some((fault) => fault.test(message))).toBe(true);
    expect(faults.some((fault) => fault.test('Get "https://ghcr.io/v2/acme/app/blobs/x": denied'))).toBe(
      false,
    );
  });
});
