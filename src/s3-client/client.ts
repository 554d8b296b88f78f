import { systemClock } from '../async/clock.ts';
import { blockShape, type TransferShape } from '../cache-client/block-upload.ts';
import { type CacheClient, transferDeadlineMs } from '../cache-client/client.ts';
import { downloadFile, downloadRange } from '../cache-client/download.ts';
import { ServiceHealth } from '../cache-client/health.ts';
import { silentObserver } from '../cache-client/observer.ts';
import { createRequestGate } from '../cache-client/request-gate.ts';
import type { BucketTicket, LookupResult, UploadTicket } from '../cache-client/results.ts';
import { defaultRetryPolicy } from '../cache-client/retry.ts';
import type { CallOptions, Session } from '../cache-client/session.ts';
import { PACKS_CACHE_VERSION } from '../cache-protocol/version.ts';
import { type S3Bucket, type S3Credentials, toBucketUrl } from './bucket.ts';
import { callS3, type S3Session, toRefusal, toUrl } from './calls.ts';
import { ConditionalWrites } from './conditional-write.ts';
import { createCredentials } from './credentials.ts';
import { toManifestEntry, toObjectKey } from './object-key.ts';
import { findRefusal } from './refusal.ts';
import { createSigner } from './signer.ts';
import { Uploads } from './uploads.ts';
import { parseFirstKey } from './xml.ts';

interface S3ClientOptions
  extends Partial<Omit<Session, 'baseUrl' | 'token' | 'transport'>>,
    Pick<Session, 'transport'> {
  readonly bucket: S3Bucket;
  /** undefined: the chain of the AWS SDK. */
  readonly credentials: S3Credentials | undefined;
  /** Hears once that the store writes whatever the condition says. */
  readonly onNoConditionalWrites: () => void;
  /** For tests; parts of 16 MiB otherwise. */
  readonly shape?: TransferShape;
}

export interface S3Client extends CacheClient {
  /** Why the bucket cannot be used by us, part of a sentence; undefined: it can, or it does not say. One call. */
  findRefusal(): Promise<string | undefined>;
  /** Removes uploads that are not finished; a few seconds at most. Never throws. */
  close(): Promise<void>;
}

/** The gateway's own entries, and nothing else, in a bucket: what `createCacheClient` is for a cache service. */
export function createS3Client(options: S3ClientOptions): S3Client {
  const { bucket, shape = blockShape } = options;
  const clock = options.clock ?? systemClock;
  const bucketUrl = toBucketUrl(bucket);
  const session: Session = {
    ...{ baseUrl: bucketUrl, token: '', transport: options.transport },
    policy: options.policy ?? defaultRetryPolicy,
    clock,
    gate: options.gate ?? createRequestGate(clock),
    health: options.health ?? new ServiceHealth(clock),
    observer: options.observer ?? silentObserver,
  };
  const signer = createSigner(bucket.region, createCredentials(options.credentials, bucket.region, clock));
  const s3: S3Session = { session, bucket, bucketUrl, signer };
  const uploads = new Uploads(s3, shape, new ConditionalWrites(s3, options.onNoConditionalWrites));
  const transferPolicy = { ...session.policy, deadlineMs: transferDeadlineMs };
  const find: CacheClient['lookup'] = ({ key, version }, call = {}) =>
    lookup(s3, key, version, call).catch(toRefusal);
  return {
    lookup: find,
    findRefusal: () => findRefusal({ lookup: find }),
    create: async ({ key, version }) => ({ kind: 'created', ticket: { protocol: 's3', key, version } }),
    upload: (ticket, source, call = {}) =>
      uploads.send(toOwn(ticket), source, { policy: transferPolicy, ...call }).then(
        () => ({ kind: 'uploaded' }),
        (error: unknown) => ({ status: undefined, ...toRefusal(error), kind: 'failed' }),
      ),
    finalize: (ticket, sizeBytes, call = {}) =>
      uploads.finish(toOwn(ticket), sizeBytes, call).catch(toRefusal),
    download: (source, file, limits, call = {}) =>
      downloadFile(session, source, file, shape, limits, { policy: transferPolicy, ...call }),
    downloadRange: (source, range, region, call = {}) =>
      downloadRange(session, source, range, region, { policy: transferPolicy, ...call }),
    close: () => uploads.close(),
  };
}

function toOwn(ticket: UploadTicket): BucketTicket {
  if (ticket.protocol !== 's3') throw new Error('a ticket of a cache service is for no bucket');
  return ticket;
}

/** A hit has a URL that is signed for an hour. */
async function lookup(
  s3: S3Session,
  key: string,
  version: string,
  options: CallOptions,
): Promise<LookupResult> {
  // BuildKit's own entries are never in a bucket: its client for S3 has another layout.
  if (version !== PACKS_CACHE_VERSION) return { kind: 'miss' };
  const { prefix } = s3.bucket;
  const object = toObjectKey(prefix, key);
  switch (object.kind) {
    case 'manifest':
    case 'pack': {
      const answer = await callS3(s3, 'lookup', { method: 'HEAD', key: object.key }, options, [404]);
      if (answer.status === 404) return { kind: 'miss' };
      return { kind: 'hit', url: await s3.signer.presign(toUrl(s3, object.key)), matchedKey: key };
    }
    case 'manifests': {
      const newest = await readFirstKey(s3, object.prefix, options);
      const entry = newest === undefined ? undefined : toManifestEntry(prefix, newest);
      if (newest === undefined || entry === undefined) return { kind: 'miss' };
      return { kind: 'hit', url: await s3.signer.presign(toUrl(s3, newest)), matchedKey: entry };
    }
    case 'other':
      // The question whether the store is there at all.
      await readFirstKey(s3, `${prefix}manifests/`, options);
      return { kind: 'miss' };
    default:
      return object satisfies never;
  }
}

async function readFirstKey(
  s3: S3Session,
  prefix: string,
  options: CallOptions,
): Promise<string | undefined> {
  const query = { 'list-type': '2', 'max-keys': '1', prefix };
  const answer = await callS3(s3, 'lookup', { method: 'GET', query }, options);
  const first = parseFirstKey(answer.text);
  if (first === undefined) throw new Error(`${s3.bucketUrl} does not answer as S3 does`);
  return first ?? undefined;
}
