import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { findClosedPort } from '../helpers/away.ts';
import { toDockerfile, writeContext } from '../helpers/build-context.ts';
import { findBuildx } from '../helpers/buildx.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';

const version = 'v0.37.99';
const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A `go` that has a buildx of that version at hand; answers its directory. */
async function writeGo(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-go-'));
  cleanUps.push(() => rm(directory, { recursive: true, force: true }));
  const program = `#!/bin/sh
[ "$*" = version ] && exec echo "github.com/docker/buildx ${version} 1234"
exec ${await findBuildx()} "$@"
`;
  await writeFile(path.join(directory, 'program'), program, { mode: 0o755 });
  const go = `#!/bin/sh
case "$1" in
mod) echo '{"Dir":"${directory}"}' ;;
build) mkdir -p "$6" && cp ${directory}/program "$6/buildx" ;;
esac
`;
  await writeFile(path.join(directory, 'go'), go, { mode: 0o755 });
  return directory;
}

it.each([
  ['that goes well', toDockerfile('tools'), 0],
  ['that fails', 'FROM scratch\nCOPY rootfs/ /\nRUN false\n', 1],
])(
  'a build %s is not held up by saving buildx for the next runner, which is waited for after it',
  async (_name, dockerfile, exitCode) => {
    // Longer than the build takes.
    const cache = await TestCache.start({
      faults: [{ call: 'create', key: 'hotlayer-tools', delayMs: 4000 }],
    });
    cleanUps.push(() => cache.stop());
    const job = await Job.start({ env: await cache.env(rights.main) });
    cleanUps.push(() => job.remove());
    await writeContext(job.workspace, { dockerfile, files: { message: 'hello' } });
    const main = await job.runMain(
      { scope: 'app', 'buildkit-path': buildkitDirectory(), 'buildx-version': version },
      {
        PATH: [await writeGo(), process.env['PATH'] ?? ''].join(path.delimiter),
        // GitHub is out of reach, wherever this runs.
        https_proxy: `http://127.0.0.1:${await findClosedPort()}`,
        no_proxy: '127.0.0.1',
      },
    );
    expect({ log: main.log, exitCode: main.exitCode }).toEqual({ log: main.log, exitCode });
    expect(main.log).toContain(`buildx ${version} from go`);
    const groups: readonly string[] = main.log.match(/(?<=^::group::).*$/gm) ?? [];
    expect(groups.slice(groups.indexOf('Build')).slice(0, 2)).toEqual([
      'Build',
      'Save the tools for the next runner',
    ]);
    expect(main.log).not.toContain('given up');
    expect(await cache.listKeys()).toContainEqual(expect.stringContaining(`buildx-${version}_go_`));
    await job.runPosts();
    expect(findLeftovers(job.directory)).toEqual([]);
  },
);
