import { rm } from 'node:fs/promises';
import path from 'node:path';
import { toMessage } from '../../errors.ts';
import { unpackArchive } from './archive.ts';
import { restoreArchive, toArchiveFile, type WantedArchive } from './cache.ts';
import { keep } from './keep.ts';
import { type Installation, type LinkResult, toStore, warn } from './options.ts';
import type { ReleaseAnswer } from './release.ts';

/**
 * BuildKit from the Actions cache. Whoever may write there could have put anything, and it would run as root: so what a
 * release can vouch for must be that release, and only where none can be asked the digest in the key has to do. A wrong
 * entry is a miss with one warning.
 */
export async function restoreFromActionsCache(installation: Installation): Promise<LinkResult> {
  const { options } = installation;
  const store = toStore(options);
  if (store === undefined || store.use === 'none') return 'the Actions cache (not available)';
  const wanted = listWanted(options.sha256, await installation.release());
  const restored = await restoreArchive(wanted, store);
  switch (restored.kind) {
    case 'miss':
      return 'the Actions cache (not there)';
    case 'wrong':
      return refuse(installation, restored.key, restored.reason, restored.isTold);
    case 'hit':
      break;
    default:
      return restored satisfies never;
  }
  const { key } = restored;
  const archive = toArchiveFile(options.tempDirectory);
  try {
    const directory = await unpackArchive(archive, options.tempDirectory, options.env);
    // What nobody but the cache vouches for stays out of the tool cache, which runs without that cache use as well.
    const isVouchedFor = wanted.some(({ sha256 }) => sha256 !== undefined);
    const { toolCacheDirectory, ...others } = options;
    const found = await keep(
      { ...others, toolCacheDirectory: isVouchedFor ? toolCacheDirectory : undefined },
      directory,
    );
    if (typeof found === 'string') return refuse(installation, key, found);
    if (!isVouchedFor)
      options.log(`  ${key} is what its key says; GitHub could not be asked whether that is the release`);
    return { ...found, source: 'actions-cache' };
  } catch (error) {
    return refuse(installation, key, toMessage(error));
  } finally {
    await rm(path.dirname(archive), { recursive: true, force: true });
  }
}

/** What will do, by what GitHub says of the release. Nothing where the links after this one have to tell the user something. */
export function listWanted(given: string | undefined, answer: ReleaseAnswer): readonly WantedArchive[] {
  const published = answer.kind === 'asset' ? answer.sha256 : undefined;
  // A contradiction is told where the archive is downloaded.
  if (given !== undefined && published !== undefined && given !== published) return [];
  const sha256 = given ?? published;
  if (sha256 !== undefined) return [{ kind: 'release', sha256 }];
  switch (answer.kind) {
    case 'unreachable':
      return [
        { kind: 'release', sha256 },
        { kind: 'go', sha256 },
      ];
    case 'no-archive':
      return [{ kind: 'go', sha256 }];
    case 'asset':
    case 'no-release':
      return [];
    default:
      return answer satisfies never;
  }
}

function refuse(installation: Installation, key: string, reason: string, isTold = false): string {
  installation.wrongKey = key;
  const { options } = installation;
  const sentence = `The entry ${key} of the Actions cache is not used: ${reason}. BuildKit is fetched as if it were not there.`;
  if (isTold) options.log(sentence);
  else warn(options, sentence);
  return `the Actions cache (${reason})`;
}
