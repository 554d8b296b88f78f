import { ToolError } from '../errors.ts';

export type UnavailableReason = 'missing' | 'wrong bytes' | 'failed';

/** A blob cannot be had from its pack, and another try will not help in this job. */
export class BlobUnavailableError extends ToolError {
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, message: string) {
    super('blob-unavailable', message);
    this.name = 'BlobUnavailableError';
    this.reason = reason;
  }
}
