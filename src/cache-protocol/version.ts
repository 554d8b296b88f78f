/** The one cache version of every BuildKit entry: sha256 of `|go-actionscache-1.0` (go-actions-cache, cache.go). */
export const BUILDKIT_CACHE_VERSION = '693bb7016429d80366022f036f84856888c9f13e00145f5f6f4dce303a38d6f2';
