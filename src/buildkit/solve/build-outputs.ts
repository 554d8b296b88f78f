import path from 'node:path';
import { isLoad, pushesImage } from '../../inputs/output-entry.ts';
import type { ImageInputs } from '../../inputs/types.ts';
import type { BuildOutput } from '../../inputs/values.ts';
import { renderCsv } from './csv-fields.ts';
import { type CachedLayers, decideRemedy } from './output-compression.ts';

const named = new Set(['image', 'oci', 'docker']);

/**
 * The `--output` values. As in buildx, `push` turns the image outputs into pushes, or adds one; `tags` name every image.
 * Tags alone make an image that stays in the daemon, so that its digest is known.
 *
 * @param cached what the imported caches hold; layers made of it get the output's own compression
 */
export function toOutputEntries(
  inputs: ImageInputs,
  workspace: string,
  cached: CachedLayers,
): readonly string[] {
  const outputs = listOutputs(inputs);
  // Said in so many words, or buildx warns of it; what there is to say, our own notices say.
  if (outputs.length === 0) return ['type=cacheonly'];
  return outputs.map((output) =>
    renderEntry(
      decideRemedy(output, cached) === 'force'
        ? { ...output, attrs: { ...output.attrs, 'force-compression': 'true' } }
        : output,
      inputs,
      workspace,
    ),
  );
}

/**
 * What the build really puts out: as the inputs have it, with the image of `push`, `load` and `tags`. Of several results
 * BuildKit answers with the digest of the last one (solver/llbsolver, runExporters), so what is pushed stands last, and
 * what has a manifest in Docker's own form first.
 */
export function listOutputs(inputs: ImageInputs): readonly BuildOutput[] {
  const outputs = addImage(inputs).filter(({ type }) => type !== 'cacheonly');
  const isLoaded = !inputs.load || outputs.some(isLoad);
  const all: readonly BuildOutput[] = isLoaded ? outputs : [...outputs, { type: 'docker', attrs: {} }];
  return all.toSorted((one, other) => toRank(one) - toRank(other));
}

/** The names of the images that the build makes. */
export function listImages({ tags, outputs }: ImageInputs): readonly string[] {
  if (tags.length > 0) return tags;
  return outputs.flatMap(({ type, attrs }) =>
    named.has(type) && attrs['name'] !== undefined ? attrs['name'].split(',') : [],
  );
}

function toRank(output: BuildOutput): number {
  if (output.type === 'docker') return 0;
  return pushesImage(output, false) ? 2 : 1;
}

function addImage({ outputs, push, load, tags }: ImageInputs): readonly BuildOutput[] {
  const image: BuildOutput = { type: 'image', attrs: push ? { push: 'true' } : {} };
  if (outputs.length === 0) return push || (tags.length > 0 && !load) ? [image] : [];
  if (!push) return outputs;
  if (!outputs.some(({ type }) => type === 'image')) return [...outputs, image];
  return outputs.map((output) =>
    output.type === 'image' ? { ...output, attrs: { ...output.attrs, push: 'true' } } : output,
  );
}

function renderEntry(output: BuildOutput, { tags }: ImageInputs, workspace: string): string {
  const { type, attrs } = pushesImage(output, false) ? withoutUnpacking(output) : output;
  const { name, dest, ...others } = attrs;
  const names = tags.length > 0 && named.has(type) ? tags.join(',') : name;
  return renderCsv([
    `type=${type}`,
    ...(names === undefined ? [] : [`name=${names}`]),
    ...(dest === undefined ? [] : [`dest=${path.resolve(workspace, dest)}`]),
    ...Object.entries(others).map(([key, value]) => `${key}=${value}`),
  ]);
}

/** As buildx: what goes to a registry is not unpacked as well, unless somebody asks for it. */
function withoutUnpacking({ type, attrs }: BuildOutput): BuildOutput {
  return { type, attrs: { ...attrs, unpack: attrs['unpack'] ?? 'false' } };
}
