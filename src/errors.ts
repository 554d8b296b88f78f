/**
 * The user must change the workflow. The message names the input, the value and what is allowed; no stack is shown.
 */
export class InputError extends Error {
  readonly code = 'input';
  readonly input: string;

  constructor(input: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InputError';
    this.input = input;
  }
}

/** Something we called failed: the facts are in the message (what, on what, exit code or status, what to do). */
export class ToolError extends Error {
  readonly code: string;

  /** @param code short machine code of the failure, for example `daemon-start` or `checksum-mismatch` */
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ToolError';
    this.code = code;
  }
}

/** The runner cancelled the step: the reason of every signal that is aborted for it. */
export class CancelledError extends Error {
  readonly code = 'cancelled';

  /** @param during name of the phase that was cut short, where it is known */
  constructor(during?: string, options?: ErrorOptions) {
    super(
      during === undefined ? 'The build was cancelled.' : `The build was cancelled during "${during}".`,
      options,
    );
    this.name = 'CancelledError';
  }
}

/** The value as it may stand in a one-line message: quoted, control characters escaped, cut at 200 characters. */
export function quote(value: string): string {
  return JSON.stringify(value.length > 200 ? `${value.slice(0, 200)}…` : value);
}

/** The message of anything that can be thrown. */
export function toMessage(error: unknown): string {
  // Not instanceof: an error may come from another realm than ours, as system errors do under jest.
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}

/** True for Node system errors with that `code`, for example `ENOENT`. */
export function hasErrorCode(error: unknown, code: string): boolean {
  // Not instanceof: system errors may come from another realm than ours, as they do under jest.
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/** True for an error, or the cause of one, that says of a file system that nothing more fits on it. */
export function isDiskFull(error: unknown): boolean {
  if (hasErrorCode(error, 'ENOSPC') || hasErrorCode(error, 'EDQUOT')) return true;
  // Not instanceof: an error may come from another realm than ours.
  if (typeof error !== 'object' || error === null || !('message' in error)) return false;
  return saysDiskFull(String(error.message)) || ('cause' in error && isDiskFull(error.cause));
}

/** The words of the kernel, as every program prints them, or those of the gateway. */
export function saysDiskFull(text: string): boolean {
  return /no space left on device|disk quota exceeded|the disk of the runner is full/i.test(text);
}

/** What the user sees of a failure: our own errors speak for themselves, anything else is named as a bug. */
export function toFailureMessage(error: unknown): string {
  const isOurs = error instanceof InputError || error instanceof ToolError || error instanceof CancelledError;
  if (isOurs) return error.message;
  return `Internal error: ${toMessage(error)}. Please report it with the debug log (re-run with debug logging).`;
}
