import { type CacheClient, createCacheClient } from '../../cache-client/client.ts';
import type { ServiceHealth } from '../../cache-client/health.ts';
import type { Transport } from '../../cache-client/transport.ts';
import { toBucketUrl } from '../../s3-client/bucket.ts';
import type { StartMessage } from '../control/start-message.ts';
import type { Statistics } from '../report/statistics.ts';

interface OpenedClient {
  readonly client: CacheClient;
  /** Of the service, for the question whether it is there. */
  readonly url: string;
  /** For the log. */
  readonly name: string;
  readonly createsPerMinute?: number;
  /** Why the service takes nothing from us, part of a sentence; undefined: it does, or does not say. Asked once, at the start. */
  findRefusal(): Promise<string | undefined>;
  /** Removes what uploads have left. Never throws. */
  close(): Promise<void>;
}

interface Shared {
  readonly transport: Transport;
  readonly health: ServiceHealth;
  readonly statistics: Statistics;
}

/** The client of the cache service, or of the bucket in its place. */
export async function openClient(
  { upstream, token }: Pick<StartMessage, 'upstream' | 'token'>,
  { transport, health, statistics }: Shared,
): Promise<OpenedClient> {
  const shared = { transport, health, observer: statistics };
  if (upstream.protocol !== 's3') {
    const { protocol, url } = upstream;
    return {
      client: createCacheClient({ protocol, baseUrl: url, token, ...shared }),
      ...{ url, name: `${new URL(url).host} (v${protocol})` },
      // The plan knows what the runtime token may do.
      findRefusal: async () => undefined,
      close: async () => undefined,
    };
  }
  const { bucket, credentials } = upstream;
  // Here and not above: a gateway to the cache service does without the AWS SDK.
  const { createS3Client } = await import('../../s3-client/client.ts');
  const client = createS3Client({
    ...shared,
    bucket,
    credentials,
    onNoConditionalWrites: () => statistics.notice(toNotice(bucket.bucket)),
  });
  return {
    client,
    url: toBucketUrl(bucket),
    name: `the bucket ${bucket.bucket} (S3, below ${bucket.prefix})`,
    // The limit is GitHub's.
    createsPerMinute: Number.POSITIVE_INFINITY,
    findRefusal: () => client.findRefusal(),
    close: () => client.close(),
  };
}

function toNotice(bucket: string): string {
  return `The store of the bucket ${bucket} has no conditional writes (If-None-Match): of two jobs that export to one cache scope in the same second, one export may be lost. No cache is broken by it.`;
}
