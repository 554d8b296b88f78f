import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { ToolError, toMessage } from '../../errors.ts';
import { type JsonRecord, parseJson } from '../../json.ts';
import { parseAs } from '../../schema.ts';
import { type GatewayReport, parseReport } from '../report/report.ts';
import type { ScopeDescription } from '../report/scope-description.ts';
import { type ExportClaim, type ExportVerdict, parseVerdict, renderClaim } from '../store/export-claim.ts';
import { controlPath } from './control.ts';
import {
  type ControlAction,
  isProof,
  nonceHeader,
  proofHeader,
  signAnswer,
  signRequest,
} from './handshake.ts';
import { challengeAnswer, describeAnswer, type JoinMessage } from './messages.ts';

/** The gateway of the job and what proves that we belong to it. */
interface GatewayAddress {
  readonly url: string;
  /** The runtime token: never sent, only used to sign. */
  readonly token: string;
}

interface ControlTimeout {
  /** For the whole exchange; 10 s by default. */
  readonly timeoutMs?: number;
}

/** Adds the plan of a further step, and what it offers its BuildKit. Throws ToolError `gateway-control`, and `gateway-token` where it knows another token. */
export async function joinGateway(
  address: GatewayAddress,
  step: JoinMessage,
  { timeoutMs = 10_000 }: ControlTimeout = {},
): Promise<void> {
  await call(address, 'join', { ...step }, timeoutMs);
}

/**
 * Tells that a build has ended, and which index is its own: that one goes to the cache service, every other of its
 * cache scope is dropped. Throws ToolError `gateway-control`.
 */
export async function confirmExport(
  address: GatewayAddress,
  claim: ExportClaim,
  { timeoutMs = 10_000 }: ControlTimeout = {},
): Promise<ExportVerdict> {
  const verdict = parseVerdict(await call(address, 'confirm', renderClaim(claim), timeoutMs));
  if (verdict !== undefined) return verdict;
  throw new ToolError('gateway-control', 'the gateway answered with something else than a verdict');
}

/** What the gateway did so far. Throws ToolError `gateway-control`. */
export async function fetchGatewayReport(
  address: GatewayAddress,
  { timeoutMs = 10_000 }: ControlTimeout = {},
): Promise<GatewayReport> {
  return toReport(await call(address, 'report', {}, timeoutMs));
}

/**
 * What those cache scopes hold, once they are loaded; in their order, and without those of no plan. Throws ToolError
 * `gateway-control`, also when they are not loaded in time (2 min by default: a service that is down takes one).
 */
export async function describeScopes(
  address: GatewayAddress,
  cacheScopes: readonly string[],
  { timeoutMs = 120_000 }: ControlTimeout = {},
): Promise<readonly ScopeDescription[]> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const leftMs = Math.max(1, Math.round(deadline - performance.now()));
    const answer = parseAs(describeAnswer, await call(address, 'describe', { scopes: cacheScopes }, leftMs));
    if (answer === undefined)
      throw new ToolError('gateway-control', 'the gateway answered with something else than descriptions');
    // It answers before it is done, so that no connection is held for long.
    if (answer.loaded) return answer.scopes;
  }
}

/**
 * Waits until all exports are on the service or have failed, for `waitMs` at most. `onProgress` hears the report every
 * few seconds. Throws ToolError `gateway-control`.
 */
export async function drainGateway(
  address: GatewayAddress,
  options: ControlTimeout & {
    readonly waitMs: number;
    readonly onProgress?: (report: GatewayReport) => void;
    /** Ends the wait. */
    readonly signal?: AbortSignal;
  },
): Promise<GatewayReport> {
  const { waitMs, timeoutMs = 10_000, onProgress, signal } = options;
  const deadline = performance.now() + waitMs;
  for (;;) {
    const leftMs = Math.round(Math.max(0, Math.min(progressMs, deadline - performance.now())));
    const message = { waitMs: leftMs };
    const report = toReport(await call(address, 'drain', message, leftMs + timeoutMs));
    if (report.pending === 0 || performance.now() >= deadline || signal?.aborted === true) return report;
    onProgress?.(report);
  }
}

/** How often it is told that uploads go on. */
const progressMs = 5000;

/**
 * Ends the gateway at once; an export that is still on its way is given up. Answers what it did. Throws ToolError
 * `gateway-control` when it is gone or does not answer.
 */
export async function stopGateway(
  address: GatewayAddress,
  { timeoutMs = 10_000 }: ControlTimeout = {},
): Promise<GatewayReport> {
  return toReport(await call(address, 'stop', {}, timeoutMs));
}

/** Who listens there does not take our proof. */
class OtherTokenError extends Error {}

async function call(
  address: GatewayAddress,
  action: ControlAction,
  message: JsonRecord,
  timeoutMs: number,
): Promise<unknown> {
  const { url, token } = address;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const challenge = await post(`${url}${controlPath}challenge`, '', {}, signal);
    const nonce = parseAs(challengeAnswer, parseJson(challenge.text))?.nonce;
    if (nonce === undefined) throw new Error(`no challenge, but ${challenge.status}`);
    const body = JSON.stringify(message);
    const headers = { [nonceHeader]: nonce, [proofHeader]: signRequest(token, action, nonce, body) };
    const answer = await post(`${url}${controlPath}${action}`, body, headers, signal);
    // Without its proof the answer may be of anyone who took the port when the gateway was gone.
    if (answer.status === 401) throw new OtherTokenError('401, it knows another runtime token');
    if (!isProof(answer.proof, signAnswer(token, nonce, answer.status, answer.text))) {
      throw new Error(`${answer.status}, and no proof that it comes from the gateway of this job`);
    }
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    return parseJson(answer.text);
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? ` (${toMessage(error.cause)})` : '';
    throw new ToolError(
      error instanceof OtherTokenError ? 'gateway-token' : 'gateway-control',
      `the gateway at ${url} did not answer to ${action}: ${toMessage(error)}${cause}`,
      { cause: error },
    );
  }
}

/**
 * Our own. HTTP_PROXY alone does nothing to node; but with NODE_USE_ENV_PROXY or `--use-env-proxy`, which a user may set,
 * what goes by the global agent or by `fetch` takes that proxy, to loopback as well unless NO_PROXY names it.
 */
const loopbackAgent = new http.Agent({ keepAlive: false });

async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly text: string; readonly proof: string }> {
  const request = http.request(url, {
    method: 'POST',
    agent: loopbackAgent,
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    signal,
  });
  request.end(body);
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (response === undefined) throw new Error('no response');
  const given = response.headers[proofHeader];
  return {
    status: response.statusCode ?? 0,
    text: await text(response),
    proof: typeof given === 'string' ? given : '',
  };
}

function toReport(value: unknown): GatewayReport {
  const report = parseReport(value);
  if (!report)
    throw new ToolError('gateway-control', 'the gateway answered with something else than a report');
  return report;
}
