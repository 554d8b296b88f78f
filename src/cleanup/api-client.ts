import { HttpClient } from '@actions/http-client';
import type { Clock } from '../async/clock.ts';
import { toMessage } from '../errors.ts';
import { parseJson, readString } from '../json.ts';
import { decideSilence, decideWait, type WaitDecision } from './api-wait.ts';

/** What became of a call, after all waits. */
export type ApiResult =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown; readonly attempts: number }
  /** 4xx: the server will not do it. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly message: string;
      /** `actions=write`, where GitHub says what would do. */
      readonly permission: string | undefined;
      readonly attempts: number;
    }
  | { readonly kind: 'failed'; readonly message: string }
  /** GitHub wants no more calls now: all further ones of this client end like this, without being made. */
  | { readonly kind: 'stopped'; readonly message: string };

interface ApiClientOptions {
  /** GITHUB_API_URL, with or without a slash at the end. */
  readonly apiUrl: string;
  readonly token: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Of all waits together. */
  readonly budgetMs: number;
  readonly onWait: (sentence: string) => void;
}

const answerTimeoutMs = 30_000;
const redirects: readonly number[] = [301, 302, 307, 308];
const maxRedirects = 3;

/** GitHub's REST: waits where it asks for that, within bounds. Knows the runner's proxies. Throws only when it is cancelled. */
export class ApiClient {
  readonly #options: ApiClientOptions;
  readonly #http = new HttpClient('hotlayer', [], { socketTimeout: answerTimeoutMs, allowRedirects: false });
  #budgetMs: number;
  #stopped: string | undefined;

  constructor(options: ApiClientOptions) {
    this.#options = options;
    this.#budgetMs = options.budgetMs;
  }

  /** @param path behind the API's address, with a slash at its start */
  async call(method: 'GET' | 'DELETE', path: string): Promise<ApiResult> {
    for (let attempt = 1; ; attempt += 1) {
      this.#options.signal.throwIfAborted();
      if (this.#stopped !== undefined) return { kind: 'stopped', message: this.#stopped };
      const sent = await this.#send(method, path);
      const facts = { attempt, nowMs: this.#options.clock.now(), budgetMs: this.#budgetMs };
      const decision = typeof sent === 'string' ? decideSilence(facts) : decideWait(sent, facts);
      if (decision.kind === 'take') return toResult(sent, attempt);
      await this.#obey(decision, typeof sent === 'string' ? sent : `${sent.status} ${sent.message}`.trim());
    }
  }

  close(): void {
    this.#http.dispose();
  }

  async #obey(decision: Exclude<WaitDecision, { kind: 'take' }>, words: string): Promise<void> {
    const { clock, signal, onWait } = this.#options;
    if (decision.kind === 'stop') {
      this.#stopped = decision.reason;
      return;
    }
    this.#budgetMs -= decision.waitMs;
    onWait(`GitHub answered ${words}: the next try is in ${Math.ceil(decision.waitMs / 1000)} s.`);
    await clock.sleep(decision.waitMs, signal);
  }

  /** A string says why there is no answer. The token goes to the API's own origin only. */
  async #send(method: 'GET' | 'DELETE', path: string): Promise<SentAnswer | string> {
    const { apiUrl, token } = this.#options;
    let url = `${apiUrl.replace(/\/+$/, '')}${path}`;
    try {
      for (let count = 0; ; count += 1) {
        const { message, readBody } = await this.#request(method, url, token);
        const status = message.statusCode ?? 0;
        const text = await readBody();
        const { location } = message.headers;
        if (location === undefined || !redirects.includes(status))
          return toAnswer(status, message.headers, text);
        const next = new URL(location, url);
        if (next.origin !== new URL(url).origin) return `a redirect to another host (${next.origin})`;
        if (count >= maxRedirects) return `more than ${maxRedirects} redirects`;
        url = next.href;
      }
    } catch (error) {
      return `no answer from ${url}: ${toMessage(error)}`;
    }
  }

  async #request(method: string, url: string, token: string) {
    const response = await this.#http.request(method, url, null, {
      Accept: 'application/vnd.github+json',
      'X-GitHub-Api-Version': '2022-11-28',
      Authorization: `Bearer ${token}`,
    });
    return { message: response.message, readBody: () => response.readBody() };
  }
}

interface SentAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly message: string;
  readonly body: unknown;
}

function toAnswer(
  status: number,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  text: string,
): SentAnswer {
  const body = parseJson(text);
  const flat = Object.entries(headers).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : value?.join(', '),
  ]);
  return { status, headers: Object.fromEntries(flat), message: readString(body, 'message') ?? '', body };
}

function toResult(sent: SentAnswer | string, attempts: number): ApiResult {
  if (typeof sent === 'string') return { kind: 'failed', message: sent };
  const { status, body, headers, message } = sent;
  if (status >= 200 && status < 300) return { kind: 'answer', status, body, attempts };
  if (status >= 400 && status < 500) {
    const permission = headers['x-accepted-github-permissions'];
    return { kind: 'refused', status, message, permission, attempts };
  }
  return { kind: 'failed', message: `GitHub answered ${status} ${message}`.trim() };
}
