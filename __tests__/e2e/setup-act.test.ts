import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commitAll, copySources, runAct, toActFlags } from '../helpers/act.ts';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { root } from '../helpers/runner.ts';

const example = 'run-steps.yml';

/** An action after setup, in the same job. */
const workflow = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - uses: hotlayer/hotlayer/setup@v1
        id: hotlayer
        with:
          scopes: script
      - run: buildx build --progress plain \${{ steps.hotlayer.outputs.build-flags }} app
      - uses: hotlayer/hotlayer@v1
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
    const own = path.join(directory, 'hotlayer');
    await copySources(own, (file) => /^(?:action\.yml$|(?:setup|dist)\/)/.test(file));
    const workflows = path.join(repository, '.github', 'workflows');
    await mkdir(workflows, { recursive: true });
    await writeFile(path.join(workflows, 'action-after.yml'), workflow);
    await cp(path.join(root, 'examples', 'workflows', example), path.join(workflows, example));
    const dockerfile = `FROM scratch AS tools
COPY rootfs/ /
RUN head -c 99999 /dev/urandom > /noise
FROM tools
RUN head -c 99999 /dev/urandom > /more
`;
    await writeContext(path.join(repository, 'app'), { dockerfile, files: {} });
    commitAll(repository);
    cache = await TestCache.start();
  });
  afterAll(async () => {
    await cache.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function run(name: string): Promise<string> {
    const place = { directory, repository, workflows: `.github/workflows/${name}` };
    const flags = ['--local-repository', `hotlayer/hotlayer@v1=${path.join(directory, 'hotlayer')}`];
    const { exitCode, log } = await runAct(place, 'push', [
      ...flags,
      ...toActFlags(await cache.env(rights.main)),
    ]);
    expect({ log, exitCode }).toEqual({ log, exitCode: 0 });
    expect(log).not.toMatch(/::warning/);
    return log;
  }

  it('leaves an action after it the runner’s own values, and knows at the end what scripts have built', async () => {
    const log = await run('action-after.yml');
    expect(log).toMatch(/of an earlier step \(pid \d+\)/);
    for (const scope of ['script', 'main-step'])
      expect(log).toMatch(new RegExp(`cache export of ${scope}-\\S*: exported`));
  });

  it('runs the example cold, then warm', async () => {
    const cold = await run(example);
    for (const scope of ['app', 'tools'])
      expect(cold).toMatch(new RegExp(`cache export of ${scope}-\\S*: exported, \\d+ layers`));
    const warm = await run(example);
    expect(warm.match(/build of .*: completed, (\d+) of \1 steps from the cache/g)).toHaveLength(2);
  });
});
