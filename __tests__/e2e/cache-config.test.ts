import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  type CacheConfig,
  listBlobs,
  parseCacheConfig,
  renderCacheConfig,
} from '../../src/gateway/config/cache-config.ts';
import { isSameCacheConfig, mergeCacheConfigs } from '../../src/gateway/config/cache-config-merge.ts';
import { pruneCacheConfig } from '../../src/gateway/config/cache-config-prune.ts';
import { parseJson } from '../../src/json.ts';
import { writeContext } from '../helpers/build-context.ts';
import { Buildkitd, type SolveResult } from '../helpers/buildkitd.ts';
import { Upstream, version } from '../helpers/upstream.ts';

const scope = 'config';
/** BuildKit's index of refs/heads/main. */
const indexKey = `index-${scope}-1-f921bd05`;

/** Seven steps in three stages; `salt` changes what `tools` holds, and with it the last two of `app`. */
function toStages(salt: string): string {
  return `FROM scratch AS base
COPY rootfs/ /
RUN echo one > /one
FROM base AS tools
RUN echo ${salt} > /tool
FROM base AS app
COPY message /message
RUN cat /one /message > /two
COPY --from=tools /tool /tool
RUN cat /two /tool > /three
`;
}

let context: string;
let upstream: Upstream;
let indexes: number;

beforeEach(async () => {
  context = await mkdtemp(path.join(tmpdir(), 'hotlayer-context-'));
  upstream = await Upstream.start();
  indexes = 0;
});
afterEach(async () => {
  await upstream.close();
  await rm(context, { recursive: true, force: true });
});

/** BuildKit's own client on a fresh daemon, nothing of ours in between but the service. */
async function build(salt: string, uses: readonly ('import' | 'export')[]): Promise<SolveResult> {
  await writeContext(context, { dockerfile: toStages(salt), files: { message: 'hello' } });
  const attributes = `type=gha,url_v2=${upstream.url},version=2,scope=${scope},token=${await upstream.token()}`;
  const args = {
    import: ['--import-cache', attributes, '--output', `type=oci,dest=${path.join(context, 'out.tar')}`],
    export: ['--export-cache', `${attributes},mode=max`],
  };
  const daemon = await Buildkitd.start();
  try {
    return await daemon.build(
      context,
      uses.flatMap((use) => args[use]),
      {},
    );
  } finally {
    await daemon.stop();
    await rm(path.join(context, 'out.tar'), { force: true });
  }
}

async function exportConfig(salt: string): Promise<CacheConfig> {
  expect(await build(salt, ['export'])).toMatchObject({ exitCode: 0, cachedSteps: 0 });
  indexes += 1;
  const { client } = upstream.client(2, await upstream.token());
  const hit = await client.lookup({ key: `${indexKey}#${indexes}`, version });
  if (hit.kind !== 'hit') throw new Error(`No index: ${hit.kind}`);
  const text = await (await fetch(hit.url)).text();
  const config = parseCacheConfig(parseJson(text));
  if (config === undefined) throw new Error('The index of BuildKit cannot be read');
  return config;
}

async function publish(config: CacheConfig): Promise<void> {
  indexes += 1;
  await upstream.put(2, `${indexKey}#${indexes}`, Buffer.from(JSON.stringify(renderCacheConfig(config))));
}

it('BuildKit reads the union of two exports, and has every step of both cached', async () => {
  const red = await exportConfig('red');
  const blue = await exportConfig('blue');
  expect(isSameCacheConfig(red, blue)).toBe(false);
  await publish(mergeCacheConfigs([red, blue]));
  expect(await build('red', ['import'])).toMatchObject({ exitCode: 0, cachedSteps: 7 });
  expect(await build('blue', ['import'])).toMatchObject({ exitCode: 0, cachedSteps: 7 });
});

it('a blob that is gone costs the steps that need it', async () => {
  const config = await exportConfig('red');
  const last = [...config.layers].map(({ blob }) => blob);
  const chainLength = (index: number): number => {
    const parent = config.layers[index]?.parent ?? -1;
    return parent === -1 ? 1 : 1 + chainLength(parent);
  };
  const ofLength = (length: number) => last.filter((_, index) => chainLength(index) === length);
  // base, then tools and app; only app goes on.
  expect([1, 2, 3, 4, 5, 6].map((length) => ofLength(length).length)).toEqual([1, 1, 2, 1, 1, 1]);

  const top = pruneCacheConfig(config, (digest) => !ofLength(6).includes(digest));
  expect(top).toMatchObject({ droppedResults: 1 });
  // What `tools` wrote and what `app` copies from it is one blob.
  expect(listBlobs(top.config).size).toBe(5);
  await publish(top.config);
  expect(await build('red', ['import'])).toMatchObject({ exitCode: 0, cachedSteps: 6 });

  const low = pruneCacheConfig(config, (digest) => !ofLength(2).includes(digest));
  expect(listBlobs(low.config).size).toBe(1);
  await publish(low.config);
  expect(await build('red', ['import'])).toMatchObject({ exitCode: 0, cachedSteps: 1 });
});
