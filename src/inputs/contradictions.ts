import { InputError, quote } from '../errors.ts';
import { checkDaemonContradictions } from './daemon-contradictions.ts';
import { isNameOnly } from './image-reference.ts';
import { isFalse, isTrue, namesImage, pushesImage } from './output-entry.ts';
import type { BuildInputs, CacheInputs, ImageInputs, Inputs } from './types.ts';

/** Throws InputError for inputs that are well-formed one by one but cannot all be meant. */
export function checkContradictions(inputs: Inputs): void {
  const { build, image, cache, daemon } = inputs;
  checkPush(image);
  checkOutputNames(image);
  checkPushByDigest(image);
  checkDuplicateSecrets(build);
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
  checkCompression(cache);
  if (cache.readOnly && cache.prExport === 'always') {
    refuse('pr-export', '"always" asks for an export that "read-only: true" forbids');
  }
  if (cache.readOnly && cache.allowUntrustedExport) {
    refuse('allow-untrusted-export', '"true" asks for an export that "read-only: true" forbids');
  }
}

function checkCompression({ compression, compressionLevel, gateway }: CacheInputs): void {
  // BuildKit's type=gha exports gzip at one level and nothing else (cache/remotecache/gha).
  if (!gateway && compression === 'zstd') {
    refuse('compression', '"zstd" needs the gateway, which "gateway: false" leaves out');
  }
  if (compressionLevel === undefined) return;
  if (compression === 'gzip') {
    refuse('compression-level', 'it is the level of zstd, but "compression" says gzip, which has one level');
  }
  if (!gateway) {
    refuse(
      'compression-level',
      'it is the level of zstd, which needs the gateway that "gateway: false" leaves out',
    );
  }
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

function checkDuplicateSecrets({ secrets }: BuildInputs): void {
  const seen = new Set<string>();
  for (const { id } of secrets) {
    if (seen.has(id))
      throw new InputError('secrets', `input "secrets": id ${quote(id)} is given twice; allowed is once`);
    seen.add(id);
  }
}

function refuse(name: string, why: string): never {
  throw new InputError(name, `input "${name}": ${why}; allowed is one of the two`);
}
