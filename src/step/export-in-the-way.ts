import { knowsFeature } from '../buildkit/install/version.ts';
import type { BuildResult } from '../buildkit/solve/build.ts';
import type { BuildRoute } from '../cache/backend.ts';
import { isForWantOfSpace } from './build-error.ts';

/** Why the build is to be run again without its export, as a sentence for the log; undefined: that is of no use. Pure. */
export function findExportInTheWay(
  { failure, cacheExport }: Pick<BuildResult, 'failure' | 'cacheExport'>,
  routes: readonly Pick<BuildRoute, 'cache'>[],
  version: string,
): string | undefined {
  if (failure === undefined || routes.every(({ cache }) => cache.export === undefined)) return undefined;
  if (cacheExport.kind === 'failed' && !knowsFeature(version, 'ignoredExportErrors'))
    return `BuildKit ${version} fails with its cache export: the build is run again without it.`;
  // The layers of the cache lie beside those of the image on the same disk. A step that itself ran out of space fails
  // again without them.
  const isStep = failure.kind === 'dockerfile' || failure.kind === 'daemon';
  return !isStep && isForWantOfSpace(failure)
    ? 'No space was left for the build and its cache: the build is run again without exporting it.'
    : undefined;
}
