import { InputError, quote } from '../errors.ts';
import { checkTag, isNameOnly } from '../inputs/image-reference.ts';

export interface ImageReferences {
  /** Without tag, each once: what is pushed by digest. */
  readonly names: readonly string[];
  /** With tag, each once. */
  readonly references: readonly string[];
}

/**
 * `images` are names (`ghcr.io/acme/app`), in lower case whatever the owner of a repository is called. A tag is a word for each of them (`1.2`), or a whole reference
 * (`ghcr.io/acme/app:1.2`), as docker/metadata-action gives it. Throws InputError.
 */
export function toReferences(given: readonly string[], tags: readonly string[]): ImageReferences {
  const images = [...new Set(given.map((image) => image.toLowerCase()))];
  for (const image of images) {
    if (isNameOnly(checkTag('images', image))) continue;
    throw new InputError(
      'images',
      `input "images": ${quote(image)} has a tag; allowed is a name such as ghcr.io/acme/app, and its tags in "tags"`,
    );
  }
  const references = tags.flatMap((tag) => {
    const isWord = images.length > 0 && !/[/:@]/.test(tag);
    return isWord
      ? images.map((image) => checkTag('tags', `${image}:${tag}`))
      : [toTagged(checkTag('tags', tag))];
  });
  return {
    names: [...new Set([...images, ...references.map(toName)])],
    references: [...new Set(references)],
  };
}

/** Without the tag. */
export function toName(reference: string): string {
  return isNameOnly(reference) ? reference : reference.slice(0, reference.lastIndexOf(':'));
}

function toTagged(reference: string): string {
  return isNameOnly(reference) ? `${reference}:latest` : reference;
}
