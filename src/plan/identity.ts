import path from 'node:path';
import { parseGitUrl } from '../git/git-url.ts';
import { toRepositoryName } from '../git/repository-name.ts';
import { toImageName } from '../inputs/image-reference.ts';
import type { CacheInputs, Inputs } from '../inputs/types.ts';
import type { BuildContext } from '../inputs/values.ts';
import type { BuildIdentity, PolicyInputs } from '../policy/types.ts';
import { type BuildPlaces, toBuildPlaces, toPlaceName } from './build-places.ts';
import { toVariant } from './variant.ts';

/** What a plan is made of. */
export type PlanInputs = Pick<Inputs, 'build' | 'image' | 'cache'>;

/**
 * What of the inputs makes two builds different graphs.
 *
 * @param places where the build's parts lie on this machine; by default the workspace is taken to be `/`, which is right for all that lies in it
 */
export function toIdentity(
  { build, image, cache }: PlanInputs,
  defaultPlatform: string,
  places: BuildPlaces = toBuildPlaces(build, '/', {}),
): BuildIdentity {
  const [firstTag] = image.tags;
  return {
    scope: cache.scope,
    imageName: firstTag === undefined ? undefined : toImageName(firstTag),
    context: toContextIdentity(build.context, places),
    dockerfile:
      build.context.kind === 'git'
        ? toTreePath(build.file ?? 'Dockerfile')
        : toPlaceName(places.dockerfile, places),
    target: build.target,
    platforms: build.platforms,
    defaultPlatform,
    matrix: cache.matrix,
    variant: toVariant(build, places),
  };
}

export function toPolicyInputs(inputs: CacheInputs): PolicyInputs {
  const { prExport, tagExport, readOnly, releaseImport, trustedContext, allowUntrustedExport } = inputs;
  return { prExport, tagExport, readOnly, releaseImport, trustedContext, allowUntrustedExport };
}

/** The platform that a BuildKit daemon on this machine builds for, from Node's `process.arch`. */
export function toDefaultPlatform(arch: string): string {
  switch (arch) {
    case 'x64':
      return 'linux/amd64';
    case 'ia32':
      return 'linux/386';
    case 'arm':
      return 'linux/arm/v7';
    default:
      // arm64, riscv64, s390x, ppc64: Go and Node agree.
      return `linux/${arch}`;
  }
}

/** Without the ref: a URL that ends in `#<commit>` would make the cache scope of every commit new. */
function toContextIdentity(context: BuildContext, places: BuildPlaces): string {
  if (context.kind === 'path') return toPlaceName(places.context, places);
  const { remote, subdirectory } = parseGitUrl(context.url);
  const directory = toTreePath(subdirectory ?? '.');
  return directory === '.' ? toRepositoryName(remote) : `${toRepositoryName(remote)}#:${directory}`;
}

/** A path in a repository, from its top; BuildKit lets none lead out of it. */
function toTreePath(text: string): string {
  return path.posix.relative('/', path.posix.resolve('/', text)) || '.';
}
