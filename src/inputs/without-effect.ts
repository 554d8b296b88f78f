import { isTrue, pushesImage } from './output-entry.ts';
import { parseDuration } from './single-values.ts';
import type { CacheInputs, ImageInputs, Inputs } from './types.ts';

/** As action.yml declares it: the runner does not tell whether somebody wrote it. */
export const defaultDrainTimeoutMs = parseDuration('drain-timeout', '10m');

/**
 * One sentence for each input that was given and has no effect beside the others. What depends on the event
 * (`pr-export` outside of a pull request, for example) is none of them: the same workflow runs in other events too.
 */
export function listWithoutEffect(inputs: Inputs): readonly string[] {
  return [
    ...listWithoutExport(inputs.cache),
    ...listWithoutGateway(inputs.cache),
    ...listWithoutImage(inputs.image),
    ...listWithoutPush(inputs.image),
  ];
}

function listWithoutExport(inputs: CacheInputs): readonly string[] {
  if (!inputs.readOnly) return [];
  const names = [
    ...(inputs.mode === 'min' ? ['mode'] : []),
    ...(inputs.tagExport ? ['tag-export'] : []),
    ...(inputs.trustedContext ? ['trusted-context'] : []),
    ...(inputs.compressionLevel === undefined ? [] : ['compression-level']),
    ...(inputs.drainTimeoutMs === defaultDrainTimeoutMs ? [] : ['drain-timeout']),
  ];
  return names.map((name) => say(name, 'it is about the export, and "read-only: true" exports nothing'));
}

function listWithoutGateway({ gateway, readOnly, drainTimeoutMs }: CacheInputs): readonly string[] {
  if (gateway || readOnly || drainTimeoutMs === defaultDrainTimeoutMs) return [];
  return [say('drain-timeout', '"gateway: false" exports during the build, so there is nothing to wait for')];
}

function listWithoutImage({ tags, push, outputs }: ImageInputs): readonly string[] {
  const isFilesOnly = outputs.length > 0 && outputs.every(({ type }) => type === 'local' || type === 'tar');
  return isFilesOnly && !push && tags.length > 0
    ? [say('tags', 'all "outputs" are plain files, and only an image has a name')]
    : [];
}

function listWithoutPush({ outputs, push }: ImageInputs): readonly string[] {
  return outputs.some(
    (output) =>
      output.type === 'image' && isTrue(output.attrs['push-by-digest']) && !pushesImage(output, push),
  )
    ? [say('outputs', 'push-by-digest is about a push, and nothing is pushed', 'A part of the input')]
    : [];
}

function say(name: string, why: string, subject = 'The input'): string {
  return `${subject} "${name}" has no effect: ${why}.`;
}
