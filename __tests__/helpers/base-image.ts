import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { registryUser } from './registry.ts';

/** Of the user of a registry with `login`. */
export const authorization = `Basic ${btoa(`${registryUser.username}:${registryUser.password}`)}`;

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** Pushes an image of one layer, the files of a directory, to a registry with `login`. */
export async function pushBaseImage(
  host: string,
  { repository, tag, files }: { readonly repository: string; readonly tag: string; readonly files: string },
): Promise<void> {
  const tar = ['--create', '--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  const layer = execFileSync('tar', [...tar, '--directory', files, '.'], { maxBuffer: 256 * 1024 * 1024 });
  const config = Buffer.from(
    JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      config: {},
      rootfs: { type: 'layers', diff_ids: [toDigest(layer)] },
    }),
  );
  const url = `http://${host}/v2/${repository}`;
  for (const blob of [layer, config]) {
    const begun = await call(`${url}/blobs/uploads/`, { method: 'POST' });
    const upload = new URL(begun.headers.get('location') ?? '', url);
    upload.searchParams.set('digest', toDigest(blob));
    await call(upload.href, { method: 'PUT', body: new Uint8Array(blob) });
  }
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: describe(config, 'application/vnd.oci.image.config.v1+json'),
    layers: [describe(layer, 'application/vnd.oci.image.layer.v1.tar')],
  };
  await call(`${url}/manifests/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': manifestType },
    body: JSON.stringify(manifest),
  });
}

async function call(url: string, request: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...request, headers: { ...request.headers, authorization } });
  if (!response.ok) throw new Error(`${request.method} ${url}: ${response.status} ${await response.text()}`);
  return response;
}

function describe(bytes: Buffer, mediaType: string): object {
  return { mediaType, digest: toDigest(bytes), size: bytes.length };
}

function toDigest(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
