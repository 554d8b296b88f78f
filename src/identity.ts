import { parseGitContext } from './git/git-context.ts';
import { toImageName } from './inputs/image-reference.ts';
import type { Inputs } from './inputs.ts';
import type { BuildIdentity, PolicyInputs } from './policy/types.ts';

/** What of the inputs makes two builds different graphs. */
export function toIdentity(inputs: Inputs, defaultPlatform: string): BuildIdentity {
  const [firstTag] = inputs.tags;
  return {
    scope: inputs.scope,
    imageName: firstTag === undefined ? undefined : toImageName(firstTag),
    context: toContextIdentity(inputs.context),
    dockerfile: inputs.file ?? 'Dockerfile',
    target: inputs.target,
    platforms: inputs.platforms,
    defaultPlatform,
    matrix: inputs.matrix,
  };
}

export function toPolicyInputs(inputs: Inputs): PolicyInputs {
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
function toContextIdentity(context: Inputs['context']): string {
  if (context.kind === 'path') return context.path;
  const { remote, subdirectory } = parseGitContext(context.url);
  return subdirectory === undefined ? remote : `${remote}#:${subdirectory}`;
}
