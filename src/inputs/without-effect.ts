import { mapInputs } from './definitions.ts';
import { isTrue, pushesImage } from './output-entry.ts';
import { type Idle, isGiven } from './row.ts';
import type { ImageInputs, Inputs } from './types.ts';

/** When inputs have nothing to act on, and why. */
const idleness: Readonly<
  Record<Idle, { readonly holds: (inputs: Inputs) => boolean; readonly why: string }>
> = {
  'nothing-exported': {
    holds: ({ cache }) => cache.readOnly,
    why: 'it is about the export, and "read-only: true" exports nothing',
  },
  'exported-during-build': {
    holds: ({ cache }) => !cache.gateway,
    why: '"gateway: false" exports during the build, so there is nothing to wait for',
  },
  'config-in-file': {
    holds: ({ daemon }) => daemon.buildkitdConfig !== undefined,
    why: '"buildkitd-config" is given, and is taken in its place',
  },
};

/**
 * One sentence for each input that was given and has no effect beside the others. What depends on the event
 * (`pr-export` outside of a pull request, for example) is none of them: the same workflow runs in other events too.
 */
export function listWithoutEffect(inputs: Inputs): readonly string[] {
  const idle = mapInputs(inputs, (row, value) => {
    const found = row.idle.find((kind) => idleness[kind].holds(inputs));
    return found === undefined || !isGiven(row, value) ? [] : [say(row.name, idleness[found].why)];
  });
  return [...idle.flat(), ...listWithoutImage(inputs.image), ...listWithoutPush(inputs.image)];
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
