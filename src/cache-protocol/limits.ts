/** What GitHub's service accepts, with its own messages (cache-protocol.md, sections 2.4 and 4.4). */

const MAX_KEY_LENGTH = 512;
const VERSION_LENGTH_V2 = 64;
/** The Azure limit of blocks in one blob. */
export const MAX_BLOCKS = 50_000;
/** v1 and Twirp bodies are small; Go reads at most 32 KiB of an answer. */
export const MAX_JSON_BODY_BYTES = 1024 * 1024;
/** A block list of 50,000 ids of 88 characters is about 5 MiB. */
export const MAX_BLOCK_LIST_BYTES = 16 * 1024 * 1024;
export const UPLOAD_URL_LIFETIME_MS = 60 * 60 * 1000;
export const DOWNLOAD_URL_LIFETIME_MS = 10 * 60 * 1000;

/** GitHub's message for a key it refuses; undefined when the key is fine. */
export function findKeyFault(key: string): string | undefined {
  if (key.length >= 1 && key.length <= MAX_KEY_LENGTH) return undefined;
  return `key invalid length for cache entry key: must be between 1 and ${MAX_KEY_LENGTH} characters`;
}

/** GitHub's message for a v2 version it refuses: the text says 1 to 64, the service wants exactly 64. */
export function findVersionFault(version: string): string | undefined {
  if (version.length === VERSION_LENGTH_V2) return undefined;
  return 'version invalid length for cache entry version: must be between 1 and 64 characters';
}

/** v1 versions are opaque text (opendal sends the user's own). */
export function findVersionFaultV1(version: string): string | undefined {
  if (version.length >= 1 && version.length <= MAX_KEY_LENGTH) return undefined;
  return `version invalid length for cache entry version: must be between 1 and ${MAX_KEY_LENGTH} characters`;
}

/** GitHub's message for a v2 size it refuses: there are no empty entries. */
export function findSizeFault(sizeBytes: number): string | undefined {
  if (sizeBytes >= 1) return undefined;
  return 'size invalid cache size value: must be between 1 and 9223372036854775807 bytes';
}
