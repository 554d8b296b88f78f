/** Whether a push that failed may get through a moment later. */
export type PushFailure =
  | { readonly kind: 'passing'; readonly retryAfterMs: number | undefined }
  /** The registry has said no, or nothing here tells that it has not. */
  | { readonly kind: 'final' };

interface FailedPush {
  /** BuildKit's own words: `failed to push NAME: …`. */
  readonly reason: string;
  /** What the export of the image printed, line by line. */
  readonly output: readonly string[];
}

/**
 * Whether it was the network or a registry in trouble. BuildKit itself has tried each request four times in seven seconds
 * by then, where it was a 5xx, a connection that broke or one that hung (util/resolver/retryhandler); a 429 five times at
 * once (containerd, remotes/docker/resolver.go), a refused connection or a host without address once.
 */
export function classifyPushFailure({ reason, output }: FailedPush): PushFailure {
  const words = /^.*?\bfailed to push \S+: (.*)$/s.exec(reason)?.[1]?.trim();
  if (words === undefined) return { kind: 'final' };
  return isPassing(words, output)
    ? { kind: 'passing', retryAfterMs: findRetryAfter(words) }
    : { kind: 'final' };
}

function isPassing(words: string, output: readonly string[]): boolean {
  const [first = ''] = words.split('\n', 1);
  if (/^errors:$|^[a-z]+: /.test(first) && listCodes(words).length > 0) return isSaidInPassing(words, output);
  const status = findStatus(first);
  return status === undefined
    ? networkFaults.some((pattern) => pattern.test(first))
    : isPassingStatus(status);
}

const codes = /^(unknown|unsupported|unauthorized|denied|unavailable|toomanyrequests): /gm;

/**
 * Where a registry gives its reason as JSON, BuildKit has these words in place of the status (util/errutil), of which
 * containerd knows six codes and calls all others unknown.
 */
function listCodes(words: string): readonly string[] {
  return [...words.matchAll(codes)].flatMap(([, code]) => code ?? []);
}

function isSaidInPassing(words: string, output: readonly string[]): boolean {
  const said = listCodes(words);
  if (said.some((code) => ['denied', 'unauthorized', 'unsupported'].includes(code))) return false;
  if (said.some((code) => code === 'toomanyrequests' || code === 'unavailable')) return true;
  // BuildKit prints what it tries again, with the status: it must be the last of this, in the same words.
  const start = output.findLastIndex((line) => line.startsWith('error: '));
  const [printed = '', ...more] = start === -1 ? [] : output.slice(start);
  const status = findStatus(printed);
  const [theirs = ''] = more;
  return status !== undefined && isPassingStatus(status) && theirs !== '' && words.startsWith(theirs);
}

/** Of a request to the registry, or to its token server. */
function findStatus(line: string): number | undefined {
  const found = /\bunexpected status(?: code)?(?: from [A-Z]+ request to \S+)?: (\d{3})\b/.exec(line);
  return found === null ? undefined : Number(found[1]);
}

/** 501 and 505 stay what they are. */
function isPassingStatus(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** Go's words, which end the sentence: what stands before them (addresses, names) is not theirs. */
const networkFaults = [
  /(?:^|: )(?:unexpected )?EOF$/,
  /: connection (?:reset by peer|refused|timed out)$/,
  /: broken pipe$/,
  /: (?:network is unreachable|no route to host|host is down)$/,
  /: i\/o timeout$/,
  /\bTLS handshake timeout$/,
  /: no such host$/,
  /: (?:server misbehaving|Temporary failure in name resolution)$/,
  /: use of closed network connection$/,
  /\bio: read\/write on closed pipe$/,
  /\bhttp2?: (?:server closed idle connection|client connection lost|timeout awaiting response headers)$/,
  /\bhttp2: server sent GOAWAY and closed the connection\b.*$/,
  /\bstream error: stream ID \d+; (?:INTERNAL_ERROR|REFUSED_STREAM|CANCEL)\b.*$/,
  /\bnet\/http: timeout awaiting response headers$/,
  /\(Client\.Timeout (?:exceeded while awaiting headers|or context cancellation while reading body)\)$/,
];

const unitsMs: Readonly<Record<string, number>> = {
  µs: 0.001,
  us: 0.001,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * BuildKit does not pass on the header; ghcr.io and ECR say it in their words as well: `toomanyrequests: retry-after:
 * 563.2ms, allowed: 44000/minute`. A bare number is seconds.
 */
function findRetryAfter(words: string): number | undefined {
  const found = /\bretry[- ]after:? (\d{1,9}(?:\.\d{1,9})?)(µs|us|ms|s|m|h)?\b/i.exec(words);
  if (found === null) return undefined;
  return Number(found[1]) * (unitsMs[found[2] ?? 's'] ?? 1000);
}
