/** Why a request got no answer: each kind has its own patience. */
export type Absence =
  /** Nobody is there: the connection was refused, there is no way to the host, or its name is unknown. */
  | 'refused'
  /** TLS: the one who answers is not trusted, or speaks no TLS. */
  | 'untrusted'
  /** It was waited for long enough. */
  | 'silent'
  /** A connection broke. */
  | 'broken';

/** We have waited long enough. */
export class SilenceError extends Error {}

/** A proxy does not get us to the host. */
export class ProxyError extends Error {}

const refusals: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  // Firewalls that reject, and sandboxes.
  'EACCES',
  'EPERM',
  // The kernel or node gave up connecting: who waits again waits as long.
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EAI_NONAME',
]);
/** Codes of OpenSSL's verification and of node's own checks. */
const distrust =
  /^(?:CERT_|CRL_|ERR_TLS_|ERR_SSL_|UNABLE_TO_)|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|^EPROTO$/;

export function toAbsence(error: unknown): Absence {
  if (error instanceof SilenceError) return 'silent';
  if (error instanceof ProxyError) return 'refused';
  const code = readCode(error);
  if (refusals.has(code)) return 'refused';
  return distrust.test(code) ? 'untrusted' : 'broken';
}

/** Of an error, or of the first of several: node tries all addresses of a host. */
function readCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError && error.errors.length > 0 ? readCode(error.errors[0]) : '';
}
