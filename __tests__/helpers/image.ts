import { execFileSync } from 'node:child_process';
import { isRecord, parseJson, readField, readString } from '../../src/json.ts';

export interface ImageLayer {
  readonly mediaType: string;
  readonly digest: string;
  /** What its first bytes are. */
  readonly bytes: 'gzip' | 'zstd' | 'other';
}

export interface Image {
  /** Of the manifest. */
  readonly digest: string;
  readonly layers: readonly ImageLayer[];
  /** Kinds of statements on it, for example `https://slsa.dev/provenance/v0.2`: what they say is another thing each time. */
  readonly attestations: readonly string[];
}

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Where the parts of an image are, by digest. */
interface Place {
  readManifest(reference: string): Promise<{ readonly digest: string; readonly manifest: unknown }>;
  readBlob(digest: string): Promise<Buffer>;
}

/** An image in a registry. */
export async function readPushedImage(host: string, repository: string, tag: string): Promise<Image> {
  const url = `http://${host}/v2/${repository}`;
  const place: Place = {
    readManifest: async (reference) => {
      const response = await fetch(`${url}/manifests/${reference}`, { headers: { accept: manifestTypes } });
      return {
        digest: response.headers.get('docker-content-digest') ?? '',
        manifest: await response.json(),
      };
    },
    readBlob: async (digest) => Buffer.from(await (await fetch(`${url}/blobs/${digest}`)).arrayBuffer()),
  };
  return readImage(place, tag);
}

/** The image of a `type=oci` or `type=docker` tar; Docker's has both layouts. */
export async function readTarImage(file: string): Promise<Image> {
  const read = (name: string) => execFileSync('tar', ['-xOf', file, name], { maxBuffer: 256 * 1024 * 1024 });
  const readBlob = async (digest: string) => read(`blobs/${digest.replace(':', '/')}`);
  const [first] = listManifests(parseJson(read('index.json').toString('utf8')));
  const readManifest = async (digest: string) => ({
    digest,
    manifest: parseJson((await readBlob(digest)).toString('utf8')),
  });
  return readImage({ readManifest, readBlob }, readString(first, 'digest') ?? '');
}

/** The image of one platform, with what an index says of it. */
async function readImage(place: Place, reference: string): Promise<Image> {
  const top = await place.readManifest(reference);
  const manifests = listManifests(top.manifest);
  const [image] = manifests.filter((one) => !isAttestation(one));
  const found = image === undefined ? top : await place.readManifest(readString(image, 'digest') ?? '');
  const statements = await Promise.all(
    manifests.filter(isAttestation).map((one) => place.readManifest(readString(one, 'digest') ?? '')),
  );
  return {
    digest: found.digest,
    layers: await Promise.all(
      listLayers(found.manifest).map(async (layer) => ({
        ...layer,
        bytes: toKind(await place.readBlob(layer.digest)),
      })),
    ),
    attestations: statements.flatMap(({ manifest }) => listPredicates(manifest)).toSorted(),
  };
}

function listManifests(index: unknown): readonly unknown[] {
  const manifests = readField(index, 'manifests');
  return Array.isArray(manifests) ? manifests : [];
}

function isAttestation(descriptor: unknown): boolean {
  return readString(descriptor, 'annotations', 'vnd.docker.reference.type') === 'attestation-manifest';
}

function listPredicates(manifest: unknown): readonly string[] {
  const layers = readField(manifest, 'layers');
  return (Array.isArray(layers) ? layers : []).map(
    (layer: unknown) => readString(layer, 'annotations', 'in-toto.io/predicate-type') ?? '',
  );
}

function listLayers(manifest: unknown): readonly Omit<ImageLayer, 'bytes'>[] {
  const layers = readField(manifest, 'layers');
  if (!Array.isArray(layers)) throw new Error(`not an image manifest: ${JSON.stringify(manifest)}`);
  return layers.filter(isRecord).map((layer) => ({
    mediaType: readString(layer, 'mediaType') ?? '',
    digest: readString(layer, 'digest') ?? '',
  }));
}

function toKind(bytes: Buffer): ImageLayer['bytes'] {
  if (bytes.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) return 'gzip';
  return bytes.subarray(0, 4).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd])) ? 'zstd' : 'other';
}
