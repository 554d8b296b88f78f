import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { allPermissions, CachedRepository, main, prRef } from '../../helpers/cached-repository.ts';
import { Job, type JobOptions, type StepResult } from '../../helpers/runner.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(...args: Parameters<typeof CachedRepository.start>): Promise<CachedRepository> {
  const repository = await CachedRepository.start(...args);
  closing.push(() => repository.close());
  return repository;
}

interface Given {
  readonly event?: JobOptions['event'];
  readonly permissions?: Record<string, 'read' | 'write'>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

const schedule = { name: 'schedule', ref: main };
const closedPr = (number: number, pull: object = {}) => ({
  name: 'pull_request',
  ref: prRef(number),
  payload: {
    action: 'closed',
    number,
    pull_request: { number, head: { repo: { id: 1 } }, base: { repo: { id: 1 } }, ...pull },
  },
});

/** The entry of the action, as the runner starts it. */
async function clean(repository: CachedRepository, given: Given = {}): Promise<StepResult> {
  const { event = schedule, permissions = allPermissions, inputs, env } = given;
  const job = await Job.start({ event });
  try {
    const variables = { ...(await repository.env(event.ref)), ...env };
    const token = await repository.token(permissions);
    return await (await job.startMain({ 'github-token': token, ...inputs }, variables, 'cleanup')).result;
  } finally {
    await job.remove();
  }
}

const outputsOf = ({ outputs }: StepResult) => Object.fromEntries(outputs);

describe('a repository with a past', () => {
  const [a, b, c, d] = [1, 2, 3, 4].map(() => randomBytes(50_000));
  let repository: CachedRepository;

  beforeEach(async () => {
    if (a === undefined || b === undefined || c === undefined || d === undefined)
      throw new Error('no layers');
    repository = await open();
    repository.refs.pull_requests = { '7': 'open', '8': 'closed' };
    await repository.exportLayers(main, 10, [a]);
    await repository.put(main, 8, 'hotlayer-pack-1-99-1-0000dead-1', 'packs');
    await repository.exportLayers(main, 5, [b]);
    // It names a pack of main, too.
    await repository.exportLayers(prRef(7), 4, [b, c]);
    await repository.exportLayers(prRef(8), 3, [d]);
    for (const ref of [main, prRef(7), prRef(8)]) await repository.put(ref, 9, 'npm-1');
    for (const number of [1, 2, 3])
      await repository.put(main, 9 - number, `index-x-1-01234567#${number}`, 'buildkit');
  });

  const layers = (...some: readonly (Buffer | undefined)[]) => some.filter((layer) => layer !== undefined);
  const keys = async () => (await repository.upstream.listKeys('')).toSorted();
  const packs = async () =>
    (await repository.upstream.listKeys('hotlayer-pack-')).map((key) => key.split('-')[3]).toSorted();

  it('loses what nobody can need, is as warm as before, and loses nothing more', async () => {
    expect(await packs()).toEqual(['1', '2', '3', '4', '99']);
    const first = await clean(repository);
    expect({ log: first.log, exitCode: first.exitCode }).toEqual({ log: first.log, exitCode: 0 });
    expect(first.log).not.toContain('::warning');
    // The packs that pull request 7 might name stay: nobody here may read its manifest.
    expect(await packs()).toEqual(['1', '2', '3', '99']);
    expect(outputsOf(first)).toMatchObject({ 'removable-caches': '6', 'deleted-caches': '6' });
    expect(await repository.upstream.listKeys('npm-1')).toHaveLength(2);
    expect(await repository.upstream.listKeys('index-x')).toEqual(['index-x-1-01234567#3']);
    expect(await repository.countWarm(prRef(7), layers(b, c))).toBe(2);
    expect(await repository.countWarm(main, layers(b))).toBe(1);

    const again = await clean(repository);
    expect(outputsOf(again)).toMatchObject({ 'removable-caches': '0', 'deleted-caches': '0' });

    repository.refs.pull_requests['7'] = 'closed';
    const later = await clean(repository);
    expect(later.exitCode).toBe(0);
    expect(await packs()).toEqual(['2']);
    expect(await repository.countWarm(main, layers(b))).toBe(1);
    expect(await repository.upstream.listKeys('npm-1')).toHaveLength(1);
    expect(Number(outputsOf(later)['remaining-caches'])).toBe((await keys()).length);
  });

  it('is reported by ref and cache scope, in the log and in the summary', async () => {
    const { log, summary, outputs } = await clean(repository, {
      inputs: { 'dry-run': 'true', limit: '60KB' },
    });
    expect(log).toMatch(/refs\/heads\/main +app\.f921bd05 +3 +0\.0 MiB +\d+ days ago +0\.0 MiB/);
    expect(log).toMatch(/older manifests of Hotlayer: 1 cache, /);
    expect(summary).toContain('## Hotlayer: caches of this repository');
    expect(summary).toMatch(/\| <code>refs\/pull\/8\/merge<\/code> \|/);
    expect(summary).toMatch(/of closed pull requests: 3 caches/);
    expect(outputs.get('removable-caches')).toBe('6');
  });

  it('loses nothing in a dry run', async () => {
    const before = await keys();
    const { exitCode, outputs } = await clean(repository, {
      inputs: { 'dry-run': 'true' },
      permissions: { ...allPermissions, actions: 'read' },
    });
    expect(exitCode).toBe(0);
    expect(outputs.get('removable-caches')).toBe('6');
    expect(outputs.get('deleted-caches')).toBe('0');
    expect(await keys()).toEqual(before);
  });

  it('loses at the end of a pull request what belongs to it, and nothing else', async () => {
    const before = await keys();
    repository.refs.pull_requests['7'] = 'closed';
    const { exitCode, outputs } = await clean(repository, { event: closedPr(7) });
    expect(exitCode).toBe(0);
    expect(outputs.get('deleted-caches')).toBe('3');
    expect((await keys()).length).toBe(before.length - 3);
    expect(await repository.countWarm(main, layers(b))).toBe(1);
    expect(await packs()).toEqual(['1', '2', '4', '99']);
  });

  it('loses nothing for a pull request that is open again', async () => {
    const before = await keys();
    const { exitCode, log } = await clean(repository, { event: closedPr(7) });
    expect(exitCode).toBe(0);
    expect(log).toContain('pull request 7 is there: its caches stay');
    expect(await keys()).toEqual(before);
  });

  it.each([
    ['no permission for branches and pull requests', { actions: 'write' }, /`pull-requests: read`/],
    ['no permission for branches', { actions: 'write', pull_requests: 'read' }, /`contents: read`/],
  ] as const)('with %s keeps what it cannot find out', async (_name, permissions, needed) => {
    repository.refs.branches = [];
    await repository.put('refs/heads/gone', 9, 'npm-2');
    const { exitCode, log } = await clean(repository, { permissions });
    expect(exitCode).toBe(0);
    expect(log).toMatch(needed);
    expect(log).toContain('::warning');
    expect(await repository.upstream.listKeys('npm-2')).toHaveLength(1);
    expect(await repository.countWarm(main, layers(b))).toBe(1);
    expect(await packs()).toEqual(expect.arrayContaining(['2', '3']));
  });

  it('loses the caches of a deleted branch, by the event for that, also on GHES', async () => {
    await repository.put('refs/heads/gone', 9, 'npm-2');
    const event = { name: 'delete', ref: main, payload: { ref: 'gone', ref_type: 'branch' } };
    const before = await keys();
    const { exitCode } = await clean(repository, {
      event,
      env: { GITHUB_API_URL: `${repository.upstream.url}api/v3` },
    });
    expect(exitCode).toBe(0);
    expect(await repository.upstream.listKeys('npm-2')).toEqual([]);
    expect((await keys()).length).toBe(before.length - 1);
  });
});

describe('a token', () => {
  it('that may only read the caches fails the step, which names the permission', async () => {
    const repository = await open();
    repository.refs.pull_requests = { '8': 'closed' };
    for (const key of ['a', 'b']) await repository.put(prRef(8), 1, key);
    const permissions = { ...allPermissions, actions: 'read' } as const;
    const { exitCode, log, outputs, summary } = await clean(repository, { permissions });
    expect(exitCode).toBe(1);
    expect(log).toMatch(/::error::None of 2 caches could be removed: .*403.*`actions: write`/);
    expect(outputs.get('deleted-caches')).toBe('0');
    expect(summary).toContain('None of 2 caches could be removed');
    // One call told enough.
    expect(repository.upstream.statistics.calls['api-delete'].count).toBe(1);
    // Of a fork it is nobody's fault.
    const fork = await clean(repository, {
      permissions,
      event: closedPr(8, { head: { repo: { id: 2, fork: true } } }),
    });
    expect([fork.exitCode, fork.log]).toEqual([
      0,
      expect.stringContaining('a run on a schedule removes them'),
    ]);
  });

  it.each([
    [
      'without the permission',
      { contents: 'read' },
      'o/r',
      /cannot be listed.*403.*`actions: read`.*`permissions: actions: write`/,
    ],
    ['of another repository', allPermissions, 'o/other', /The caches of o\/other cannot be listed.*404/],
  ] as const)('%s fails the step', async (_name, permissions, name, message) => {
    const repository = await open();
    const { exitCode, log } = await clean(repository, { permissions, env: { GITHUB_REPOSITORY: name } });
    expect(exitCode).toBe(1);
    expect(log).toMatch(message);
  });

  it('never shows in the log or the summary', async () => {
    const repository = await open();
    const token = await repository.token();
    const { log, summary } = await clean(repository, { inputs: { 'github-token': token } });
    expect(
      log.split('\n').filter((line) => line.includes(token) && !line.startsWith('::add-mask::')),
    ).toEqual([]);
    expect(summary).not.toContain(token);
  });
});

describe('GitHub', () => {
  async function openClosed(count: number, ...args: Parameters<typeof CachedRepository.start>) {
    const repository = await open(...args);
    repository.refs.pull_requests = { '8': 'closed' };
    for (let n = 0; n < count; n += 1) await repository.put(prRef(8), 1, `k${n}`);
    return repository;
  }

  it('is asked for all pages', async () => {
    const repository = await openClosed(205);
    const { outputs } = await clean(repository, { inputs: { 'dry-run': 'true' } });
    expect(outputs.get('removable-caches')).toBe('205');
    expect(repository.upstream.statistics.calls['api-list'].count).toBe(3);
  });

  it('is waited for where it asks for it, and asked again where it fails or its answer is lost', async () => {
    const repository = await openClosed(4, [
      { call: 'api-list', status: 429, retryAfter: 1, message: 'secondary rate limit', count: 1 },
      { call: 'api-refs', break: 'reset', count: 1 },
      { call: 'api-delete', status: 502, when: 'after', count: 1 },
    ]);
    const { exitCode, log, outputs } = await clean(repository);
    expect(exitCode).toBe(0);
    expect(log).toContain('GitHub answered 429 secondary rate limit: the next try is in 1 s.');
    expect(outputs.get('deleted-caches')).toBe('4');
    expect(log).not.toContain('::warning');
  });

  it('that wants no more calls for an hour ends it, and what is left is told', async () => {
    const repository = await openClosed(6, [], { apiCallsPerHour: 7 });
    const { exitCode, log, outputs } = await clean(repository);
    // A list, the repository, the default branch, the pull request.
    expect(outputs.get('deleted-caches')).toBe('3');
    expect(outputs.get('remaining-caches')).toBe('3');
    expect(exitCode).toBe(0);
    expect(log).toMatch(
      /::warning::3 caches are left: .*asks for a pause of \d+ s\. The next run goes on with them\./,
    );
  });

  it('that takes some deletions and refuses one leaves a warning', async () => {
    const repository = await openClosed(3, [{ call: 'api-delete', status: 409, skip: 1, count: 1 }]);
    const { exitCode, log, outputs } = await clean(repository);
    expect(outputs.get('deleted-caches')).toBe('1');
    expect([exitCode, log]).toEqual([0, expect.stringContaining('2 caches are left: GitHub answered 409')]);
  });
});
