import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { findFreePort, Registry } from '../helpers/registry.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';
import { ifWhole } from '../helpers/whole-matrix.ts';

type Inputs = Readonly<Record<string, string>>;

let cache: TestCache;
let registry: Registry;
let job: Job;
let nobody = '';

beforeAll(async () => {
  [cache, registry] = await Promise.all([TestCache.start(), Registry.start()]);
  nobody = `127.0.0.1:${await findFreePort()}`;
  job = await Job.start({ env: await cache.env(rights.main) });
});

afterAll(async () => {
  await job.runPosts();
  const left = findLeftovers(job.directory);
  await job.remove();
  await registry.stop();
  await cache.stop();
  expect(left).toEqual([]);
});

const rootfs = 'FROM scratch AS base\nCOPY rootfs/ /\n';

describe('a build that cannot be done ends with one annotation', () => {
  it.each<[string, string, Inputs, RegExp, RegExp]>([
    [
      'a stage that is not there',
      rootfs,
      { target: 'none' },
      /^The build failed: target stage "none" could not be found$/,
      /Give the input "target" the name/,
    ],
    [
      'a Dockerfile that is none',
      'FROM scratch\nFOO bar\n',
      {},
      /^The build failed at Dockerfile:2, FOO bar: dockerfile parse error on line 2: unknown instruction: FOO/,
      /Correct the line/,
    ],
    ['an empty Dockerfile', '', {}, /^The build failed: the Dockerfile cannot be empty$/, /Dockerfile/],
    [
      'a file that the context has not',
      `${rootfs}COPY none /\n`,
      {},
      /^The build failed at Dockerfile:3, COPY none \/: .*"\/none": not found$/,
      /at \.dockerignore/,
    ],
    [
      'a program that fails',
      `${rootfs}RUN echo last words && false\n`,
      {},
      /^The build failed at Dockerfile:3, RUN echo last words && false: exit code 1%0AIts last output:%0Alast words$/,
      /its last lines say why/,
    ],
    [
      'a base without a name',
      'ARG BASE\nFROM $BASE\n',
      {},
      /^The build failed at Dockerfile:2, FROM \$BASE: base name \(\$BASE\) should not be blank$/,
      /in "build-args"/,
    ],
    [
      'a base that the registry has not',
      'FROM REGISTRY/acme/none:1\n',
      {},
      /^The build failed at Dockerfile:1, FROM (\S+): .*\1: not found$/,
      /look at the name and the tag/,
    ],
    [
      'a secret that was not given',
      `${rootfs}RUN --mount=type=secret,id=TOKEN,required=true true\n`,
      {},
      /^The build failed at Dockerfile:3, RUN .*: secret TOKEN: not found$/,
      /in "secrets"/,
    ],
    [
      'an agent that was not given',
      `${rootfs}RUN --mount=type=ssh,required=true true\n`,
      {},
      /^The build failed at Dockerfile:3, RUN .*: unset ssh forward key default$/,
      /Give the input "ssh"/,
    ],
    [
      'an entitlement that was not given',
      `${rootfs}RUN --network=host true\n`,
      {},
      /^The build failed: .*network\.host is not allowed$/,
      /Give the input "allow"/,
    ],
    ...ifWhole<[string, string, Inputs, RegExp, RegExp]>([
      [
        'a file that is ignored',
        `${rootfs}COPY ignored /\n`,
        {},
        /^The build failed at Dockerfile:3, COPY ignored \/: .*"\/ignored": not found$/,
        /at \.dockerignore/,
      ],
      [
        'a program that is not there',
        `${rootfs}RUN none\n`,
        {},
        /^The build failed at Dockerfile:3, RUN none: exit code 127%0AIts last output:%0A.*none: not found$/,
        /found no program of that name/,
      ],
      [
        'a base of a registry that is not there',
        'FROM NOBODY/acme/none:1\n',
        {},
        /^The build failed at Dockerfile:1, FROM \S+: .*connect: connection refused$/,
        /could not be reached/,
      ],
      [
        'a program of another platform',
        'FROM --platform=linux/arm64 scratch\nCOPY rootfs/ /\nRUN ["/bin/none"]\n',
        {},
        /^The build failed at Dockerfile:3, RUN .*\/bin\/none/,
        /./,
      ],
      [
        'a named context that is not there',
        rootfs,
        { 'build-contexts': 'base=docker-image://REGISTRY/acme/none:1' },
        /^The build failed at Dockerfile:1, FROM scratch AS base: .*acme\/none:1: not found$/,
        /look at the name and the tag/,
      ],
    ]),
  ])('%s', async (_, dockerfile, inputs, expected, advice) => {
    const fill = (text: string) => text.replace('REGISTRY', registry.host).replace('NOBODY', nobody);
    const files = { ignored: '', '.dockerignore': 'ignored\n' };
    await writeContext(path.join(job.workspace, 'app'), { dockerfile: fill(dockerfile), files });
    const given = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, fill(value)]));
    const result = await job.runMain({
      ...{ context: 'app', scope: 'errors', 'buildkit-path': buildkitDirectory(), outputs: 'type=cacheonly' },
      ...given,
    });
    expect(result.exitCode).toBe(1);
    const errors = [...result.log.matchAll(/^::error::(.*)$/gm)].map(([, text]) => text);
    expect(errors).toEqual([expect.stringMatching(expected)]);
    expect(result.summary).toMatch(advice);
    expect(result.outputs.get('digest')).toBeUndefined();
  });
});
