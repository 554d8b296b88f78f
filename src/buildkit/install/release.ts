import type { Readable } from 'node:stream';
import { HttpClient } from '@actions/http-client';
import { InputError, ToolError, toMessage } from '../../errors.ts';
import { isRecord, parseJson, readField, readString } from '../../json.ts';
import type { ProductFacts } from './product.ts';

export interface ReleaseHosts {
  /** GitHub's API, without a slash at the end. The token is sent there and nowhere else. */
  readonly apiUrl: string;
  /** Where releases lie when the API cannot be asked, without a slash at the end. */
  readonly downloadUrl: string;
}

export const publicReleaseHosts: ReleaseHosts = {
  apiUrl: 'https://api.github.com',
  downloadUrl: 'https://github.com',
};

/** What GitHub says of a release's file for one platform. `sha256` is lower-case hex; undefined: none is published. */
export type ReleaseAnswer =
  | { readonly kind: 'asset'; readonly url: string; readonly sha256: string | undefined }
  | { readonly kind: 'no-release' }
  | { readonly kind: 'no-archive'; readonly available: readonly string[] }
  | { readonly kind: 'unreachable'; readonly reason: string };

const answerTimeoutMs = 20_000;
const idleTimeoutMs = 60_000;

/** Asks GitHub for a product's file of a version (`v0.33.1`) and platform (`linux-amd64`). Never throws. */
export async function fetchRelease(
  product: Pick<ProductFacts, 'repository' | 'checksums' | 'toAsset'>,
  version: string,
  platform: string,
  hosts: ReleaseHosts,
  githubToken: string | undefined,
): Promise<ReleaseAnswer> {
  const name = product.toAsset(version, platform);
  const answer = await askForAsset(product.repository, version, name, hosts, githubToken);
  const isSilent = answer.kind === 'asset' && answer.sha256 === undefined;
  if (product.checksums === undefined || (answer.kind !== 'unreachable' && !isSilent)) return answer;
  // The API has its limits, which the files of a release do not have: they say what is right, too.
  const url = toDownloadUrl(product.repository, version, name, hosts);
  const list = toDownloadUrl(product.repository, version, product.checksums, hosts);
  const sha256 = parseChecksums(await readList(list), name);
  return sha256 === undefined ? answer : { url, ...answer, kind: 'asset', sha256 };
}

export function toDownloadUrl(
  repository: string,
  version: string,
  name: string,
  { downloadUrl }: ReleaseHosts,
): string {
  return `${downloadUrl}/${repository}/releases/download/${version}/${name}`;
}

async function askForAsset(
  repository: string,
  version: string,
  name: string,
  { apiUrl }: ReleaseHosts,
  githubToken: string | undefined,
): Promise<ReleaseAnswer> {
  const url = `${apiUrl}/repos/${repository}/releases/tags/${version}`;
  try {
    let answer = await askApi(url, githubToken);
    // The release is public: a token that is not accepted, or has used up its calls, is no reason not to see it.
    if (githubToken !== undefined && refusals.includes(answer.status)) answer = await askApi(url, undefined);
    if (answer.status === 404) return { kind: 'no-release' };
    if (answer.status !== 200) return { kind: 'unreachable', reason: `${url} answered ${answer.status}` };
    return parseRelease(parseJson(answer.body), name, url);
  } catch (error) {
    return { kind: 'unreachable', reason: `${url}: ${toMessage(error)}` };
  }
}

/** 429 and 403 are what GitHub says at its rate limits, too. */
const refusals: readonly number[] = [401, 403, 429];
const redirects: readonly number[] = [301, 302, 303, 307, 308];
const maxRedirects = 5;

/** Follows redirects itself: the client would hand the token to another port of the same host. */
async function askApi(
  url: string,
  githubToken: string | undefined,
): Promise<{ readonly status: number; readonly body: string }> {
  const client = openClient(answerTimeoutMs, { allowRedirects: false });
  try {
    let token = githubToken;
    for (let place = url, count = 0; ; count++) {
      const response = await client.get(place, {
        Accept: 'application/vnd.github+json',
        'X-GitHub-Api-Version': '2022-11-28',
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      });
      const status = response.message.statusCode ?? 0;
      const body = await response.readBody();
      const { location } = response.message.headers;
      if (location === undefined || !redirects.includes(status)) return { status, body };
      const next = new URL(location, place);
      if (count >= maxRedirects) throw new Error(`more than ${maxRedirects} redirects`);
      const { origin, protocol } = new URL(place);
      if (protocol === 'https:' && next.protocol !== protocol)
        throw new Error(`redirect to ${next.protocol}`);
      if (next.origin !== origin) token = undefined;
      place = next.href;
    }
  } finally {
    client.dispose();
  }
}

/** The text of a small file of a release; '' when it cannot be had, since the API's answer says why there is no release. */
async function readList(url: string): Promise<string> {
  const client = openClient(answerTimeoutMs);
  try {
    const response = await client.get(url);
    if (response.message.statusCode === 200) return await response.readBody();
    response.message.resume();
    return '';
  } catch {
    // The answer of the API is told in its place.
    return '';
  } finally {
    client.dispose();
  }
}

/** Finds a file in the API's answer; `url` is only for the message. */
export function parseRelease(answer: unknown, name: string, url: string): ReleaseAnswer {
  const assets = readField(answer, 'assets');
  if (!Array.isArray(assets)) return { kind: 'unreachable', reason: `${url} answered no list of assets` };
  const found = assets.find((asset) => readString(asset, 'name') === name);
  const download = readString(found, 'browser_download_url');
  if (!isRecord(found) || download === undefined) {
    const available = assets.flatMap((asset) => readString(asset, 'name') ?? []);
    return { kind: 'no-archive', available };
  }
  return { kind: 'asset', url: download, sha256: parseDigest(readString(found, 'digest')) };
}

/** `sha256:<64 hex>` as GitHub publishes it since June 2025; anything else is no digest. */
export function parseDigest(digest: string | undefined): string | undefined {
  const match = /^sha256:([0-9a-f]{64})$/i.exec(digest ?? '');
  return match?.[1]?.toLowerCase();
}

/** The checksum of a file in what `sha256sum` printed. Two that differ are none. */
export function parseChecksums(text: string, name: string): string | undefined {
  const sums = text.split('\n').flatMap((line) => {
    const match = /^([0-9a-f]{64}) [ *](.+?)\r?$/i.exec(line);
    return match?.[1] !== undefined && match[2] === name ? [match[1].toLowerCase()] : [];
  });
  return new Set(sums).size === 1 ? sums[0] : undefined;
}

/**
 * The checksum an archive must have. Throws ToolError `checksum-mismatch` when the input with it and GitHub's
 * digest differ, InputError when there is neither: a program that nothing vouches for is not run.
 */
export function decideChecksum(
  id: ProductFacts['id'],
  archive: string,
  published: string | undefined,
  given: string | undefined,
): string {
  const input = `${id}-sha256`;
  if (given !== undefined && published !== undefined && given !== published) {
    throw new ToolError(
      'checksum-mismatch',
      `${archive}: the input "${input}" expects SHA-256 ${given}, but GitHub publishes ${published} for it. Correct the input, or find out why they differ.`,
    );
  }
  const expected = given ?? published;
  if (expected === undefined) {
    throw new InputError(
      input,
      `input "${input}": GitHub publishes no digest of ${archive} (it is an old release); give its SHA-256 in this input, or choose a newer "${id}-version"`,
    );
  }
  return expected;
}

/** Throws ToolError `checksum-mismatch` unless the bytes hash to what is expected. */
export function checkArchive(name: string, what: string, expected: string, actual: string): void {
  if (actual === expected) return;
  throw new ToolError(
    'checksum-mismatch',
    `${what} has SHA-256 ${actual}, expected ${expected}: it is not the archive that ${name}'s maintainers released, and is not used.`,
  );
}

/** The body of a file of a release, as often as its connection breaks off up to three times; a string says why not. */
export async function download<T extends object>(
  url: string,
  receive: (body: Readable) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | string> {
  let reason = '';
  for (let attempt = 1; attempt <= 3; attempt++) {
    const client = openClient(idleTimeoutMs);
    try {
      const { message } = await client.get(url, { Accept: 'application/octet-stream' });
      const status = message.statusCode ?? 0;
      if (status === 200) return await receive(message);
      message.resume();
      return `${url}: answered ${status}`;
    } catch (error) {
      signal?.throwIfAborted();
      reason = toMessage(error);
    } finally {
      client.dispose();
    }
  }
  return `${url}: ${reason}`;
}

/** Knows the runner's proxies, and tries 502, 503 and 504 again. */
function openClient(socketTimeout: number, { allowRedirects = true } = {}): HttpClient {
  return new HttpClient('hotlayer', [], { socketTimeout, allowRedirects, allowRetries: true, maxRetries: 2 });
}
