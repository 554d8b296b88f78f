import { InputError, quote } from '../errors.ts';
import { checkCache, checkSetupCache } from './cache-contradictions.ts';
import { checkDaemonContradictions } from './daemon-contradictions.ts';
import { isNameOnly } from './image-reference.ts';
import { findIndexFault } from './index-fault.ts';
import { isFalse, isLoad, isTrue, namesImage, pushesImage } from './output-entry.ts';
import type {
  BakeStepInputs,
  BuildInputs,
  CacheInputs,
  ImageInputs,
  Inputs,
  SetupStepInputs,
} from './types.ts';

/** Throws InputError for inputs that are well-formed one by one but cannot all be meant. */
export function checkContradictions(inputs: Inputs): void {
  const { build, image } = inputs;
  checkPush(image);
  checkOutputNames(image);
  checkPushByDigest(image);
  checkCall(build, image);
  checkLoad(inputs);
  checkDuplicateAgents(build);
  if (build.noCache && build.noCacheFilters.length > 0) {
    refuse('no-cache-filters', '"no-cache: true" runs every step, so there is nothing to filter');
  }
  checkShared(inputs);
}

/** The same of a bake, as far as it is known without its definition. */
export function checkBakeContradictions(inputs: BakeStepInputs): void {
  checkCall(inputs.bake, inputs.bake);
  checkShared(inputs);
}

/** The same of what later steps get. */
export function checkSetupContradictions(inputs: SetupStepInputs): void {
  const { setup, daemon } = inputs;
  checkSetupCache(inputs.cache);
  checkShared(inputs);
  if (daemon.endpoint === undefined) return;
  if (setup.keep !== 'false')
    refuse('keep', '"endpoint" names a daemon of somebody else, which this job neither starts nor stops');
  if (daemon.gcKeep !== undefined)
    refuse('gc-keep', '"endpoint" names a daemon of somebody else, whose limits are its own');
}

function checkShared({ cache, daemon }: Pick<Inputs, 'cache' | 'daemon'>): void {
  if (daemon.buildkitPath !== undefined && daemon.buildkitSha256 !== undefined) {
    refuse(
      'buildkit-sha256',
      'it is the checksum of a download, but "buildkit-path" says to download nothing',
    );
  }
  if (daemon.buildxPath !== undefined && daemon.buildxSha256 !== undefined) {
    refuse('buildx-sha256', 'it is the checksum of a download, but "buildx-path" says to download nothing');
  }
  checkDaemonContradictions(daemon);
  checkCache(cache);
  if (daemon.endpoint !== undefined && cache.backend === 'azblob' && hasKey(cache))
    throw new InputError(
      'cache-to-attrs',
      'input "cache-to-attrs": secret_access_key stays in this job, and the daemon of "endpoint" is perhaps elsewhere; allowed is no key, and credentials in the environment of that daemon',
    );
  if (cache.readOnly && cache.cacheTo.length > 0) {
    refuse('cache-to', 'it asks for an export that "read-only: true" forbids');
  }
  if (cache.readOnly && cache.prExport === 'always') {
    refuse('pr-export', '"always" asks for an export that "read-only: true" forbids');
  }
  if (cache.readOnly && cache.allowUntrustedExport) {
    refuse('allow-untrusted-export', '"true" asks for an export that "read-only: true" forbids');
  }
}

function hasKey({ cacheToAttrs, cacheFromAttrs }: CacheInputs): boolean {
  return [cacheToAttrs, cacheFromAttrs].some(({ secrets }) => secrets['secret_access_key'] !== undefined);
}

function checkPush({ push, tags, outputs }: ImageInputs): void {
  if (push) {
    const refused = outputs.find(({ type, attrs }) => type === 'image' && isFalse(attrs['push']));
    if (refused !== undefined) refuse('push', '"true" contradicts push=false in the "outputs" input');
    if (tags.length === 0 && !outputs.some(namesImage)) {
      throw new InputError(
        'push',
        'input "push": "true" needs a name to push to; allowed is "tags", or an entry in "outputs" such as type=image,name=ghcr.io/acme/app',
      );
    }
  }
  for (const { type, attrs } of outputs) {
    if (type === 'image' && isTrue(attrs['push']) && tags.length === 0 && (attrs['name'] ?? '') === '') {
      throw new InputError(
        'outputs',
        'input "outputs": an image that is pushed needs a name; allowed is "tags", or name=… in the same entry',
      );
    }
  }
}

function checkOutputNames({ tags, outputs }: ImageInputs): void {
  if (tags.length === 0) return;
  for (const { type, attrs } of outputs) {
    const name = attrs['name'];
    if (['image', 'oci', 'docker'].includes(type) && name !== undefined && name !== tags.join(',')) {
      refuse(
        'outputs',
        `name=${quote(name)} contradicts "tags", which name the image ${quote(tags.join(','))}`,
      );
    }
  }
}

/** BuildKit says it only when the image is built (util/push): a digest is a name of its own, beside which no tag can stand. */
function checkPushByDigest({ tags, push, outputs }: ImageInputs): void {
  for (const output of outputs) {
    if (!isTrue(output.attrs['push-by-digest']) || !pushesImage(output, push)) continue;
    const names = tags.length > 0 ? tags : (output.attrs['name'] ?? '').split(',');
    const tagged = names.map((name) => name.trim()).find((name) => !isNameOnly(name));
    if (tagged === undefined) continue;
    throw new InputError(
      'outputs',
      `input "outputs": push-by-digest pushes without a tag, but ${tags.length > 0 ? '"tags" has' : 'the entry has name='}${tags.length > 0 ? ' ' : ''}${quote(tagged)}; allowed is the name without tag and digest`,
    );
  }
}

/** A question builds nothing that could be pushed or loaded. */
function checkCall({ call }: Pick<BuildInputs, 'call'>, image: Pick<ImageInputs, 'push' | 'load'>): void {
  if (call === undefined) return;
  const asked = quote(call.text);
  if (image.push)
    refuse('call', `${asked} asks about the build and makes no image, which "push: true" needs`);
  if (image.load)
    refuse('call', `${asked} asks about the build and makes no image, which "load: true" needs`);
}

/** A file in Docker's own format holds one image and no attestations; what an engine can hold is known when it was asked. */
function checkLoad({ build, image }: Inputs): void {
  const isFile = image.outputs.some((output) => output.type === 'docker' && !isLoad(output));
  if (!isFile || build.call !== undefined) return;
  const fault = findIndexFault({ build, image });
  if (fault === undefined) return;
  throw new InputError(
    fault.input,
    `input "${fault.input}": ${fault.what} cannot be in a type=docker archive; allowed is "type=oci" in "outputs" in its place`,
  );
}

function checkDuplicateAgents({ ssh }: BuildInputs): void {
  const seen = new Set<string>();
  for (const entry of ssh) {
    const [id = ''] = entry.split('=', 1);
    if (seen.has(id || 'default')) {
      throw new InputError(
        'ssh',
        `input "ssh": id ${quote(id || 'default')} is given twice; allowed is once, with several keys as ${id || 'default'}=key1,key2 in quotes`,
      );
    }
    seen.add(id || 'default');
  }
}

function refuse(name: string, why: string): never {
  throw new InputError(name, `input "${name}": ${why}; allowed is one of the two`);
}
