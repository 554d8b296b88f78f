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
}

const manifestTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** An image in a registry. */
export async function readPushedImage(host: string, repository: string, tag: string): Promise<Image> {
  const response = await fetch(`http://${host}/v2/${repository}/manifests/${tag}`, {
    headers: { accept: manifestTypes },
  });
  const digest = response.headers.get('docker-content-digest') ?? '';
  const manifest: unknown = await response.json();
  return {
    digest,
    layers: await Promise.all(
      listLayers(manifest).map(async (layer) => {
        const url = `http://${host}/v2/${repository}/blobs/${layer.digest}`;
        const blob = await fetch(url);
        return { ...layer, bytes: toKind(Buffer.from(await blob.arrayBuffer())) };
      }),
    ),
  };
}

/** The image of a `type=oci` or `type=docker` tar; Docker's has both layouts. */
export function readTarImage(file: string): Image {
  const read = (name: string) => execFileSync('tar', ['-xOf', file, name], { maxBuffer: 256 * 1024 * 1024 });
  const toBlob = (digest: string) => read(`blobs/${digest.replace(':', '/')}`);
  const index = parseJson(read('index.json').toString('utf8'));
  const manifests = readField(index, 'manifests');
  const digest = readString(Array.isArray(manifests) ? manifests[0] : undefined, 'digest') ?? '';
  const layers = listLayers(parseJson(toBlob(digest).toString('utf8')));
  return { digest, layers: layers.map((layer) => ({ ...layer, bytes: toKind(toBlob(layer.digest)) })) };
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
