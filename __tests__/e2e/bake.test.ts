import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isRecord, parseJson, readString } from '../../src/json.ts';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

const dockerfile = `FROM scratch AS common
COPY rootfs/ /
RUN dd if=/dev/urandom of=/noise bs=1024 count=900
FROM common AS app
RUN echo app > /app
COPY message /message
FROM common AS tool
ARG KIND=plain
RUN echo $KIND > /tool
`;

const definition = `variable "TAG" { default = "none" }
group "default" { targets = ["app", "front", "tool"] }
target "app" {
  target = "app"
  tags = ["demo/app:\${TAG}"]
  output = ["type=oci,dest=app.tar"]
  cache-to = ["type=local,dest=own-cache"]
}
target "common" { target = "common" }
target "broken" { dockerfile-inline = "FROM scratch\\nCOPY rootfs/ /\\nRUN cat /nothing\\n" }
target "front" {
  inherits = ["app"]
  context = "front"
  contexts = { base = "target:common" }
  target = ""
  output = ["type=cacheonly"]
}
target "tool" {
  name = "tool-\${kind}"
  matrix = { kind = ["big", "small"] }
  target = "tool"
  args = { KIND = kind }
  output = ["type=cacheonly"]
}
`;

const compose = `services:
  web:
    image: demo/web
    build: { context: ., target: app }
  store.db:
    build: { context: ., target: tool }
  other:
    image: demo/db
`;

const files = {
  message: 'hello',
  'docker-bake.hcl': definition,
  'bad.hcl': 'target "default" {\n  tags = oops(\n}\n',
  'compose.yaml': compose,
  'front/Dockerfile': 'FROM base\nRUN echo front > /front\n',
};

/** `cached of total` by target, as the log has it. */
function readCounts({ log }: StepResult): Readonly<Record<string, string>> {
  const counts = [...log.matchAll(/^([\w-]+): (\d+ of \d+) steps from the cache, cache export: (\w+)$/gm)];
  return Object.fromEntries(counts.map(([, name = '', count, end]) => [name, `${count} ${end}`]));
}

function readTargets(result: StepResult, output: string): readonly string[] {
  const value = parseJson(result.outputs.get(output) ?? '');
  return isRecord(value) ? Object.keys(value).sort() : [];
}

describe('the action bake', () => {
  let cache: TestCache;
  const jobs: Job[] = [];
  const targets = ['app', 'common', 'front', 'tool-big', 'tool-small'];

  beforeAll(async () => {
    cache = await TestCache.start();
  });
  afterEach(async () => {
    for (const job of jobs.splice(0)) await job.remove();
  });
  afterAll(async () => {
    await cache.stop();
  });

  /** A job with a daemon of its own. */
  async function start(changed: Readonly<Record<string, string>> = {}): Promise<Job> {
    const job = await Job.start({
      event: { name: 'push', ref: 'refs/heads/main' },
      env: await cache.env(rights.main),
    });
    jobs.push(job);
    await writeContext(job.workspace, { dockerfile, files: { ...files, ...changed } });
    return job;
  }

  async function end(job: Job): Promise<StepResult> {
    const [post] = (await job.runPosts()).slice(-1);
    expect(post?.exitCode).toBe(0);
    expect(findLeftovers(job.directory)).toEqual([]);
    if (post === undefined) throw new Error('no step, no post');
    return post;
  }

  const inputs = { files: 'docker-bake.hcl', 'buildkit-path': buildkitDirectory() };

  it('builds all targets, then each warm on a new daemon, then only what has changed', async () => {
    const first = await start();
    const cold = await first.runBake({ ...inputs, vars: 'TAG=1' });
    expect({ log: cold.log, exitCode: cold.exitCode }).toEqual({ log: cold.log, exitCode: 0 });
    for (const output of ['cache-plan', 'cache-export']) expect(readTargets(cold, output)).toEqual(targets);
    expect(readCounts(cold)).toEqual({
      app: '0 of 4 pending',
      common: '0 of 2 pending',
      front: '0 of 3 pending',
      'tool-big': '0 of 3 pending',
      'tool-small': '0 of 3 pending',
    });
    const metadata = parseJson(cold.outputs.get('metadata') ?? '');
    expect(readString(metadata, 'app', 'containerimage.digest')).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(readString(metadata, 'app', 'image.name')).toContain('demo/app:1');
    expect(existsSync(path.join(first.workspace, 'app.tar'))).toBe(true);
    // The definition's own cache, which front inherits, and ours beside it.
    expect(existsSync(path.join(first.workspace, 'own-cache', 'index.json'))).toBe(true);
    expect(cold.log).toMatch(
      /^::notice::The bake definition has cache-from or cache-to of its own for app, front:/m,
    );
    for (const name of targets) expect(cold.summary).toContain(`| <code>${name}</code> |`);
    const post = await end(first);
    expect(post.log.match(/^cache export of \S+: exported/gm)).toHaveLength(targets.length);
    // Busybox and 900 KiB of noise, which all five share.
    const [, written] = /bytes written ([\d.]+) MiB/.exec(post.log) ?? [];
    expect(Number(written)).toBeLessThan(2.6);
    expect(Number(written)).toBeGreaterThan(1);

    const second = await start();
    const warm = await second.runBake({ ...inputs, vars: 'TAG=1' });
    expect(readCounts(warm)).toEqual({
      app: '4 of 4 pending',
      common: '2 of 2 pending',
      front: '3 of 3 pending',
      'tool-big': '3 of 3 pending',
      'tool-small': '3 of 3 pending',
    });
    expect(warm.outputs.get('cached-steps')).toBe('15');
    expect(warm.outputs.get('total-steps')).toBe('15');
    expect(warm.summary).toMatch(/\*\*\d of \d steps came from the cache\*\* of branch main/);
    await end(second);

    const third = await start({ message: 'good bye' });
    const changed = await third.runBake({ ...inputs, vars: 'TAG=1' });
    expect(readCounts(changed)).toEqual({ ...readCounts(warm), app: '3 of 4 pending' });
    const bad = await third.runBake({ ...inputs, files: 'bad.hcl' });
    expect(bad.exitCode).toBe(1);
    expect(bad.log).toMatch(
      /^::error::The bake definition could not be read: bad\.hcl:3,1-2: Invalid expression/m,
    );
    expect(bad.log).toContain('>>> }');
    const broken = await third.runBake({ ...inputs, targets: 'broken,common' });
    expect(broken.exitCode).toBe(1);
    expect(broken.log).toMatch(
      /^::error::The build failed at \S+:3, RUN cat \/nothing: target broken: exit code 1/m,
    );
    expect(readTargets(broken, 'cache-export')).toEqual(['broken', 'common']);
    const composed = await third.runBake({
      ...inputs,
      files: 'compose.yaml',
      set: 'web.output=type=cacheonly',
      compression: 'gzip',
    });
    expect(composed.exitCode).toBe(0);
    // buildx makes the names of services those of targets.
    expect(readTargets(composed, 'cache-plan')).toEqual(['store_db', 'web']);
    // Also with gzip the gateway knows the index of each.
    for (const end of Object.values(readCounts(composed))) expect(end).toMatch(/ pending$/);
    await end(third);
  });
});
