import { randomBytes } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { toMessage } from '../errors.ts';
import { type AzurePlaces, allowsAzure } from './azure-access.ts';
import { isSignedWith, type SignedRequest, signRequest } from './azure-signature.ts';

export interface AzureAccount {
  /** `https://ACCOUNT.blob.core.windows.net`, or that of an emulator. */
  readonly url: string;
  readonly name: string;
  /** In base64. */
  readonly key: string;
}

export interface AzureDoor {
  /** In place of the account's. */
  readonly url: string;
  /** Opens this door, and nothing else. */
  readonly stub: string;
}

/** Of this hop, or made anew. */
const dropped: ReadonlySet<string> = new Set([
  'host',
  'authorization',
  'connection',
  'keep-alive',
  'proxy-connection',
]);

/**
 * A door to an account on loopback: BuildKit takes the key of an account from the argument list alone, which every user of
 * the machine can read, so it gets a stub. What is signed with the stub and allowed by the plan is signed with the key and
 * passed on. It ends with this process.
 */
export async function openAzureDoor(account: AzureAccount, places: AzurePlaces): Promise<AzureDoor> {
  const stub = randomBytes(32).toString('base64');
  const upstream = new URL(account.url);
  const server = http.createServer((request, response) => {
    const signed = toSigned(request);
    const isOwn =
      isSignedWith(signed, account.name, stub) && request.headers['x-ms-copy-source'] === undefined;
    if (!isOwn || !allowsAzure(signed.method, signed.target, places)) {
      request.resume();
      response.writeHead(403, { 'x-ms-error-code': 'AuthorizationFailure' }).end();
      return;
    }
    pass(request, response, signed, { account, upstream });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // What is left of a build does not keep the step alive.
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the door has no port');
  return { url: `http://127.0.0.1:${address.port}${places.base}`, stub };
}

const patienceMs = 10_000;

/** Whether the account lets us in, before BuildKit asks: its client tries again for a minute. undefined: it does. */
export async function findAzureObstacle(
  account: AzureAccount,
  { base, container }: AzurePlaces,
): Promise<string | undefined> {
  const target = `${base}/${container}?restype=container`;
  const headers = { 'x-ms-version': '2021-12-02', 'x-ms-date': new Date().toUTCString() };
  const signed = { method: 'GET', target, headers };
  const authorization = signRequest(signed, account.name, account.key);
  const upstream = new URL(account.url);
  const { request } = upstream.protocol === 'https:' ? https : http;
  return new Promise((resolve) => {
    const options = {
      headers: { ...headers, authorization },
      signal: AbortSignal.timeout(patienceMs),
    };
    const asked = request(new URL(target, upstream.origin), options, (answer) => {
      answer.resume();
      const { statusCode = 0 } = answer;
      const code = answer.headers['x-ms-error-code'];
      const isFine = statusCode === 200 || (statusCode === 404 && code === 'ContainerNotFound');
      resolve(isFine ? undefined : `status ${statusCode}${code === undefined ? '' : `, ${String(code)}`}`);
    });
    asked.on('error', (error) => resolve(toMessage(error)));
    asked.end();
  });
}

function pass(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  signed: SignedRequest,
  { account, upstream }: { readonly account: AzureAccount; readonly upstream: URL },
): void {
  const kept = Object.entries(request.headers).filter(([name]) => !dropped.has(name));
  const headers = {
    ...Object.fromEntries(kept),
    authorization: signRequest(signed, account.name, account.key),
  };
  const { request: send } = upstream.protocol === 'https:' ? https : http;
  const passed = send(
    new URL(signed.target, upstream.origin),
    { method: signed.method, headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    },
  );
  // A status that Azure's SDK does not try again for a minute: the build is to go on without a cache.
  passed.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(424, { 'x-ms-error-code': 'AccountOutOfReach' }).end();
  });
  request.on('error', () => passed.destroy());
  request.pipe(passed);
}

function toSigned({ method = '', url = '', headers }: http.IncomingMessage): SignedRequest {
  return { method, target: url, headers };
}
