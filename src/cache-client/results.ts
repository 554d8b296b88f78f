/** No answer that means anything, or one that means a fault; retries, where they made sense, are used up. */
export interface Failed {
  readonly kind: 'failed';
  /** What the service said, for people. */
  readonly message: string;
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
}

/** The token gives no right to do that. */
export interface Denied {
  readonly kind: 'denied';
  readonly message: string;
}

/** The token is not, or no longer, accepted. */
export interface Unauthenticated {
  readonly kind: 'unauthenticated';
  readonly message: string;
}

export type LookupResult =
  | { readonly kind: 'hit'; readonly url: string; readonly matchedKey: string }
  | { readonly kind: 'miss' }
  | Denied
  | Unauthenticated
  | Failed;

/** Where to upload and what to finalize. */
export type UploadTicket = ServiceTicket | BucketTicket;

/** Of a cache service, which has reserved the key. */
export type ServiceTicket =
  | { readonly protocol: 2; readonly url: string; readonly key: string; readonly version: string }
  | { readonly protocol: 1; readonly cacheId: string; readonly key: string; readonly version: string };

/** Of a bucket, where nothing is reserved: whether the key is taken is only known at the end. */
export interface BucketTicket {
  readonly protocol: 's3';
  readonly key: string;
  readonly version: string;
}

export type CreateResult =
  | { readonly kind: 'created'; readonly ticket: UploadTicket }
  /**
   * Someone has the key. `ambiguous`: perhaps it is our own reservation, made by a try whose answer was lost; its
   * upload URL is lost with it, so that there is no other way to take it.
   */
  | { readonly kind: 'exists'; readonly message: string; readonly ambiguous: boolean }
  | Denied
  | Unauthenticated
  | Failed;

export type UploadResult = { readonly kind: 'uploaded' } | Failed;

export type FinalizeResult =
  | { readonly kind: 'finalized' }
  /** Somebody else has taken the key meanwhile: of stores that reserve none. */
  | { readonly kind: 'exists'; readonly message: string }
  /** The service does not know the reservation, or holds other bytes than were announced. */
  | { readonly kind: 'not-found'; readonly message: string }
  | Denied
  | Unauthenticated
  | Failed;

export type DownloadResult =
  | { readonly kind: 'downloaded'; readonly sizeBytes: number }
  /** The entry vanished since the look-up: a miss, not a fault. */
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'too-large' }
  | Failed;

/** `no-ranges`: the service sends entries whole only, and the range does not begin at the start. */
export type RangeResult = DownloadResult | { readonly kind: 'no-ranges' };
