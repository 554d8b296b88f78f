import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';

/** A certificate authority that nobody knows, and a certificate of it for loopback. */
export interface Authority {
  /** File of its own certificate. */
  readonly file: string;
  /** A directory as OpenSSL reads it. */
  readonly directory: string;
  readonly key: Buffer;
  readonly certificate: Buffer;
}

export async function createAuthority(directory: string): Promise<Authority> {
  const toPath = (name: string) => path.join(directory, name);
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', [...args], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
  const newKey = ['-newkey', 'rsa:2048', '-nodes'];
  const [ca, caKey, key, request, certificate] = [
    'ca.pem',
    'ca.key',
    'key.pem',
    'request.pem',
    'cert.pem',
  ].map(toPath);
  if (!ca || !caKey || !key || !request || !certificate) throw new Error('five names give five paths');
  openssl('req', '-x509', ...newKey, '-keyout', caKey, '-out', ca, '-days', '2', '-subj', '/CN=Test CA');
  openssl('req', ...newKey, '-keyout', key, '-out', request, '-subj', '/CN=localhost');
  const extensions = toPath('extensions');
  await writeFile(extensions, 'subjectAltName=DNS:localhost,IP:127.0.0.1');
  const issuer = ['-CA', ca, '-CAkey', caKey, '-CAcreateserial'];
  openssl(
    'x509',
    '-req',
    '-in',
    request,
    ...issuer,
    '-out',
    certificate,
    '-days',
    '2',
    '-extfile',
    extensions,
  );
  const hashed = toPath('hashed');
  await mkdir(hashed);
  const hash = openssl('x509', '-in', ca, '-noout', '-hash').trim();
  await symlink(ca, path.join(hashed, `${hash}.0`));
  return {
    file: ca,
    directory: hashed,
    key: await readFile(key),
    certificate: await readFile(certificate),
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
