import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { ProxyError, SilenceError } from './absence.ts';

/** HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the runner, as they are. */
export interface ProxySettings {
  readonly httpsProxy: string | undefined;
  readonly httpProxy: string | undefined;
  readonly noProxy: string | undefined;
}

/** Lower-case names first, as `@actions/http-client` and curl read them. */
export function readProxies(env: Readonly<Record<string, string | undefined>>): ProxySettings {
  return {
    httpsProxy: env['https_proxy'] || env['HTTPS_PROXY'],
    httpProxy: env['http_proxy'] || env['HTTP_PROXY'],
    noProxy: env['no_proxy'] || env['NO_PROXY'],
  };
}

/**
 * The proxy for a URL, by the rules of `@actions/http-client`: an entry of NO_PROXY is `*`, a host, a host with
 * port, or a domain with or without a leading dot; loopback hosts never go through a proxy.
 */
export function chooseProxy(url: URL, settings: ProxySettings): URL | undefined {
  const given = url.protocol === 'https:' ? settings.httpsProxy : settings.httpProxy;
  if (!given || isLoopback(url.hostname) || isExempt(url, settings.noProxy ?? '')) return undefined;
  const text = /^https?:\/\//i.test(given) ? given : `http://${given}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}

function isExempt(url: URL, noProxy: string): boolean {
  const host = url.hostname.toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '')
    .some((entry) => {
      const domain = entry.replace(/^\*?\./, '');
      return entry === '*' || entry === `${host}:${port}` || domain === host || host.endsWith(`.${domain}`);
    });
}

const connectTimeoutMs = 7000;

type Connected = (error: Error | null, socket: Duplex) => void;

/**
 * An agent whose connections go through `proxy` by CONNECT, for plain and TLS targets alike (as `tunnel` does it
 * for `@actions/http-client`). `secure` says that the target speaks TLS.
 */
export function openProxyAgent(proxy: URL, secure: boolean, options: http.AgentOptions): http.Agent {
  return secure ? new SecureTunnelAgent(proxy, options) : new PlainTunnelAgent(proxy, options);
}

class PlainTunnelAgent extends http.Agent {
  readonly #proxy: URL;

  constructor(proxy: URL, options: http.AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(target: http.ClientRequestArgs, connected?: Connected): undefined {
    openTunnel(this.#proxy, `${target.host ?? ''}:${target.port ?? 80}`).then(
      (socket) => connected?.(null, socket),
      (error: Error) => connected?.(error, new net.Socket()),
    );
    return undefined;
  }
}

class SecureTunnelAgent extends https.Agent {
  readonly #proxy: URL;

  constructor(proxy: URL, options: https.AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(target: https.RequestOptions, connected?: Connected): undefined {
    const host = target.host ?? '';
    openTunnel(this.#proxy, `${host}:${target.port ?? 443}`)
      .then((socket) => secure(socket, host))
      .then(
        (socket) => connected?.(null, socket),
        (error: Error) => connected?.(error, new net.Socket()),
      );
    return undefined;
  }
}

function openTunnel(proxy: URL, authority: string): Promise<net.Socket> {
  const user = decodeURIComponent(proxy.username);
  const credentials = Buffer.from(`${user}:${decodeURIComponent(proxy.password)}`).toString('base64');
  return new Promise((resolve, reject) => {
    const request = (proxy.protocol === 'https:' ? https : http).request({
      host: proxy.hostname,
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: authority,
      agent: false,
      headers: { host: authority, ...(user ? { 'proxy-authorization': `Basic ${credentials}` } : {}) },
    });
    request.setTimeout(connectTimeoutMs, () =>
      request.destroy(new SilenceError(`proxy ${proxy.host} did not answer to CONNECT ${authority}`)),
    );
    request.once('connect', (response, socket) => {
      if (response.statusCode === 200) {
        socket.setTimeout(0);
        return resolve(socket);
      }
      socket.destroy();
      reject(new ProxyError(`proxy ${proxy.host} answered ${response.statusCode} to CONNECT ${authority}`));
    });
    request.once('error', reject);
    request.end();
  });
}

function secure(socket: net.Socket, host: string): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const secured = tls.connect({ socket, servername: host });
    secured.once('error', reject);
    secured.once('secureConnect', () => {
      secured.removeListener('error', reject);
      resolve(secured);
    });
  });
}
