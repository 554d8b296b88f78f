import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type LoopbackRegistry,
  renderMirror,
  startLoopbackRegistry,
} from '../../scripts/loopback-registry.ts';
import { findScratch } from '../../scripts/memory.ts';
import { type ProjectChange, type ProjectName, writeProject } from '../../scripts/projects.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { type Image, readPushedImage } from '../helpers/image.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { Registry } from '../helpers/registry.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';

interface Built {
  readonly image: Image;
  readonly ranSteps: number;
  readonly totalSteps: number;
}

interface Row {
  readonly change: ProjectChange;
  /** Instructions that run again: the changed one, and all that stand on it. */
  readonly ranSteps: number;
  /** The layers at the end of the image that are new. */
  readonly newLayers: number;
}

interface Project {
  readonly name: ProjectName;
  readonly totalSteps: number;
  readonly rows: readonly Row[];
}

/** Else one change to each project. */
const isWhole = process.env['HOTLAYER_WHOLE_MATRIX'] === '1';

const allProjects: readonly Project[] = [
  {
    name: 'website',
    totalSteps: 12,
    rows: [
      { change: 'source', ranSteps: 4, newLayers: 1 },
      // Not the last copy: this release of dayjs makes the same site.
      { change: 'lock', ranSteps: 8, newLayers: 1 },
    ],
  },
  {
    name: 'tools-image',
    totalSteps: 13,
    rows: [
      { change: 'source', ranSteps: 5, newLayers: 3 },
      { change: 'lock', ranSteps: 6, newLayers: 4 },
    ],
  },
];

const projects = isWhole
  ? allProjects
  : allProjects.map(({ rows, ...project }) => ({ ...project, rows: rows.slice(0, 1) }));

/** Directory of the images that stand for Docker Hub's; `npm test` sets it. */
function baseImages(): string {
  const directory = process.env['HOTLAYER_TEST_BASE_IMAGES'];
  if (directory === undefined)
    throw new Error(
      'HOTLAYER_TEST_BASE_IMAGES is not set: run the tests with `npm test`, or `node scripts/run.mjs prepare-base-images`.',
    );
  return directory;
}

describe.each(projects)('examples/$name', ({ name, totalSteps, rows }) => {
  let scratch: string;
  let mirror: LoopbackRegistry;
  let registry: Registry;
  let cache: TestCache;
  let count = 0;
  let cold: Built;

  beforeAll(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), 'hotlayer-examples-'));
    mirror = await startLoopbackRegistry({
      ...{ images: baseImages(), isReadOnly: true, env: process.env },
      scratch: path.join(scratch, 'mirror'),
    });
    registry = await Registry.start();
    cache = await TestCache.start();
  });
  afterAll(async () => {
    await cache.stop();
    await registry.stop();
    await mirror.stop();
    await rm(scratch, { recursive: true, force: true });
  });

  /** A job of one step on a daemon of its own. */
  async function build(changes: readonly ProjectChange[]): Promise<Built> {
    const tag = String(++count);
    const job = await Job.start({ env: await cache.env(rights.main), scratch: findScratch() });
    try {
      await writeProject(name, changes, job.workspace);
      const step = await job.runMain({
        tags: `${registry.host}/app:${tag}`,
        push: 'true',
        // Else the history of the image says when it was built.
        'build-args': 'SOURCE_DATE_EPOCH=0',
        'buildkit-path': buildkitDirectory(),
        'buildkitd-config-inline': renderMirror(mirror.host),
      });
      await job.runPosts();
      if (step.exitCode !== 0) throw new Error(step.log.split('\n').slice(-40).join('\n'));
      expect(step.log).not.toMatch(/^::warning/m);
      expect(findLeftovers(job.directory)).toEqual([]);
      const total = Number(step.outputs.get('total-steps'));
      return {
        image: await readPushedImage(registry.host, 'app', tag),
        ranSteps: total - Number(step.outputs.get('cached-steps')),
        totalSteps: total,
      };
    } finally {
      await job.remove();
    }
  }

  it('runs each step once', async () => {
    cold = await build([]);
    expect(cold).toMatchObject({ totalSteps, ranSteps: totalSteps });
  });

  it('is warm on a new daemon, and the image is the same', async () => {
    const warm = await build([]);
    expect(warm).toMatchObject({ totalSteps, ranSteps: 0 });
    // Not the index, whose provenance says when it was built.
    expect(warm.image).toEqual(cold.image);
  });

  // Each change stands on the one before it, as commits do: the cache holds what the last build used.
  const tests = rows.map((row, index) => ({
    ...row,
    changes: rows.slice(0, index + 1).map(({ change }) => change),
  }));
  it.each(tests)(
    'runs $ranSteps steps where a $change file changed',
    async ({ changes, ranSteps, newLayers }) => {
      const changed = await build(changes);
      expect(changed).toMatchObject({ totalSteps, ranSteps });
      const digests = ({ image }: Built): readonly string[] => image.layers.map(({ digest }) => digest);
      expect(digests(changed).slice(0, -newLayers)).toEqual(digests(cold).slice(0, -newLayers));
      expect(digests(changed).at(-newLayers)).not.toBe(digests(cold).at(-newLayers));
    },
  );
});
