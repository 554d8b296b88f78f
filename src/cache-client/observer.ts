/** What the client asks of a cache service, as statistics name it. */
export type ClientCallKind = 'lookup' | 'create' | 'finalize' | 'upload' | 'download';

/** Told about each request on the wire and each byte of a blob, as it happens. */
export interface CallObserver {
  /** One HTTP request went out. */
  onCall(kind: ClientCallKind): void;
  /** A request failed and is sent again after `waitMs`. */
  onRetry(kind: ClientCallKind, reason: string, waitMs: number): void;
  /** A request waits for the end of a pause that the service asked another one for. */
  onPause?(kind: ClientCallKind, waitMs: number): void;
  /** Bytes of blobs; bytes of calls are not counted. */
  onBytes(direction: 'up' | 'down', bytes: number): void;
}

export const silentObserver: CallObserver = {
  onCall: () => undefined,
  onRetry: () => undefined,
  onBytes: () => undefined,
};
