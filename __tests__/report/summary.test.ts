import { describe, expect, it } from '@jest/globals';
import type { CachePlan } from '../../src/policy/types.ts';
import { renderText } from '../../src/report/format.ts';
import { renderPlanTable } from '../../src/report/plan-table.ts';
import type { BuildReport } from '../../src/report/report.ts';
import { renderSummary } from '../../src/report/summary.ts';

const plan: CachePlan = {
  imports: ['app.pr-7.1', 'app.b-main.2'],
  export: 'app.pr-7.1',
  code: 'pr-own-scope',
  reason: 'A pull request exports to its own cache scope.',
  chain: [
    { kind: 'pr', name: '7', cacheScope: 'app.pr-7.1' },
    { kind: 'branch', name: 'main', cacheScope: 'app.b-main.2' },
  ],
  exportRef: { kind: 'pr', name: '7' },
};

const report: BuildReport = {
  subject: 'ghcr.io/acme/app:1',
  failure: undefined,
  story: { sources: [], hasImports: true, isOff: false, firstMisses: [] },
  timeline: [],
  plan,
  exportMode: 'max',
  cacheExport: 'exported',
  steps: { cachedSteps: 8, totalSteps: 10 },
  phases: [
    { name: 'Start BuildKit', seconds: 0.44 },
    { name: 'Build', seconds: 12.3 },
  ],
  gateway: {
    callsByKind: { lookup: 2, upload: 0, download: 3 },
    bytesRead: 10 * 1024 * 1024,
    bytesWritten: 1536 * 1024,
    retries: 1,
  },
  degradations: [],
  image: { digest: 'sha256:d', imageid: 'sha256:i', tags: ['ghcr.io/acme/app:1', 'ghcr.io/acme/app:latest'] },
};

describe('renderSummary', () => {
  it('has plan and reason, steps, bytes and calls, and the time by phase', () => {
    expect(
      renderSummary({ ...report, wholeSeconds: 13 }),
    ).toBe(`### Hotlayer: ghcr.io/acme/app:1 built in 13.0 s

**8 of 10 steps came from the cache**.

| Fact | Value |
| --- | --- |
| Tags | <code>ghcr.io/acme/app:1</code><br><code>ghcr.io/acme/app:latest</code> |
| Digest | <code>sha256:d</code> |
| Image ID | <code>sha256:i</code> |
| Cache export | exported (mode max) |
| Cache read | 10.0 MiB |
| Cache written | 1.5 MiB |
| Calls to the cache service | 5 (lookup 2, download 3) |
| Repeated calls | 1 |

<details><summary>Which caches this run uses, and why</summary>

| Cache | Of | Cache scope |
| --- | --- | --- |
| import | pull request 7 | <code>app.pr-7.1</code> |
| import | branch main | <code>app.b-main.2</code> |
| export | pull request 7 | <code>app.pr-7.1</code> |

A pull request exports to its own cache scope. (<code>pr-own-scope</code>)

</details>

<details><summary>Where the time of this step went</summary>

| Phase | Time |
| --- | --- |
| Start BuildKit | 0.4 s |
| Build | 12.3 s |
| Start, and between the phases | 0.3 s |
| Together | 13.0 s |

</details>

`);
  });

  it('says each degradation once', () => {
    const summary = renderSummary({
      ...report,
      degradations: ['No cache.', 'No cache.', 'Export failed: 503'],
    });
    expect(summary).toContain('> [!WARNING]\n> - No cache.\n> - Export failed: 503\n');
  });

  it('leaves out what is not known', () => {
    const summary = renderSummary({
      ...report,
      plan: {
        ...plan,
        imports: [],
        chain: [],
        export: null,
        exportRef: null,
        code: 'no-token',
        reason: 'There is no token.',
      },
      cacheExport: 'skipped',
      steps: undefined,
      phases: [],
      gateway: undefined,
      image: { digest: undefined, imageid: undefined, tags: [] },
    });
    expect(summary).toBe(`### Hotlayer: ghcr.io/acme/app:1 built

| Fact | Value |
| --- | --- |
| Cache export | skipped |

<details><summary>Which caches this run uses, and why</summary>

| Cache | Of | Cache scope |
| --- | --- | --- |
| export | nothing |  |

There is no token. (<code>no-token</code>)

</details>

`);
  });

  it('begins with why a build failed, and tells no lie about its cache', () => {
    const summary = renderSummary({
      ...report,
      failure: {
        location: 'Dockerfile:4',
        excerpt: ['   3 |     COPY . .', '   4 | >>> RUN make'],
        reason: 'process "/bin/sh -c make" did not complete successfully: exit code: 2',
        exitCode: 2,
        output: ['one', '```', 'two'],
        advice: 'Look at the last lines.',
      },
    });
    expect(summary.split('\n\n').slice(0, 6)).toEqual([
      '### Hotlayer: ghcr.io/acme/app:1 failed',
      '> [!CAUTION]\n> **Dockerfile:4** The step ended with **exit code 2**.',
      '```text\n   3 |     COPY . .\n   4 | >>> RUN make\n```',
      'The last lines of the step:',
      '````text\none\n```\ntwo\n````',
      '**What to do:** Look at the last lines.',
    ]);
  });

  it('never has more bytes than it may, and says what it left out', () => {
    const huge = renderSummary({ ...report, degradations: ['x'.repeat(2_000_000)] });
    expect(Buffer.byteLength(huge)).toBeLessThanOrEqual(1024 * 1024);
    expect(huge).toContain('these are missing here: the warnings');
    expect(huge).toContain('8 of 10 steps');
    const tags = Array.from({ length: 60_000 }, (_, index) => `registry.example/app:${index}`);
    for (const maxBytes of [0, 30, 200, 1000, 20_000, 1024 * 1024]) {
      const image = { ...report.image, tags };
      const text = renderSummary({ ...report, image, subject: 'x'.repeat(maxBytes) }, maxBytes);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
    }
  });

  it('shows names of branches and errors as text, whatever they hold', () => {
    const name = 'a|b<img src=x onerror=alert(1)>`c`\n# d [l](javascript:x) **e** @f';
    const summary = renderSummary({
      ...report,
      subject: name,
      degradations: [name],
      plan: { ...plan, chain: [{ kind: 'branch', name, cacheScope: 'x' }], reason: name },
    });
    expect(summary).not.toContain('<img');
    expect(summary).not.toContain('](javascript');
    expect(summary).not.toMatch(/^# d/m);
    const row = summary.split('\n').find((line) => line.startsWith('| import'));
    expect(row?.split('|')).toHaveLength(5);
  });
});

describe('renderText', () => {
  it('keeps words as they are', () => {
    expect(renderText("The branch's cache: main, v1.0 (feature/a)")).toBe(
      "The branch's cache: main, v1.0 (feature/a)",
    );
  });
});

describe('renderPlanTable', () => {
  it('aligns imports, export and the reason', () => {
    expect(renderPlanTable(plan)).toBe(
      [
        'import  pull request 7  app.pr-7.1',
        '        branch main     app.b-main.2',
        'export  pull request 7  app.pr-7.1',
        'why     A pull request exports to its own cache scope. (pr-own-scope)',
      ].join('\n'),
    );
  });
  it('says nothing where there is nothing', () => {
    expect(renderPlanTable({ ...plan, imports: [], chain: [], export: null, exportRef: null })).toContain(
      'import  nothing\nexport  nothing\n',
    );
  });
});
