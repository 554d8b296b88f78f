import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import tls from 'node:tls';
import { hasErrorCode, ToolError, toMessage } from '../errors.ts';
import type { DaemonEndpoint } from '../inputs/endpoint.ts';
import { readString } from '../json.ts';
import type { ChildEnvironment } from '../process/command.ts';
import { greetByProgram, toConnection } from './endpoint-connector.ts';
import { readTls, type TlsTexts, tlsVariables } from './endpoint-tls.ts';

export interface Patience {
  /** A daemon that an earlier step has started may not listen yet. */
  readonly refusedMs: number;
  /** From the start of a connection to the first word of the daemon. */
  readonly answerMs: number;
}

const usual: Patience = { refusedMs: 5000, answerMs: 10_000 };
const pauseMs = 200;

/**
 * Throws ToolError `endpoint` where a daemon certainly cannot be reached, with the reason: buildx would try for 20 seconds, and
 * then say that the time is over. What is not certain is left to buildx.
 */
export async function checkReach(
  endpoint: DaemonEndpoint,
  env: ChildEnvironment,
  signal?: AbortSignal,
  patience: Patience = usual,
): Promise<void> {
  const { kind, address } = endpoint;
  if (kind === 'unix') await checkSocket(address);
  const connection = toConnection(endpoint);
  if (connection !== undefined) return checkConnection(connection, { address, env, patience, signal });
  if (kind !== 'tcp') return;
  const texts = readTls(env);
  for (const startMs = performance.now(); ; await delay(pauseMs, undefined, { signal })) {
    const error = await greet(address, texts, patience.answerMs, signal);
    signal?.throwIfAborted();
    if (error === undefined) return;
    const isSoon = performance.now() - startMs < patience.refusedMs;
    if (isSoon && ['ECONNREFUSED', 'ECONNRESET'].some((code) => hasErrorCode(error, code))) continue;
    const reason = explain(error, texts);
    if (reason !== undefined) throw noAnswer(address, reason, error);
    return;
  }
}

async function checkConnection(
  connection: readonly [string, ...string[]],
  asked: {
    readonly address: string;
    readonly env: ChildEnvironment;
    readonly patience: Patience;
    readonly signal: AbortSignal | undefined;
  },
): Promise<void> {
  const { address, env, patience, signal } = asked;
  const { answerMs, refusedMs } = patience;
  for (const startMs = performance.now(); ; await delay(pauseMs, undefined, { signal })) {
    const reason = await greetByProgram(connection, firstWord, { env, answerMs, signal });
    signal?.throwIfAborted();
    if (reason === undefined) return;
    // The way is there, and the daemon at its end may still come.
    const isSoon = performance.now() - startMs < refusedMs;
    if (!isSoon || !/\.sock\b|connection refused/i.test(reason)) throw noAnswer(address, reason);
  }
}

export function noAnswer(address: string, why: string, cause?: unknown): ToolError {
  return new ToolError(
    'endpoint',
    `No BuildKit answers at ${address} (${why}). Check the address, and that the daemon runs and lets this runner in.`,
    cause === undefined ? {} : { cause },
  );
}

async function checkSocket(address: string): Promise<void> {
  try {
    await access(address.replace(/^unix:\/\//, ''), constants.R_OK | constants.W_OK);
  } catch (error) {
    throw noAnswer(address, toMessage(error), error);
  }
}

/** What each side of HTTP/2 says first (RFC 9113, 3.4): its preface, where it is the client, and a frame of settings. */
const firstWord = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from('000000040000000000', 'hex'),
]);
const settingsType = 4;

/**
 * Says HTTP/2's first word, as gRPC does, and waits for the daemon's: in TLS 1.3 a daemon refuses a client only after the
 * handshake. Node's own HTTP/2 does not tell of such a refusal. Answers what went wrong; undefined: nothing.
 */
function greet(
  address: string,
  texts: TlsTexts | undefined,
  answerMs: number,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(address.replace('tcp:', 'http:'));
    const place = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) };
    let socket: net.Socket;
    try {
      socket = texts === undefined ? net.connect(place) : tls.connect({ ...place, ...toTlsOptions(texts) });
    } catch (error) {
      resolve(error);
      return;
    }
    const end = (error: unknown): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      socket.destroy();
      resolve(error);
    };
    const fail = (what: string) => end(new ToolError('endpoint', what));
    const timer = setTimeout(() => fail(`it did not say a word in ${answerMs / 1000} s`), answerMs);
    const cancel = () => end(undefined);
    signal?.addEventListener('abort', cancel, { once: true });
    socket.once(texts === undefined ? 'connect' : 'secureConnect', () => socket.write(firstWord));
    socket.once('data', (bytes) =>
      bytes[3] === settingsType ? end(undefined) : fail('what listens there does not speak HTTP/2'),
    );
    socket.on('error', end);
    socket.once('close', () => fail('it closed the connection'));
  });
}

function toTlsOptions({ cacert, cert, key, servername }: TlsTexts): tls.ConnectionOptions {
  return {
    ...{ ca: cacert, cert, key, ALPNProtocols: ['h2'] },
    // The daemon's authority is trusted itself, as in Go, be it an intermediate one or not.
    allowPartialTrustChain: true,
    ...(servername === undefined || net.isIP(servername) > 0 ? {} : { servername }),
  };
}

/** By the codes of OpenSSL and of Node; undefined: it says nothing for certain of what buildx will meet. */
function explain(error: unknown, texts: TlsTexts | undefined): string | undefined {
  const message = toMessage(error);
  const is = (pattern: RegExp) => pattern.test(readText(error, 'code'));
  if (is(/^(?:ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)$/) || error instanceof ToolError)
    return texts === undefined && error instanceof ToolError ? `${message}; ${wantsTls}` : message;
  if (texts === undefined) return is(/^ECONNRESET$/) ? `${message}; ${wantsTls}` : undefined;
  if (is(/^CERT_HAS_EXPIRED$/)) return 'the certificate of the daemon is over';
  if (is(/^ERR_TLS_CERT_ALTNAME_INVALID$/))
    return `its certificate is for another name: ${message}; ${tlsVariables.servername} takes the name that it has`;
  if (
    is(
      /^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_SIGNATURE_FAILURE)$/,
    )
  )
    return `its certificate is not of the authority in ${tlsVariables.cacert}`;
  if (
    is(/CERTIFICATE_REQUIRED$/) ||
    (texts.cert === undefined && is(/ALERT_(?:BAD_CERTIFICATE|HANDSHAKE_FAILURE)$/))
  )
    return `it wants a certificate of the client: give ${tlsVariables.cert} and ${tlsVariables.key}`;
  if (is(/ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|CERTIFICATE_REVOKED)$/))
    return `it does not take the certificate of ${tlsVariables.cert}: ${readText(error, 'reason')}`;
  if (is(/^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/))
    return 'what listens there does not speak TLS';
  return undefined;
}

const wantsTls = `a daemon with TLS wants ${tlsVariables.cacert}`;

/** What an error of Node or OpenSSL has beside its message. */
function readText(error: unknown, name: 'code' | 'reason'): string {
  return readString(error, name) ?? '';
}
