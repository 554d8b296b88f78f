import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { InputError, toMessage } from '../../errors.ts';
import { toArchiveFile } from './cache.ts';
import { type Entry, listWanted } from './entry.ts';
import { keep } from './keep.ts';
import type { Installation, LinkResult } from './options.ts';
import { receiveArchive } from './receive.ts';
import { checkArchive, decideChecksum, download, publicReleaseHosts, toDownloadUrl } from './release.ts';
import { compileProduct, packBuilt } from './source.ts';
import { toReleasePlatform } from './version.ts';

/**
 * A product from the Actions cache. Whoever may write there could have put anything, and it would run as root: so what a
 * release can vouch for must be that release, and only where none can be asked the digest in the key has to do. A wrong
 * entry is a miss with one warning.
 */
export async function takeFromEntry<Found>(
  installation: Installation<Found>,
  entry: Entry,
): Promise<LinkResult<Found>> {
  const { product, options, release } = installation;
  if (options.cache === 'none') return 'the Actions cache (not available)';
  const restored = await entry.restore();
  if (restored.kind === 'miss') return 'the Actions cache (not there)';
  if (restored.kind === 'wrong') return `the Actions cache (${restored.reason})`;
  const { key } = restored;
  const held = restored.archives.get(product.id);
  if (held === undefined) return 'the Actions cache (not there)';
  const refuse = (reason: string): string => {
    entry.refuse(key, reason);
    return `the Actions cache (${reason})`;
  };
  try {
    const file = toArchiveFile(options.tempDirectory, product);
    const received = await receiveArchive(createReadStream(file, { highWaterMark: 1024 * 1024 }), {
      product,
      packaging: held.kind === 'go' && product.packaging === 'tar.gz' ? 'tar' : product.packaging,
      parent: options.tempDirectory,
      copy: undefined,
      ...{ env: options.env, signal: options.signal },
    });
    if (received.sha256 !== held.sha256 || received.fault !== undefined) {
      await rm(received.directory, { recursive: true, force: true });
      return refuse(received.fault ?? `its archive has SHA-256 ${received.sha256}`);
    }
    // What nobody but the cache vouches for stays out of the tool cache, which runs without that cache use as well.
    const isVouchedFor = listWanted(options.sha256, await release()).some(
      ({ sha256 }) => sha256 !== undefined,
    );
    const found = await keep(installation, received.directory, isVouchedFor);
    if (typeof found === 'string') return refuse(found);
    if (!isVouchedFor)
      options.log(
        `  ${product.name} of ${key} is what that key says; GitHub could not be asked whether it is the release`,
      );
    return { ...found, source: 'actions-cache' };
  } catch (error) {
    options.signal?.throwIfAborted();
    return refuse(toMessage(error));
  }
}

export async function downloadRelease<Found>(
  installation: Installation<Found>,
  entry: Entry,
): Promise<LinkResult<Found>> {
  const { product, options, release } = installation;
  const platform = toReleasePlatform(process.arch);
  if (platform === undefined) return `the release (none is published for ${process.arch})`;
  const { version, sha256, signal } = options;
  const name = product.toAsset(version, platform);
  const answer = await release();
  let url: string;
  switch (answer.kind) {
    case 'no-release':
      throw new InputError(
        `${product.id}-version`,
        `input "${product.id}-version": ${product.repository} has no release ${version}; allowed is a released version, for example ${product.example}`,
      );
    case 'no-archive':
      return `the release (${version} has no ${name})`;
    case 'unreachable':
      // With a checksum of the user's own the API is not needed to know what is right.
      if (sha256 === undefined) return `the release (${answer.reason})`;
      url = toDownloadUrl(product.repository, version, name, options.hosts ?? publicReleaseHosts);
      break;
    case 'asset':
      url = answer.url;
      break;
    default:
      return answer satisfies never;
  }
  const published = answer.kind === 'asset' ? answer.sha256 : undefined;
  const expected = decideChecksum(product.id, name, published, sha256);
  const copy = await entry.openPlace(installation);
  const received = await download(
    url,
    (body) =>
      receiveArchive(body, {
        ...{ product, packaging: product.packaging, parent: options.tempDirectory, copy },
        ...{ env: options.env, signal, onLastByte: () => installation.arrival.resolve() },
      }),
    signal,
  );
  if (typeof received === 'string') return `the release (${received})`;
  if (received.sha256 !== expected || received.fault !== undefined) {
    await rm(received.directory, { recursive: true, force: true });
    checkArchive(product.name, url, expected, received.sha256);
    return `the release (${received.fault})`;
  }
  const found = await keep(installation, received.directory);
  if (typeof found === 'string') return `the release (${found})`;
  if (copy !== undefined) entry.hold(installation, { kind: 'release', sha256: expected });
  return { ...found, source: 'release' };
}

export async function compile<Found>(
  installation: Installation<Found>,
  entry: Entry,
): Promise<LinkResult<Found>> {
  const { product, options } = installation;
  const { version, tempDirectory, env, log, signal } = options;
  log(`Compiling ${product.name} ${version} from its Go module (${product.source.duration}) …`);
  const built = await compileProduct(product, version, tempDirectory, env, signal);
  if (built.kind === 'failed') return `source (${built.reason})`;
  const copy = await entry.openPlace(installation);
  const sha256 = copy === undefined ? undefined : await packBuilt(product, built.directory, copy, env);
  const found = await keep(installation, built.directory);
  if (typeof found === 'string') return `source (${found})`;
  if (sha256 !== undefined) entry.hold(installation, { kind: 'go', sha256 });
  return { ...found, source: 'go' };
}
