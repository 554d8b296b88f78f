import path from 'node:path';
import { parseGitUrl } from '../git/git-url.ts';
import { toRepositoryName } from '../git/repository-name.ts';
import { toImageName } from '../inputs/image-reference.ts';
import type { BuildInputs, CacheInputs, ImageInputs } from '../inputs/types.ts';
import type { BuildContext } from '../inputs/values.ts';
import type { BuildIdentity, PolicyInputs } from '../policy/types.ts';
import { type BuildPlaces, toBuildPlaces, toPlaceName } from './build-places.ts';
import { toVariant, type VariantInputs } from './variant.ts';

/** What a plan is made of. */
export interface PlanInputs {
  readonly build: Pick<BuildInputs, 'context' | 'file' | 'target' | 'platforms' | 'call' | 'githubToken'> &
    VariantInputs;
  readonly image: Pick<ImageInputs, 'tags'>;
  readonly cache: CacheInputs;
  /** Of a target of a bake; undefined: the build is none. */
  readonly bake?: {
    readonly target: string;
    /** The bake files that were given: absolute paths, or as they are called at a Git URL. */
    readonly files: readonly string[];
  };
}

/**
 * What of the inputs makes two builds different graphs.
 *
 * @param places where the build's parts lie on this machine; by default the workspace is taken to be `/`, which is right for all that lies in it
 */
export function toIdentity(
  { build, image, cache, bake }: PlanInputs,
  defaultPlatform: string,
  places: BuildPlaces = toBuildPlaces(build, '/', {}),
): BuildIdentity {
  const [firstTag] = image.tags;
  return {
    // No name of a target has a slash.
    scope: bake === undefined || cache.scope === undefined ? cache.scope : `${cache.scope}/${bake.target}`,
    imageName: bake?.target ?? (firstTag === undefined ? undefined : toImageName(firstTag)),
    context: toContextIdentity(build.context, places),
    dockerfile:
      build.context.kind === 'git'
        ? toTreePath(build.file ?? 'Dockerfile')
        : toPlaceName(places.dockerfile, places),
    target: build.target,
    platforms: build.platforms,
    defaultPlatform,
    matrix: cache.matrix,
    // Targets may differ in their arguments alone, so each has a cache of its own by its name.
    variant: {
      ...toVariant(build, places),
      ...(bake === undefined
        ? {}
        : { bake: [bake.target, bake.files.map((file) => nameFile(file, places))] }),
    },
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

function nameFile(file: string, places: BuildPlaces): string {
  return path.isAbsolute(file) ? toPlaceName(file, places) : file;
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
