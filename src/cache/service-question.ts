import { createCacheClient } from '../cache-client/client.ts';
import { type ProxySettings, readProxies } from '../cache-client/proxy.ts';
import type { RetryPolicy } from '../cache-client/retry.ts';
import { openTransport } from '../cache-client/transport.ts';
import { PACKS_CACHE_VERSION } from '../cache-protocol/version.ts';
import type { SharedJob } from './backend.ts';
import type { ServiceFacts, Upstream } from './service.ts';

export type ServiceAnswer = { readonly kind: 'answers' } | { readonly kind: 'away'; readonly reason: string };

export interface AskedService {
  readonly upstream: Upstream;
  readonly token: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** It did not answer a short while ago. */
  readonly isSuspect: boolean;
}

const policy: RetryPolicy = {
  attempts: 3,
  firstDelayMs: 300,
  maxDelayMs: 1000,
  deadlineMs: 7000,
  patienceMs: 2000,
};
const suspectPolicy: RetryPolicy = { ...policy, attempts: 1, deadlineMs: 1500 };

/**
 * Whether the cache service answers a look-up: for clients that are not ours, and would try again for minutes. Any
 * answer that means something will do, a refusal too.
 */
async function askService({ upstream, token, env, isSuspect }: AskedService): Promise<ServiceAnswer> {
  const proxies: ProxySettings = readProxies(env);
  const transport = openTransport(proxies, 'hotlayer');
  try {
    const client = createCacheClient({
      protocol: upstream.protocol,
      baseUrl: upstream.url,
      token,
      transport,
    });
    const query = { key: 'hotlayer-are-you-there', version: PACKS_CACHE_VERSION };
    const result = await client.lookup(query, { policy: isSuspect ? suspectPolicy : policy });
    return result.kind === 'failed' ? { kind: 'away', reason: result.message } : { kind: 'answers' };
  } finally {
    transport.close();
  }
}

/** Asks the cache service once for all of this step, and only if somebody wants to know: why it is of no use, or undefined. */
export function askServiceOnce(
  { token, upstream }: Pick<ServiceFacts, 'token' | 'upstream'>,
  job: Pick<SharedJob, 'record'>,
  env: AskedService['env'],
): () => Promise<string | undefined> {
  if (token === undefined || upstream === undefined) return async () => undefined;
  const ask = async () => {
    const answer = await askService({ upstream, token, env, isSuspect: job.record.outage !== undefined });
    return answer.kind === 'away' ? answer.reason : undefined;
  };
  let asked: Promise<string | undefined> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}
