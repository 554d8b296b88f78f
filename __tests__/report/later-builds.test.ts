import { describe, expect, it } from '@jest/globals';
import { renderJobBuilds } from '../../src/report/job-builds.ts';
import { renderSetupSummary } from '../../src/report/setup-summary.ts';

const hostile = '</code><img src=x>|[x](http://evil)\n# @everyone';

describe('the summary of builds of later steps', () => {
  const build = { name: 'app', status: 'Completed', cachedSteps: 2, totalSteps: 3, seconds: 1.25 };

  it('has a row for each', () => {
    const text = renderJobBuilds({
      builds: [build, { ...build, name: '', status: 'Error' }],
      notes: ['A note.'],
      numbers: '3 calls.',
    });
    expect(text).toContain('| <code>app</code> | completed | 2 of 3 | 1.3 s |');
    expect(text).toContain('| <code>build</code> | error | 2 of 3 | 1.3 s |');
    expect(text).toContain('> A note.');
    expect(text).toContain('3 calls.');
  });

  it('says that there was none', () => {
    expect(renderJobBuilds({ builds: [], notes: [], numbers: undefined })).toContain(
      'No step of this job has built anything.',
    );
  });

  it('shows foreign text as text, in one row', () => {
    const text = renderJobBuilds({
      builds: [{ ...build, name: hostile, status: hostile }],
      notes: [hostile],
      numbers: undefined,
    });
    expect(text).not.toMatch(/<img|\]\(http|^# @/m);
    expect(text.split('\n').filter((line) => line.startsWith('| <code>'))).toHaveLength(1);
  });

  it('leaves out what does not fit', () => {
    const many = Array.from({ length: 50_000 }, () => build);
    const text = renderJobBuilds({ builds: many, notes: ['A note.'], numbers: undefined }, 10_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(10_000);
    expect(text).toContain('A note.');
    expect(renderJobBuilds({ builds: [], notes: [], numbers: undefined }, 0)).toBe('');
  });
});

describe('the summary of setup', () => {
  it('tells of each scope where it reads and writes, and why', () => {
    const plan = {
      imports: ['a'],
      export: null,
      code: 'pr-bot' as const,
      reason: 'A bot.',
      chain: [{ kind: 'branch' as const, name: 'main', cacheScope: 'a' }],
      exportRef: null,
    };
    const text = renderSetupSummary({
      scopes: [{ name: hostile, plan }],
      address: 'unix:///x',
      version: 'v0.33.1',
      degradations: ['Lost.'],
    });
    expect(text).toContain('| branch main | nothing | A bot. |');
    expect(text).toContain('> Lost.');
    expect(text).not.toMatch(/<img|\]\(http/);
  });
});
