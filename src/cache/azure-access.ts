import path from 'node:path';

/** Which blobs of a container the builds of a step may ask for. */
export interface AzurePlaces {
  /** Path of the account in its URL: empty, or `/devstoreaccount1` of an emulator. */
  readonly base: string;
  readonly container: string;
  /** As BuildKit joins them (cache/remotecache/azblob/utils.go). */
  readonly blobsPrefix: string;
  readonly manifestsPrefix: string;
  /** Names of caches. */
  readonly imports: readonly string[];
  readonly exports: readonly string[];
}

const nowhere = 'http://azure.invalid';

/** What `Put Blob`, `Put Block` and `Put Block List` have of it. */
const writing: ReadonlySet<string> = new Set(['', 'block', 'blocklist']);

/**
 * Whether a request is one that the plan allows: any layer, since those are found by their digests; of the indexes those
 * that are imported, and to write those that are exported. Pure.
 *
 * @param target path and query of the request
 */
export function allowsAzure(method: string, target: string, places: AzurePlaces): boolean {
  const url = new URL(target, nowhere);
  // An absolute target, `//HOST/…` or `/\\HOST/…` would lead what is signed to another host.
  if (url.origin !== nowhere) return false;
  // Which of two counts is not ours to guess.
  const names = [...url.searchParams.keys()].map((name) => name.toLowerCase());
  if (new Set(names).size < names.length) return false;
  const key = toKey(url.pathname, places);
  if (key === undefined) return false;
  const isRead = method === 'GET' || method === 'HEAD';
  if (key === '') {
    const isContainer = url.searchParams.get('restype') === 'container' && !url.searchParams.has('comp');
    return isContainer && (isRead || (method === 'PUT' && places.exports.length > 0));
  }
  const comp = url.searchParams.get('comp') ?? '';
  if (!isRead && !(method === 'PUT' && writing.has(comp))) return false;
  if (isRead && comp !== '') return false;
  const isBlob =
    path.posix.dirname(key) === places.blobsPrefix && /^sha256:[0-9a-f]{64}$/.test(path.posix.basename(key));
  if (isBlob) return isRead || places.exports.length > 0;
  const isNamed = (names: readonly string[]) =>
    names.some((name) => key === path.posix.join(places.manifestsPrefix, name));
  return isNamed(places.exports) || (isRead && isNamed(places.imports));
}

/** In the container; empty: the container itself; undefined: outside of it. */
function toKey(pathname: string, { base, container }: AzurePlaces): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    // Malformed: it names nothing.
    return undefined;
  }
  const home = `${base}/${container}`;
  if (decoded === home) return '';
  return decoded.startsWith(`${home}/`) ? decoded.slice(home.length + 1) : undefined;
}
