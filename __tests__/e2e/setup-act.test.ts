import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commitAll, copySources, runAct, toActFlags } from '../helpers/act.ts';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';

const workflow = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - uses: ./setup
        id: hotlayer
        with:
          scopes: app
      - run: buildx build --progress plain \${{ steps.hotlayer.outputs.build-flags }} app
      - uses: ./
        with:
          context: app
          scope: main-step
`;

describe('setup under act', () => {
  let directory: string;
  let repository: string;
  let cache: TestCache;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-act-'));
    repository = path.join(directory, 'repository');
    await copySources(repository, (file) => /^(?:action\.yml$|(?:setup|dist)\/)/.test(file));
    await mkdir(path.join(repository, '.github', 'workflows'), { recursive: true });
    await writeFile(path.join(repository, '.github', 'workflows', 'setup.yml'), workflow);
    const dockerfile = 'FROM scratch\nCOPY rootfs/ /\nRUN head -c 99999 /dev/urandom > /noise\n';
    await writeContext(path.join(repository, 'app'), { dockerfile, files: {} });
    commitAll(repository);
    cache = await TestCache.start();
  });
  afterAll(async () => {
    await cache.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('serves run: steps and an action after them, cold and warm', async () => {
    const run = async () =>
      runAct(
        { directory, repository, workflows: '.github/workflows/setup.yml' },
        'push',
        toActFlags(await cache.env(rights.main)),
      );
    const cold = await run();
    expect({ log: cold.log, exitCode: cold.exitCode }).toEqual({ log: cold.log, exitCode: 0 });
    // The action has the runner's own token, not the stub, and the end of the job knows what the scripts have built.
    expect(cold.log).toMatch(/of an earlier step \(pid \d+\)/);
    for (const scope of ['app', 'main-step'])
      expect(cold.log).toMatch(new RegExp(`cache export of ${scope}-\\S*: exported`));
    expect(cold.log).not.toMatch(/::warning/);
    const warm = await run();
    expect({ log: warm.log, exitCode: warm.exitCode }).toEqual({ log: warm.log, exitCode: 0 });
    expect(warm.log).toMatch(/\| #\d+ \[2\/2\] RUN head.*\n.*\| #\d+ CACHED/);
    expect(warm.log).toContain('2 of 2 steps from the cache');
  });
});
