/** The one cache version of every BuildKit entry: sha256 of `|go-actionscache-1.0` (go-actions-cache, cache.go). */
export const BUILDKIT_CACHE_VERSION = '693bb7016429d80366022f036f84856888c9f13e00145f5f6f4dce303a38d6f2';

/** The version of the gateway's own entries, so that they never mix with others': sha256 of `hotlayer-packs-1`. */
export const PACKS_CACHE_VERSION = 'fdf4e0361eff7e4f5e8bea911c3ad00d48e8e75252bdce5cf42c5386791b45b2';
