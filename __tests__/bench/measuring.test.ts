import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { parseLogSpans } from '../../bench/action-log.ts';
import { caseNames, selectCases } from '../../bench/cases.ts';
import { generateBytes, writeContext } from '../../bench/context.ts';
import { toDataset } from '../../bench/datasets.ts';
import { parseFlags } from '../../bench/flags.ts';
import { planRuns } from '../../bench/harness.ts';
import { parseCpuSeconds, parsePeakBytes } from '../../bench/processes.ts';
import { describeProfile, profiles, toServeFlags } from '../../bench/profiles.ts';
import { classifyCall } from '../../bench/recorder.ts';
import { toServiceFigures } from '../../bench/service.ts';
import { summarizeTrace } from '../../bench/trace.ts';

describe('flags and profiles', () => {
  it('has the documented defaults', () => {
    expect(parseFlags([])).toMatchObject({ profile: 'github', cases: [], layers: 60, runs: 3 });
    expect(parseFlags([]).hasTimeline).toBe(true);
    expect(parseFlags(['--case', 'small-cold,one-changed'])).toMatchObject({
      cases: ['small-cold', 'one-changed'],
      hasTimeline: false,
    });
  });

  it.each([
    [['--profile', 'moon'], '--profile moon is unknown: use one of github, fast, slow.'],
    [['--runs', '0'], '--runs 0 is not a number from 1 on.'],
    [['--layers', 'many'], '--layers many is not a number from 1 on.'],
  ])('refuses %j', (argv, message) => {
    expect(() => parseFlags(argv)).toThrow(message);
  });

  it('gives the service the knobs of the profile', () => {
    expect(toServeFlags(profiles.github).join(' ')).toBe(
      '--latency-ms 250 --blob-latency-ms 50 --stream-mbps 23 --total-mbps 84 --creates-per-minute 200',
    );
    expect(describeProfile(profiles.fast)).toBe('no latency, no limits');
  });
});

describe('cases', () => {
  const countSteps = (dockerfile: string) => dockerfile.match(/^COPY /gm)?.length;

  it('can all be built: every file that is copied is there', () => {
    for (const { dataset, layers } of selectCases([], 60)) {
      const made = toDataset(dataset, layers);
      if ('project' in made) throw new Error(`${made.project} would run without its name`);
      const { files, trees = [], dockerfile } = made;
      const names = [...files, ...trees].map(({ name }) => name);
      const copied = [...dockerfile.matchAll(/^COPY (\S+) \//gm)]
        .map(([, name]) => name)
        .filter((name = '') => !name.startsWith('--from='));
      expect(copied.filter((name = '') => !names.includes(name))).toEqual([]);
    }
  });

  it.each<['small' | 'many', number]>([
    ['small', 60],
    ['small', 300],
    ['many', 300],
    ['many', 40],
  ])('%s has the layers that were asked for: %d', (dataset, layers) => {
    expect(countSteps(toDataset(dataset, layers).dockerfile)).toBe(layers);
  });

  it('changes one file in the middle and no other', () => {
    const seeds = (dataset: 'small' | 'small-changed') =>
      toDataset(dataset, 60).files.map(({ seed }) => seed);
    const before = seeds('small');
    const changed = seeds('small-changed').flatMap((seed, index) => (seed === before[index] ? [] : [index]));
    expect(changed).toEqual([30]);
  });

  it('names the cases that there are for one that there is not', () => {
    expect(() => selectCases(['nothing'], 60)).toThrow(`use one of ${caseNames.join(', ')}`);
  });

  it('runs the projects of examples/ only where they are named', async () => {
    const projects = selectCases(caseNames, 60).filter(({ isProject }) => isProject);
    expect(projects.map(({ name }) => name.replace(/-[a-z]+$/, ''))).toEqual([
      ...Array.from({ length: 4 }, () => 'website'),
      ...Array.from({ length: 4 }, () => 'tools-image'),
    ]);
    expect(selectCases([], 60)).toHaveLength(caseNames.length - projects.length);
    const scratch = await mkdtemp(path.join(tmpdir(), 'hotlayer-contexts-'));
    try {
      const texts = new Set<string>();
      for (const { name, dataset, layers } of projects) {
        const directory = path.join(scratch, name);
        await writeContext(directory, toDataset(dataset, layers));
        texts.add(
          execFileSync('sh', ['-c', 'find . -type f | sort | xargs cat'], {
            cwd: directory,
            encoding: 'utf8',
          }),
        );
      }
      // Unchanged is what cold was.
      expect(texts.size).toBe(projects.length - 2);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  });

  it('takes turns, and bounds what takes minutes', () => {
    const plan = planRuns(
      { subjects: ['native', 'hotlayer'], variants: ['no-export', 'compress'], nativeRuns: 1 },
      2,
    );
    const text = plan.map(({ subject, variant }) => [subject, variant].join(' '));
    expect(text).toEqual([
      'native measured',
      'hotlayer measured',
      'native no-export',
      'hotlayer no-export',
      'native compress',
      'hotlayer measured',
      'hotlayer no-export',
    ]);
  });

  it('makes the same bytes of the same seed, which gzip cannot make smaller', () => {
    const make = (seed: string) => Buffer.concat([...generateBytes(seed, 5_000_000)]);
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(make('a')).toHaveLength(5_000_000);
    expect(hash(make('a'))).toBe(hash(make('a')));
    expect(hash(make('a'))).not.toBe(hash(make('b')));
    expect(gzipSync(make('a'), { level: 1 }).length).toBeGreaterThan(4_990_000);
  });
});

describe('what is read of the processes', () => {
  it("the service's statistics by kind, without the kinds that it was not asked for", () => {
    const none = { count: 0, failed: 0, bytesIn: 0, bytesOut: 0 };
    const statistics = {
      totalCalls: 5,
      calls: {
        lookup: { count: 3, failed: 1, bytesIn: 10, bytesOut: 20 },
        upload: { count: 2, failed: 0, bytesIn: 1000, bytesOut: 2 },
        download: none,
      },
      storage: { entries: 1, bytes: 990 },
    };
    expect(toServiceFigures(statistics)).toEqual({
      ...{ totalCalls: 5, calls: { lookup: 3, upload: 2 }, failedCalls: 1, bytesUp: 1010, bytesDown: 22 },
      ...{ storedEntries: 1, storedBytes: 990 },
    });
    expect(() => toServiceFigures({ ...statistics, storage: {} })).toThrow('storage.entries');
  });

  it('groups of a log, and the export inside of one', () => {
    const lines = [
      { seconds: 1, text: '::group::Build' },
      { seconds: 2, text: '#7 exporting to GitHub Actions Cache' },
      { seconds: 3, text: '#8 done in 0.1 s' },
      { seconds: 5, text: '#7 done in 3.0 s' },
      { seconds: 6, text: '::endgroup::' },
    ];
    expect(parseLogSpans(lines)).toEqual([
      { name: 'Export the cache', startSeconds: 2, endSeconds: 5 },
      { name: 'Build', startSeconds: 1, endSeconds: 6 },
    ]);
  });

  it('steps and the export of a trace', () => {
    const time = (seconds: number) => new Date(1000 + seconds * 1000).toISOString();
    const vertexes = [
      { digest: 'a', name: '[internal] load build context', cached: true },
      { digest: 'b', name: '[1/2] COPY a /a', cached: true },
      { digest: 'c', name: '[2/2] COPY b /b' },
      { digest: 'd', name: 'exporting to GitHub Actions Cache', started: time(1) },
      { digest: 'd', name: 'exporting to GitHub Actions Cache', started: time(1), completed: time(3) },
    ];
    const output = `warning: no JSON\n${vertexes.map((vertex) => JSON.stringify({ vertexes: [vertex] })).join('\n')}\n`;
    expect(summarizeTrace(output, 1000)).toMatchObject({ totalSteps: 2, cachedSteps: 1, exportSeconds: 2 });
  });

  it('processor seconds and peak memory of /proc, whatever the program is called', () => {
    const rest = Array.from({ length: 20 }, (_, index) => index).join(' ');
    expect(parseCpuSeconds(`42 (a) b (c) S ${rest}`)).toBeCloseTo((10 + 11) / 100);
    expect(parsePeakBytes('Name:\tx\nVmPeak:\t 9 kB\nVmHWM:\t    2048 kB\n')).toBe(2 * 2 ** 20);
    expect(parsePeakBytes('Name:\tzombie\n')).toBe(0);
  });

  const service = '/twirp/github.actions.results.api.v1.CacheService';
  const blob = '/devstoreaccount1/actions-cache/id?sig=x';
  it.each([
    ['POST', `${service}/GetCacheEntryDownloadURL`, 'lookup'],
    ['POST', `${service}/CreateCacheEntry`, 'create'],
    ['POST', `${service}/FinalizeCacheEntryUpload`, 'finalize'],
    ['PUT', blob, 'upload'],
    ['PUT', `${blob}&comp=block`, 'upload'],
    ['PUT', `${blob}&comp=blocklist`, 'block-list'],
    ['GET', blob, 'download'],
    ['HEAD', blob, 'head'],
    ['GET', '/_apis/artifactcache/cache?keys=a', 'lookup'],
    ['POST', '/_apis/artifactcache/caches', 'create'],
    ['PATCH', '/_apis/artifactcache/caches/7', 'upload'],
    ['POST', '/_apis/artifactcache/caches/7', 'finalize'],
  ])('%s %s is a %s', (method, url, kind) => {
    expect(classifyCall(method, url)).toBe(kind);
  });
});
