import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';

/** Of a server or a client on loopback. */
export interface Certificate {
  readonly key: Buffer;
  readonly certificate: Buffer;
}

/** A certificate authority that nobody knows, and a certificate of it for loopback. */
export interface Authority extends Certificate {
  /** File of its own certificate. */
  readonly file: string;
  /** A directory as OpenSSL reads it. */
  readonly directory: string;
  /** Another certificate for loopback, in files of that name. @param days until it is over; negative: it is */
  issue(name: string, validity: { readonly days: number }): Promise<Certificate>;
}

const newKey = ['-newkey', 'rsa:2048', '-nodes'];

/** Leaves `cert.pem`, `key.pem`, `ca.pem` and more in the directory. */
export async function createAuthority(directory: string): Promise<Authority> {
  const toPath = (name: string) => path.join(directory, name);
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', [...args], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
  const [ca, caKey, extensions, hashed] = ['ca.pem', 'ca.key', 'extensions', 'hashed'].map(toPath);
  if (!ca || !caKey || !extensions || !hashed) throw new Error('four names give four paths');
  openssl('req', '-x509', ...newKey, '-keyout', caKey, '-out', ca, '-days', '2', '-subj', '/CN=Test CA');
  await writeFile(extensions, 'subjectAltName=DNS:localhost,IP:127.0.0.1');
  await mkdir(hashed);
  const hash = openssl('x509', '-in', ca, '-noout', '-hash').trim();
  await symlink(ca, path.join(hashed, `${hash}.0`));
  const sign = async (prefix: string, days: number): Promise<Certificate> => {
    const [key, request, certificate] = ['key', 'request', 'cert'].map((name) =>
      toPath(`${prefix}${name}.pem`),
    );
    if (!key || !request || !certificate) throw new Error('three names give three paths');
    openssl('req', ...newKey, '-keyout', key, '-out', request, '-subj', '/CN=localhost');
    const issuer = ['-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-extfile', extensions];
    openssl('x509', '-req', '-in', request, ...issuer, '-out', certificate, '-days', String(days));
    return { key: await readFile(key), certificate: await readFile(certificate) };
  };
  return {
    ...{ file: ca, directory: hashed },
    ...(await sign('', 2)),
    issue: (name, { days }) => sign(`${name}-`, days),
  };
}

export interface TlsFront {
  /** With `localhost`: node has a certificate checked against a name. */
  readonly url: string;
  /** Requests that came through. */
  readonly requests: string[];
  stop(): Promise<void>;
}

/** TLS in front of a service on loopback. */
export async function startTlsFront(authority: Authority, target: string): Promise<TlsFront> {
  const requests: string[] = [];
  const { key, certificate } = authority;
  const server = https.createServer({ key, cert: certificate }, (request, response) => {
    requests.push(request.url ?? '');
    const { method = 'GET' } = request;
    // The URLs of blobs name the service itself, as GitHub's name another host than that of the API.
    const headers = { ...request.headers, host: new URL(target).host };
    const options = { method, headers, agent: false };
    const passed = http.request(new URL(request.url ?? '/', target), options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.once('error', () => response.destroy());
    request.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server on TCP has a port');
  return {
    url: `https://localhost:${address.port}/`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
