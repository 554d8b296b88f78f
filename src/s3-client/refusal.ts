import type { CacheClient } from '../cache-client/client.ts';
import { isRetryableStatus, type RetryPolicy } from '../cache-client/retry.ts';
import { PACKS_CACHE_VERSION } from '../cache-protocol/version.ts';

/** A build waits for it; a store that is away is found out and told with the caches. */
const questionPolicy: RetryPolicy = { attempts: 1, firstDelayMs: 0, maxDelayMs: 0, deadlineMs: 10_000 };

/** Why the bucket cannot be used by us, part of a sentence; undefined: it can, or it does not say. One call. */
export async function findRefusal(client: Pick<CacheClient, 'lookup'>): Promise<string | undefined> {
  const query = { key: 'hotlayer-are-you-there', version: PACKS_CACHE_VERSION };
  const answer = await client.lookup(query, { policy: questionPolicy, isProbe: true });
  switch (answer.kind) {
    case 'hit':
    case 'miss':
      return undefined;
    case 'denied':
    case 'unauthenticated':
      return answer.message;
    case 'failed': {
      const { status = 0, message } = answer;
      return status >= 300 && status < 500 && !isRetryableStatus(status) ? message : undefined;
    }
    default:
      return answer satisfies never;
  }
}
