/** How large what BuildKit stores may be: it reads an index into memory, and one of ten thousand layers has about 3 MiB. */
export const maxIndexBytes = 64 * 1024 * 1024;
/** BuildKit's own uploads end at 50,000 blocks of 1 MiB. */
export const maxBlobBytes = 64 * 1024 * 1024 * 1024;
