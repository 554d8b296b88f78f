import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { HttpClient } from '@actions/http-client';
import { InputError, ToolError, toMessage } from '../../errors.ts';
import { isRecord, parseJson, readField, readString } from '../../json.ts';

export interface ReleaseHosts {
  /** GitHub's API, without a slash at the end. The token is sent there and nowhere else. */
  readonly apiUrl: string;
  /** Where release archives lie when the API cannot be asked, without a slash at the end. */
  readonly downloadUrl: string;
}

export const publicReleaseHosts: ReleaseHosts = {
  apiUrl: 'https://api.github.com',
  downloadUrl: 'https://github.com/moby/buildkit/releases/download',
};

/** What GitHub says of a release's archive for one platform. `sha256` is lower-case hex; undefined: none is published. */
export type ReleaseAnswer =
  | { readonly kind: 'asset'; readonly url: string; readonly sha256: string | undefined }
  | { readonly kind: 'no-release' }
  | { readonly kind: 'no-archive'; readonly available: readonly string[] }
  | { readonly kind: 'unreachable'; readonly reason: string };

const answerTimeoutMs = 20_000;
const idleTimeoutMs = 60_000;

export function toArchiveName(version: string, platform: string): string {
  return `buildkit-${version}.${platform}.tar.gz`;
}

/** Asks GitHub's release API for the archive of a version (`v0.33.1`) and platform (`linux-amd64`). Never throws. */
export async function fetchRelease(
  version: string,
  platform: string,
  { apiUrl }: ReleaseHosts,
  githubToken: string | undefined,
): Promise<ReleaseAnswer> {
  const url = `${apiUrl}/repos/moby/buildkit/releases/tags/${version}`;
  try {
    let answer = await askApi(url, githubToken);
    // The release is public: a token that is not accepted, or has used up its calls, is no reason not to see it.
    if (githubToken !== undefined && refusals.includes(answer.status)) answer = await askApi(url, undefined);
    if (answer.status === 404) return { kind: 'no-release' };
    if (answer.status !== 200) return { kind: 'unreachable', reason: `${url} answered ${answer.status}` };
    return parseRelease(parseJson(answer.body), toArchiveName(version, platform), url);
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

/** Finds an archive in the API's answer; `url` is only for the message. */
export function parseRelease(answer: unknown, archive: string, url: string): ReleaseAnswer {
  const assets = readField(answer, 'assets');
  if (!Array.isArray(assets)) return { kind: 'unreachable', reason: `${url} answered no list of assets` };
  const found = assets.find((asset) => readString(asset, 'name') === archive);
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

/**
 * The checksum an archive must have. Throws ToolError `checksum-mismatch` when the `buildkit-sha256` input and GitHub's
 * digest differ, InputError when there is neither: an archive that nothing vouches for is not run as root.
 */
export function decideChecksum(
  archive: string,
  published: string | undefined,
  given: string | undefined,
): string {
  if (given !== undefined && published !== undefined && given !== published) {
    throw new ToolError(
      'checksum-mismatch',
      `${archive}: the input "buildkit-sha256" expects SHA-256 ${given}, but GitHub publishes ${published} for it. Correct the input, or find out why they differ.`,
    );
  }
  const expected = given ?? published;
  if (expected === undefined) {
    throw new InputError(
      'buildkit-sha256',
      `input "buildkit-sha256": GitHub publishes no digest of ${archive} (it is an old release); give its SHA-256 in this input, or choose a newer "buildkit-version"`,
    );
  }
  return expected;
}

/** Throws ToolError `checksum-mismatch` unless the bytes hash to what is expected. */
export function checkArchive(what: string, expected: string, actual: string): void {
  if (actual === expected) return;
  throw new ToolError(
    'checksum-mismatch',
    `${what} has SHA-256 ${actual}, expected ${expected}: it is not the archive that BuildKit's maintainers released, and is not used.`,
  );
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Why a download did not come; undefined: it is there. */
export async function downloadArchive(url: string, target: string): Promise<string | undefined> {
  let reason = '';
  for (let attempt = 1; attempt <= 3; attempt++) {
    const failure = await downloadOnce(url, target);
    if (failure === undefined) return undefined;
    reason = failure.reason;
    if (!failure.mayPass) break;
  }
  return `${url}: ${reason}`;
}

async function downloadOnce(
  url: string,
  target: string,
): Promise<{ reason: string; mayPass: boolean } | undefined> {
  const client = openClient(idleTimeoutMs);
  try {
    const { message } = await client.get(url, { Accept: 'application/octet-stream' });
    const status = message.statusCode ?? 0;
    if (status !== 200) {
      message.resume();
      return { reason: `answered ${status}`, mayPass: false };
    }
    // A connection that breaks off makes the pipeline fail, as does a body shorter than its Content-Length.
    await pipeline(message, createWriteStream(target));
    return undefined;
  } catch (error) {
    return { reason: toMessage(error), mayPass: true };
  } finally {
    client.dispose();
  }
}

/** Knows the runner's proxies, and tries 502, 503 and 504 again. */
function openClient(socketTimeout: number, { allowRedirects = true } = {}): HttpClient {
  return new HttpClient('hotlayer', [], { socketTimeout, allowRedirects, allowRetries: true, maxRetries: 2 });
}
