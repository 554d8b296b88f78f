import type { Readable } from 'node:stream';
import type { CacheRequest, CacheResponse } from '../../cache-server/message.ts';
import { type JsonRecord, parseJson } from '../../json.ts';
import { parseAs } from '../../schema.ts';
import type { ScopeDescription } from '../report/scope-description.ts';
import { type ExportClaim, type ExportVerdict, parseClaim, renderVerdict } from '../store/export-claim.ts';
import {
  Challenges,
  type ControlAction,
  isProof,
  nonceHeader,
  proofHeader,
  signAnswer,
  signRequest,
} from './handshake.ts';
import {
  type DescribeAnswer,
  describeMessage,
  drainMessage,
  type JoinMessage,
  joinMessage,
} from './messages.ts';

export const controlPath = '/_hotlayer/';

interface ControlOptions {
  readonly runtimeToken: string;
  readonly now: () => number;
  /** A further step of the job. */
  join(step: JoinMessage): void;
  /** A build has ended, and this is what main knows of its index. */
  confirm(claim: ExportClaim): Promise<ExportVerdict>;
  report(): JsonRecord;
  /** What those cache scopes hold; undefined: they are not loaded after that time. */
  describe(
    cacheScopes: readonly string[],
    timeoutMs: number,
  ): Promise<readonly ScopeDescription[] | undefined>;
  /** Resolves when nothing is on its way to the service, or after that time. */
  drain(timeoutMs: number): Promise<void>;
  /** What is on its way now will not arrive any more. */
  abandon(): void;
  /** Called when the answer to `stop` is on its way. */
  stop(request: CacheRequest): void;
  refused(what: string): void;
}

const maxBodyBytes = 1024 * 1024;
/** An answer comes before any client or proxy loses patience; who waits longer asks again. */
const maxWaitMs = 20_000;

/**
 * The gateway's own API, beside the cache API on one port: a challenge for anyone, the rest for who proves to hold the
 * runtime token. Whoever holds the stub only is refused here.
 */
export function createControlHandler(
  options: ControlOptions,
): (request: CacheRequest) => Promise<CacheResponse> {
  const challenges = new Challenges();
  return async (request) => {
    const name = request.url.pathname.slice(controlPath.length);
    if (request.method !== 'POST') return toResponse(405, { error: 'use POST' });
    if (name === 'challenge') return toResponse(200, { nonce: challenges.issue(options.now()) });
    const action = parseAction(name);
    if (action === undefined) return toResponse(404, { error: 'no such action' });
    const body = await readBody(request.body);
    const nonce = request.headers[nonceHeader] ?? '';
    // The challenge is used up by a wrong proof as well.
    const isFresh = challenges.redeem(nonce, options.now());
    const expected = signRequest(options.runtimeToken, action, nonce, body ?? '');
    const isProven = isProof(request.headers[proofHeader] ?? '', expected);
    if (body === undefined || !isFresh || !isProven) {
      options.refused(`${action} without a proof of the runtime token`);
      return toResponse(401, { error: 'the proof is wrong, or its challenge is used up or too old' });
    }
    const { status, answer } = await act(options, action, parseJson(body), request);
    const proof = signAnswer(options.runtimeToken, nonce, status, JSON.stringify(answer));
    return toResponse(status, answer, { [proofHeader]: proof });
  };
}

async function act(
  options: ControlOptions,
  action: ControlAction,
  message: unknown,
  request: CacheRequest,
): Promise<{ readonly status: number; readonly answer: JsonRecord }> {
  switch (action) {
    case 'join': {
      const step = parseAs(joinMessage, message);
      if (step === undefined) return { status: 400, answer: { error: 'the message is no plan' } };
      options.join(step);
      return { status: 200, answer: { joined: true } };
    }
    case 'confirm': {
      const claim = parseClaim(message);
      if (claim === undefined) return { status: 400, answer: { error: 'the message claims no index' } };
      return { status: 200, answer: renderVerdict(await options.confirm(claim)) };
    }
    case 'report':
      return { status: 200, answer: options.report() };
    case 'describe': {
      const asked = parseAs(describeMessage, message);
      if (asked === undefined) return { status: 400, answer: { error: 'the message names no cache scopes' } };
      const scopes = await options.describe(asked.scopes, maxWaitMs);
      const answer: DescribeAnswer = scopes === undefined ? { loaded: false } : { loaded: true, scopes };
      return { status: 200, answer: { ...answer } };
    }
    case 'drain':
      await options.drain(Math.min(maxWaitMs, parseAs(drainMessage, message)?.waitMs ?? 0));
      return { status: 200, answer: options.report() };
    case 'stop': {
      options.abandon();
      const answer = options.report();
      options.stop(request);
      return { status: 200, answer };
    }
  }
}

function parseAction(name: string): ControlAction | undefined {
  switch (name) {
    case 'join':
    case 'confirm':
    case 'report':
    case 'describe':
    case 'drain':
    case 'stop':
      return name;
    default:
      return undefined;
  }
}

/** undefined when it is too long. */
async function readBody(body: Readable): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes > maxBodyBytes) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function toResponse(
  status: number,
  answer: JsonRecord,
  headers: Readonly<Record<string, string>> = {},
): CacheResponse {
  const body = Buffer.from(JSON.stringify(answer));
  const common = {
    'Content-Type': 'application/json',
    'Content-Length': String(body.length),
    Connection: 'close',
  };
  return { status, headers: { ...common, ...headers }, body };
}
