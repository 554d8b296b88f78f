import { buildx } from '../buildkit/install/buildx.ts';
import { installProduct } from '../buildkit/install/install.ts';
import { selectReleaseToken } from '../buildkit/install/release-token.ts';
import { parseList } from '../inputs/list.ts';
import { type InputEnvironment, readRaw, readTextInput } from '../inputs/reader.ts';
import { defaultBuildxVersion, parseVersion } from '../inputs/single-values.ts';
import * as log from '../log.ts';
import { readRunner } from '../step/runner.ts';
import { createIndex, type ImageTools, readServed, toCreateArguments } from './imagetools.ts';
import { checkIndex } from './index-check.ts';
import { collectResults, parseLegs, toWorkflowOutputs } from './leg-result.ts';
import { toName, toReferences } from './references.ts';
import { tellImage, writeWorkflowOutputs } from './tell.ts';

/** Makes one index of what the legs pushed, under all tags, looks at what the registries then serve, and says what to pull. */
export async function merge(env: InputEnvironment, signal: AbortSignal): Promise<void> {
  const listed = (name: string) => parseList(name, readRaw(env, name));
  const results = collectResults(parseLegs(readRaw(env, 'legs') ?? ''), readRaw(env, 'results') ?? '');
  const { names, references } = toReferences([], listed('tags'));
  const annotations = parseList('annotations', readRaw(env, 'annotations'), { ignoreComma: true });
  const digests = results.flatMap(({ digest }) => digest ?? []);
  const tools: ImageTools = { buildx: await installBuildx(env, signal), env, signal };

  for (const name of names) {
    const own = references.filter((reference) => toName(reference) === name);
    const args = toCreateArguments({ name, references: own, digests, annotations });
    await log.group(`Merge ${digests.length} platforms into ${own.join(', ')}`, () =>
      createIndex(tools, args),
    );
  }
  const digest = await log.group('Check what the registries serve', async () => {
    const [name = ''] = names;
    const legs = await Promise.all(digests.map((leg) => readServed(tools, `${name}@${leg}`)));
    const tags = await Promise.all(references.map((reference) => readServed(tools, reference)));
    return checkIndex(tags, { legs, annotations });
  });
  const outputs = toWorkflowOutputs(results, { digest, names, references });
  writeWorkflowOutputs(outputs, env);
  tellImage({ digest, names, references, platforms: results.map(({ platform }) => platform) }, env);
}

async function installBuildx(env: InputEnvironment, signal: AbortSignal): Promise<string> {
  const runner = readRunner(env);
  const version = parseVersion(
    'buildx-version',
    readTextInput(env, 'buildx-version') ?? defaultBuildxVersion,
    defaultBuildxVersion,
  );
  const token = readTextInput(env, 'github-token');
  const { found } = await installProduct(buildx, {
    version,
    exact: version !== defaultBuildxVersion,
    path: undefined,
    sha256: undefined,
    githubToken: selectReleaseToken(token, runner.serverUrl, env),
    tempDirectory: runner.tempDirectory,
    toolCacheDirectory: runner.toolCacheDirectory,
    // This job plans no cache, so it takes nothing from one and saves nothing either.
    cache: 'none',
    env,
    signal,
    log: log.info,
    warn: log.warning,
  });
  log.info(`buildx ${found.version} from ${found.source}`);
  return found.buildx;
}
