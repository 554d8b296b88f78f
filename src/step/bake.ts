import { toAttestations, toBuilderId } from '../buildkit/solve/attestations.ts';
import { type BakedTarget, toBakeCommand, toImage } from '../buildkit/solve/bake-arguments.ts';
import { type BuildResult, runBuild } from '../buildkit/solve/build.ts';
import { noCache } from '../buildkit/solve/cache-flags.ts';
import { nothingCached } from '../cache/cached-layers.ts';
import * as log from '../log.ts';
import { type BuiltWith, buildWithCache, type WorkRequest } from './attempts.ts';
import { type BakeStep, type PlannedTarget, toBakeRequest } from './bake-step.ts';
import { toMetadataFile } from './build.ts';

/** Builds all targets in one call of buildx, whatever becomes of their caches. */
export async function bakeTargets(step: BakeStep): Promise<BuiltWith> {
  const { inputs, targets } = step;
  return buildWithCache(step, {
    plans: targets.map(({ plan, target }) => ({ ...plan, images: target.tags })),
    outputs: targets.flatMap(({ target }) => target.outputs.map(toImage)),
    settings: inputs.cache,
    pushRetries: inputs.bake.pushRetries,
    isQuestion: inputs.bake.call !== undefined,
    run: (request) => run(step, request),
  });
}

async function run(step: BakeStep, request: WorkRequest): Promise<BuildResult> {
  const { inputs, source, targets } = step;
  const { endpoint, signal, isRepeated, routes } = request;
  const metadataFile = toMetadataFile(step);
  const baked = targets.map(({ target, plan }, index): BakedTarget => {
    const { cache, cachedLayers } = routes[index] ?? { cache: noCache, cachedLayers: nothingCached };
    return { target, cache, cachedLayers, attestations: toDefaults(step, { target, plan }, request) };
  });
  const asked = await toBakeRequest(step, endpoint);
  const { call } = inputs.bake;
  return runBuild({
    buildx: endpoint.buildx,
    command: toBakeCommand(asked, baked, { metadataFile, isRepeated }),
    metadataFile,
    cwd: source.cwd,
    // Of which of the Dockerfiles BuildKit warns is not told.
    dockerfile: undefined,
    annotates: inputs.report.checkAnnotations,
    call,
    log: isRepeated ? { info: log.info, warning: log.info } : log,
    targets: baked.map(({ target, cache }) => ({ name: target.name, words: cache.words })),
    words: {
      exporters: [],
      faults: [...new Set(baked.flatMap(({ cache }) => cache.words.faults))],
    },
    signal,
  });
}

/** As docker/bake-action: what every image says of its making, where neither the inputs nor the definition say. */
function toDefaults(
  { inputs, isPublic, runner, env }: BakeStep,
  { target }: PlannedTarget,
  { endpoint }: WorkRequest,
) {
  const { provenance, call } = inputs.bake;
  const isSaid = provenance !== undefined || target.attests.some(({ type }) => type === 'provenance');
  if (isSaid || target.isLinked || call !== undefined) return [];
  return toAttestations({
    asked: { provenance: undefined, sbom: undefined, attests: [] },
    ...{ outputs: target.outputs, isPublic, builderId: toBuilderId(runner) },
    ...{ version: endpoint.version, environment: env },
  });
}
