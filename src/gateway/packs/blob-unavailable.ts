import { ToolError } from '../../errors.ts';

type UnavailableReason = 'missing' | 'wrong bytes' | 'failed';

/** A blob cannot be had from its pack, and another try will not help in this job. */
export class BlobUnavailableError extends ToolError {
  readonly reason: UnavailableReason;
  /** With it all that lies in its pack. */
  readonly isWholePack: boolean;

  constructor(reason: UnavailableReason, message: string, { isWholePack = false } = {}) {
    super('blob-unavailable', message);
    this.isWholePack = isWholePack;
    this.name = 'BlobUnavailableError';
    this.reason = reason;
  }
}
