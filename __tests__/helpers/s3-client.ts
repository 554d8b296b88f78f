import type { TransferShape } from '../../src/cache-client/block-upload.ts';
import { ServiceHealth } from '../../src/cache-client/health.ts';
import { openTransport } from '../../src/cache-client/transport.ts';
import type { S3Bucket } from '../../src/s3-client/bucket.ts';
import { createS3Client, type S3Client } from '../../src/s3-client/client.ts';
import { FastClock } from './fast-clock.ts';
import { s3Region, s3User } from './s3-server.ts';
import type { TestClient } from './upstream.ts';

export interface TestS3Client extends TestClient {
  readonly client: S3Client;
  /** Of the server or the front. */
  readonly url: string;
  /** What was said of a store without conditional writes. */
  readonly notices: string[];
  close(): Promise<void>;
}

/** A client of a server or a front at `url`; its waits take no time. */
export function openS3(
  url: string,
  {
    credentials = s3User,
    shape,
    ...bucket
  }: Partial<S3Bucket> & { readonly credentials?: typeof s3User; readonly shape?: TransferShape } = {},
): TestS3Client {
  const transport = openTransport(
    { httpProxy: undefined, httpsProxy: undefined, noProxy: undefined },
    'test',
  );
  const clock = new FastClock();
  const health = new ServiceHealth(clock);
  const calls: string[] = [];
  const bytes = { up: 0, down: 0 };
  const notices: string[] = [];
  const client = createS3Client({
    transport,
    clock,
    health,
    credentials,
    bucket: {
      ...{ bucket: 'caches', region: s3Region, endpointUrl: url, usePathStyle: true, prefix: 'o/r/' },
      ...bucket,
    },
    onNoConditionalWrites: () => notices.push('no conditional writes'),
    observer: {
      onCall: (kind) => calls.push(kind),
      onRetry: (kind, reason) => calls.push(`${kind} again: ${reason}`),
      onBytes: (direction, count) => {
        bytes[direction] += count;
      },
    },
    ...(shape === undefined ? {} : { shape }),
  });
  const close = async () => {
    await client.close();
    transport.close();
  };
  return { client, clock, health, calls, bytes, transport, url, notices, close };
}
