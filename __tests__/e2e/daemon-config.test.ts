import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { Registry } from '../helpers/registry.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

let job: Job;
let registry: Registry;

beforeEach(async () => {
  registry = await Registry.start({ tls: true });
  job = await Job.start();
  await writeContext(job.workspace, { dockerfile: toDockerfile('tls'), files: { message: 'hello' } });
  await mkdir(path.join(job.workspace, 'certs'));
  await copyFile(registry.authority, path.join(job.workspace, 'certs', 'ca.pem'));
});

afterEach(async () => {
  await job.remove();
  await registry.stop();
});

/** Pushes to the registry, which only its own authority vouches for. */
async function push(config: string): Promise<StepResult> {
  const result = await job.runMain({
    tags: `${registry.host}/app:1`,
    push: 'true',
    'buildkit-path': buildkitDirectory(),
    'buildkitd-config-inline': `[registry."${registry.host}"]\nhttp = false\n${config}`,
  });
  await job.runPosts();
  expect(findLeftovers(job.directory)).toEqual([]);
  return result;
}

describe("paths in the daemon's configuration start at the workspace", () => {
  it.each(['ca = ["certs/ca.pem"]', 'ca = ["./certs/../certs/ca.pem"]'])(
    '%s lets a push through',
    async (config) => {
      const result = await push(config);
      expect(result.exitCode).toBe(0);
      expect(await registry.findDigest('app', '1')).toBe(result.outputs.get('digest'));
    },
  );

  it('without it the push fails: nothing else vouches for this registry', async () => {
    const result = await push('');
    expect(result.exitCode).toBe(1);
    expect(result.log).toMatch(/certificate signed by unknown authority/);
  });

  it('a file that is not there is told before anything is started', async () => {
    const result = await push('ca = ["certs/gone.pem"]');
    expect(result.exitCode).toBe(1);
    const error = /^::error.*$/m.exec(result.log)?.[0] ?? '';
    expect(error).toContain(`registry."${registry.host}".ca`);
    expect(error).toContain(`(${path.join(job.workspace, 'certs', 'gone.pem')})`);
    expect(result.log).not.toContain('buildkitd v');
  });
});
