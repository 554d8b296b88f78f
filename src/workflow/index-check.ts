import { ToolError } from '../errors.ts';
import { isRecord, parseJson, readField, readString } from '../json.ts';
import { listIndexAnnotations } from './annotations.ts';

/** What a registry serves for a reference. */
export interface Served {
  readonly reference: string;
  readonly digest: string;
  readonly text: string;
}

export interface Expected {
  /** What the legs pushed. */
  readonly legs: readonly Served[];
  /** As `imagetools create` took them. */
  readonly annotations: readonly string[];
}

/**
 * The digest of the index, when each tag has the same one, it holds the manifests of all legs and no other, and has its
 * annotations. Throws ToolError that names what is wrong.
 */
export function checkIndex(tags: readonly Served[], { legs, annotations }: Expected): string {
  const [first] = tags;
  if (first === undefined) throw new Error('an index without a tag');
  const other = tags.find(({ digest }) => digest !== first.digest);
  if (other !== undefined) {
    fail(
      `${first.reference} is ${first.digest}, and ${other.reference} is ${other.digest}: another run has pushed to the same tags meanwhile. Give the workflow a concurrency group`,
    );
  }
  const held = listManifests(first);
  const wanted = legs.flatMap(listManifests);
  const missing = wanted.filter((digest) => !held.includes(digest));
  if (missing.length > 0) fail(`${first.reference} lacks ${missing.join(', ')}`);
  const strange = held.filter((digest) => !wanted.includes(digest));
  if (strange.length > 0)
    fail(`${first.reference} has ${strange.join(', ')}, which no job of this run has built`);
  const found = readField(parseJson(first.text), 'annotations');
  const lost = listIndexAnnotations(annotations).filter(
    ([key, value]) => !isRecord(found) || found[key] !== value,
  );
  // The last of equal keys counts; an earlier one is not lost.
  const keys = lost.map(([key]) => key).filter((key) => !isRecord(found) || found[key] === undefined);
  if (keys.length > 0) fail(`${first.reference} has no annotation ${keys.join(', ')}`);
  return first.digest;
}

/** Digests of the manifests of an index; an image without attestations is one itself. */
function listManifests({ text, digest, reference }: Served): readonly string[] {
  const document = parseJson(text);
  if (!isRecord(document)) fail(`${reference} is not a manifest`);
  const { manifests } = document;
  if (!Array.isArray(manifests)) return [digest];
  return manifests.map((manifest: unknown) => readString(manifest, 'digest') ?? '');
}

function fail(what: string): never {
  throw new ToolError('merge-check', `The index was pushed, and is not what it should be: ${what}.`);
}
