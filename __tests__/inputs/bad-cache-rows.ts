import type { BadRow } from './bad-rows.ts';

const both = 'allowed is one of the two';
const pairs = 'allowed is key=value, one a line or comma separated';
const registry = { cache: 'registry', 'cache-to-attrs': 'ref=ghcr.io/acme/cache' };
const local = { cache: 'local', 'cache-to-attrs': 'dest=/cache' };
const registryNames =
  'ref, registry.insecure, mode, ignore-error, compression, compression-level, force-compression, oci-mediatypes, image-manifest';

/** Of the back ends of the cache, for the actions that build. */
export const badCacheRows: readonly BadRow[] = [
  [
    { cache: 'redis' },
    'input "cache": unknown value "redis"; allowed are gha, registry, local, s3, azblob, inline, none',
  ],
  [
    { cache: 'registry' },
    'input "cache": "registry" needs ref=… in "cache-to-attrs"; allowed is for example ref=ghcr.io/acme/app-cache, a repository for caches alone',
  ],
  [
    { cache: 'local' },
    'input "cache": "local" needs dest=… in "cache-to-attrs"; allowed is for example dest=/var/cache/hotlayer, a directory that outlives the job',
  ],
  [
    { cache: 's3', 'cache-to-attrs': 'region=eu-west-1' },
    'input "cache": "s3" needs bucket=… in "cache-to-attrs"; allowed is for example bucket=acme-ci-cache',
  ],
  [
    { cache: 'azblob', 'cache-to-attrs': 'container=c' },
    'input "cache": "azblob" needs account_url=… in "cache-to-attrs"; allowed is for example account_url=https://acme.blob.core.windows.net',
  ],
  [
    { 'cache-to-attrs': 'ref=a/b' },
    'input "cache-to-attrs": "ref" is no attribute of "cache: gha"; allowed is none',
  ],
  [
    { cache: 'none', 'cache-from-attrs': 'ref=a/b' },
    'input "cache-from-attrs": "ref" is no attribute of "cache: none"; allowed is none',
  ],
  [
    { ...registry, 'cache-to-attrs': 'ref=a/b,bucket=x' },
    `input "cache-to-attrs": "bucket" is no attribute of "cache: registry"; allowed are ${registryNames}`,
  ],
  [
    { ...registry, 'cache-from-attrs': 'mode=max' },
    'input "cache-from-attrs": "mode" is no attribute of "cache: registry"; allowed are ref, registry.insecure',
  ],
  [
    { ...registry, 'cache-to-attrs': 'ref=a/b\naccount_key=hunter2' },
    `input "cache-to-attrs": "account_key" is no attribute of "cache: registry"; allowed are ${registryNames}`,
  ],
  [
    { ...registry, 'cache-to-attrs': 'ref=a/b,type=gha' },
    `input "cache-to-attrs": "type" is not taken: "cache" says it; allowed are ${registryNames}`,
  ],
  [
    { ...registry, 'cache-to-attrs': 'ref=ghcr.io/acme/cache:main' },
    'input "cache-to-attrs": ref="ghcr.io/acme/cache:main" has a tag or a digest, and the plan chooses the tag by the event; allowed is the name of a repository',
  ],
  [
    { ...registry, 'cache-from-attrs': 'ref=acme/cache@sha256:00' },
    'input "cache-from-attrs": ref="acme/cache@sha256:00" has a tag or a digest, and the plan chooses the tag by the event; allowed is the name of a repository',
  ],
  [
    { ...registry, 'cache-to-attrs': 'ref=a/b,hunter2' },
    `input "cache-to-attrs": entry 2 is not key=value (its text is not shown); ${pairs}`,
  ],
  [{ ...registry, 'cache-to-attrs': 'ref=' }, `input "cache-to-attrs": "ref" has no value; ${pairs}`],
  [
    { ...registry, 'cache-to-attrs': 'ref=a,REF=b' },
    `input "cache-to-attrs": "ref" is given twice; ${pairs}`,
  ],
  [
    { ...registry, 'cache-to-attrs': 'ref=a\nimage-manifest=maybe' },
    'input "cache-to-attrs": image-manifest="maybe" is not a boolean; allowed are true and false',
  ],
  [
    { ...registry, 'cache-to-attrs': 'ref=a\ncompression=lz4' },
    'input "cache-to-attrs": compression="lz4" is unknown; allowed are gzip, zstd, estargz, uncompressed',
  ],
  [
    { ...registry, 'cache-to-attrs': 'ref=a\ncompression-level=best' },
    'input "cache-to-attrs": compression-level="best" is not a number; allowed is a whole number above 0',
  ],
  [
    { ...registry, 'cache-to-attrs': 'ref=a,mode=min', mode: 'max' },
    `input "mode": "cache-to-attrs" has mode= too; ${both}`,
  ],
  [
    { ...registry, 'cache-to-attrs': 'ref=a,compression=gzip', compression: 'zstd' },
    `input "compression": "cache-to-attrs" has compression= too; ${both}`,
  ],
  [
    { ...local, 'cache-to-attrs': 'dest=/c,reset=true' },
    'input "cache-to-attrs": "reset" is not taken: Hotlayer removes by itself what no index names (input "max-size"); allowed are dest, tag, mode, ignore-error, compression, compression-level, force-compression, oci-mediatypes, image-manifest',
  ],
  [
    { ...local, 'cache-from-attrs': 'digest=sha256:00' },
    'input "cache-from-attrs": "digest" is not taken: the plan chooses what is imported, by the event; a raw entry of "cache-from" can name a digest; allowed are src, tag',
  ],
  [
    { ...local, 'max-size': 'much' },
    'input "max-size": "much" is not a size; allowed is a number above 0 with kB, MB, GB, TB, KiB, MiB, GiB or TiB, for example 20GB',
  ],
  [
    {
      ...{ cache: 's3', 'cache-to-attrs': 'bucket=b,secret_access_key=hunter2' },
      'cache-from-attrs': 'secret_access_key=hunter3',
    },
    `input "cache-from-attrs": its credentials are others than those of "cache-to-attrs"; ${both}`,
  ],
  [
    { cache: 'inline', mode: 'max' },
    'input "mode": "max" exports layers that the image does not have, and "cache: inline" has no place but the image; allowed is "min", or another back end',
  ],
  [
    { cache: 'inline', compression: 'zstd' },
    `input "compression": "zstd" is nothing that "cache: inline" can choose, as its layers are those of the image; ${both}`,
  ],
  [
    { cache: 'azblob', 'cache-to-attrs': 'account_url=https://a', 'compression-level': '3' },
    `input "compression-level": it is the level of zstd, which is nothing that BuildKit exports to "cache: azblob"; ${both}`,
  ],
  [
    { cache: 'none', compression: 'zstd' },
    `input "compression": "zstd" needs a cache, and "cache: none" says that there is none; ${both}`,
  ],
];

/** Of raw entries beside a back end, which a bake file has of its own. */
export const badRawCacheRows: readonly BadRow[] = [
  [
    { cache: 'none', 'cache-from': 'a/b' },
    `input "cache-from": it has entries, but "cache: none" says that there is no cache; ${both}`,
  ],
  [
    { cache: 'none', 'cache-to': 'type=inline' },
    `input "cache-to": it has entries, but "cache: none" says that there is no cache; ${both}`,
  ],
  [
    { ...registry, 'cache-to': 'type=registry,ref=c/d' },
    'input "cache-to": it has type=registry beside "cache: registry", and BuildKit does not tell two exports of one type apart; allowed is another type there',
  ],
  [
    { ...registry, 'cache-from': 'type=gha,scope=a' },
    'input "cache-from": type=gha would need the runner\'s own token in BuildKit, which "cache: registry" does not give it; allowed is "cache: gha", with the entry of the other type here',
  ],
  [
    { 'cache-from': 'type=redis,url=x' },
    'input "cache-from": type="redis" is no type of a cache; allowed is type=<registry|local|s3|azblob|inline>[,key=value…], one a line',
  ],
];

/** Of the action setup. */
export const badSetupCacheRows: readonly BadRow[] = ['registry', 'local', 's3', 'azblob', 'inline'].map(
  (cache): BadRow => [
    { cache },
    `input "cache": "${cache}" is for the actions that build; with setup, later steps give their own --cache-from and --cache-to for it; allowed are gha and none`,
  ],
);
