import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CachedRepository, main, prRef } from '../../helpers/cached-repository.ts';
import { runNode } from '../../helpers/run-node.ts';
import { cliPath, ServeProcess } from '../../helpers/serve.ts';
import { Wire } from '../../helpers/wire.ts';

let directory: string;
const closing: (() => Promise<void>)[] = [];
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-cli-cleanup-'));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await rm(directory, { recursive: true, force: true });
});

const clean = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runNode(cliPath, ['cleanup', ...args], env);

describe('hotlayer cleanup', () => {
  it('cleans hotlayer serve, with a token of its secret', async () => {
    const refs = path.join(directory, 'refs.json');
    await writeFile(
      refs,
      JSON.stringify({ 'o/r': { default_branch: 'main', branches: [], pull_requests: { '8': 'closed' } } }),
    );
    const serving = await ServeProcess.start([
      '--dir',
      path.join(directory, 'cache'),
      '--secret',
      's',
      '--refs',
      refs,
    ]);
    closing.push(() => serving.kill());
    const scopes = (scope: string) => [{ scope, permission: 3 }];
    for (const ref of [main, prRef(8), 'refs/heads/gone'])
      await (await Wire.open(serving.url, scopes(ref), 'o/r', 's')).save('k', 'x');
    const where = ['--url', serving.url, '--repository', 'o/r'];

    const wrong = await clean(where, { HOTLAYER_SECRET: 'other' });
    expect([wrong.exitCode, wrong.output]).toEqual([1, expect.stringContaining('401')]);
    const dry = await clean([...where, '--dry-run'], { HOTLAYER_SECRET: 's' });
    expect([dry.exitCode, dry.output]).toEqual([
      0,
      expect.stringContaining('2 caches (0.0 MiB) would be removed'),
    ]);
    const one = await clean([...where, '--refs', 'refs/heads/gone'], { HOTLAYER_SECRET: 's' });
    expect([one.exitCode, one.output]).toEqual([
      0,
      expect.stringMatching(/^3 caches .*: 1 cache \(0\.0 MiB\) removed/m),
    ]);
    const all = await clean(where, { HOTLAYER_SECRET: 's' });
    expect([all.exitCode, all.output]).toEqual([
      0,
      expect.stringMatching(/^2 caches .*: 1 cache \(0\.0 MiB\) removed/m),
    ]);
    expect((await serving.stop()).statistics).toMatchObject({ storage: { entries: 1 } });
  });

  it('reads every manifest of its own service, so that it knows of every pack', async () => {
    const repository = await CachedRepository.start();
    closing.push(() => repository.close());
    repository.refs.pull_requests = { '7': 'open' };
    const [a, b, c] = [randomBytes(9000), randomBytes(9000), randomBytes(9000)] as const;
    await repository.exportLayers(main, 10, [a]);
    await repository.exportLayers(prRef(7), 9, [a, b]);
    await repository.exportLayers(main, 5, [c]);
    const where = ['--url', repository.upstream.url, '--repository', 'o/r'];
    await clean(where);
    // The pull request names the pack of main that main does not name any more.
    expect(await repository.countWarm(prRef(7), [a, b, c])).toBe(3);
    expect(await repository.upstream.listKeys('hotlayer-pack-')).toHaveLength(3);
  });

  it('removes the packs of main that no manifest names, also while pull requests are open', async () => {
    const repository = await CachedRepository.start();
    closing.push(() => repository.close());
    repository.refs.pull_requests = { '7': 'open' };
    const [a, b, c] = [randomBytes(9000), randomBytes(9000), randomBytes(9000)] as const;
    await repository.exportLayers(main, 10, [a]);
    await repository.exportLayers(prRef(7), 9, [b]);
    await repository.exportLayers(main, 5, [c]);
    const { output } = await clean(['--url', repository.upstream.url, '--repository', 'o/r']);
    expect(output).toContain('packs that no manifest names: 1 cache');
    expect(await repository.upstream.listKeys('hotlayer-pack-')).toHaveLength(2);
    expect(await repository.countWarm(prRef(7), [b, c])).toBe(2);
  });

  it.each([
    [['--repository', 'o/r'], /there is no token: set GITHUB_TOKEN/],
    [['--url', 'http://127.0.0.1:1'], /--repository is missing/],
    [['--url', 'nowhere', '--repository', 'o/r'], /--url is no address/],
    [['--urls', 'x'], /Unknown option '--urls'.*Known flags: --url, --repository, --github-token/],
    [['--limit', 'much', '--repository', 'o/r'], /input "limit": "much" is not a size/],
  ])('%j is an error', async (args, message) => {
    const { exitCode, output } = await clean(args);
    expect([exitCode, output]).toEqual([1, expect.stringMatching(message)]);
  });

  it('takes the environment of a job', async () => {
    const repository = await CachedRepository.start();
    closing.push(() => repository.close());
    repository.refs.pull_requests = { '8': 'closed' };
    await repository.put(prRef(8), 1, 'k');
    const env = {
      ...(await repository.env()),
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_TOKEN: await repository.token(),
    };
    const { exitCode, output } = await clean([], env);
    expect([exitCode, output]).toEqual([0, expect.stringContaining('1 cache (0.0 MiB) removed')]);
  });
});

describe('hotlayer serve --refs', () => {
  it.each([
    ['[]', /must hold a JSON object/],
    ['{"o/r": {}}', /refs\["o\/r"\]\.default_branch: it must be the name of a branch/],
    ['{"o/r": {"default_branch": "main", "branches": [1]}}', /branches: 1 is no name/],
    [
      '{"o/r": {"default_branch": "main", "pull_requests": {"7": "merged"}}}',
      /pull_requests\["7"\]: "merged" is neither/,
    ],
    ['{', /--refs .*JSON/],
  ])('%s is an error', async (text, message) => {
    const refs = path.join(directory, 'refs.json');
    await writeFile(refs, text);
    const { exitCode, output } = await runNode(cliPath, ['serve', '--dir', directory, '--refs', refs]);
    expect([exitCode, output]).toEqual([1, expect.stringMatching(message)]);
  });
});
