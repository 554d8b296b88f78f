import { parseSize } from './byte-size.ts';
import { cacheBackends } from './cache-attributes.ts';
import { parseCacheEntry } from './cache-entry.ts';
import {
  attributes,
  choice,
  choiceOrElse,
  duration,
  flag,
  flagOr,
  line,
  lineOrDefault,
  lines,
  text,
  untrimmedLine,
} from './kinds.ts';
import { parseLevel, parseMatrix, parseScope } from './single-values.ts';

/** Which caches the run may import and export, and in which form. */
export const cacheRows = {
  backend: choice({
    name: 'cache',
    description:
      'Where the caches are, `gha` (the Actions cache), `registry`, `local` (a directory), `s3`, `azblob`, `inline` (in the image) or `none`; the same event decides for each what is imported and exported.',
    allowed: cacheBackends,
    default: 'gha',
  }),
  scope: untrimmedLine({
    name: 'scope',
    // Of a setup there may be many.
    actions: ['main', 'bake'],
    description:
      'Name of the cache; builds with the same name, ref and platforms share it; by default made of what is built.',
    parse: parseScope,
    idle: ['no-cache'],
  }),
  /** undefined: as the back end has it (`toExportMode`). */
  mode: choiceOrElse({
    name: 'mode',
    description:
      'Layers to export, `max` for those of every stage or `min` for those of the result only; by default `max`, and `min` with `cache: inline`.',
    allowed: ['max', 'min'],
    idle: ['no-cache', 'nothing-exported'],
  }),
  cacheToAttrs: attributes({
    name: 'cache-to-attrs',
    actions: ['main', 'bake'],
    description:
      'Attributes of the exports of `cache`, `key=value`, one a line or comma separated, such as `ref=ghcr.io/acme/cache`, `dest=/var/cache/ci` or `bucket=ci,region=eu-west-1`; credentials are never printed.',
  }),
  cacheFromAttrs: attributes({
    name: 'cache-from-attrs',
    actions: ['main', 'bake'],
    description: 'Attributes of the imports of `cache`, where they differ from those of `cache-to-attrs`.',
  }),
  /** In bytes. */
  maxSize: lineOrDefault({
    name: 'max-size',
    actions: ['main', 'bake'],
    description:
      'How large the directory of `cache: local` may become, `20GB` for example; the caches that were longest without an export go first.',
    default: '10GB',
    parse: parseSize,
    idle: ['not-local', 'nothing-exported'],
  }),
  cacheFrom: lines({
    name: 'cache-from',
    // A bake file has caches of its own for each target.
    actions: ['main'],
    description:
      'More caches to import, one entry of buildx a line (`type=registry,ref=…`), beside what Hotlayer imports by itself.',
    parse: parseCacheEntry,
  }),
  cacheTo: lines({
    name: 'cache-to',
    actions: ['main'],
    description:
      'More caches to export, one entry of buildx a line (`type=registry,ref=…`), beside what Hotlayer exports by itself.',
    parse: parseCacheEntry,
  }),
  prExport: choice({
    name: 'pr-export',
    description:
      'Whether a pull request exports to a cache scope of its own, `auto` (not for bots), `always` or `never`.',
    allowed: ['auto', 'always', 'never'],
    default: 'auto',
  }),
  tagExport: flag({
    name: 'tag-export',
    description: 'Let a push of a tag export to a cache scope of that tag, which nothing else reads.',
    default: false,
    idle: ['no-cache', 'nothing-exported'],
  }),
  readOnly: flag({
    name: 'read-only',
    description: 'Import as planned and export nothing.',
    default: false,
  }),
  releaseImport: flag({
    name: 'release-import',
    description:
      'Import in runs that publish, that is on tags and releases; `false` builds them from scratch, with a BuildKit that is not from the Actions cache.',
    default: true,
  }),
  trustedContext: flag({
    name: 'trusted-context',
    description: 'Export although the checked-out commit is not the one that the event is about.',
    default: false,
    idle: ['no-cache', 'nothing-exported'],
  }),
  allowUntrustedExport: flag({
    name: 'allow-untrusted-export',
    description:
      'Export in events that outsiders can start too; every run that imports this cache then trusts them.',
    default: false,
  }),
  compression: choice({
    name: 'compression',
    description:
      'Compression of the layers in the cache, `gzip`, `zstd` (much faster) or `auto`; what is pushed or written to a file stays as it would be without a cache.',
    allowed: ['auto', 'gzip', 'zstd'],
    default: 'auto',
  }),
  /** Of zstd, 1 to 22; undefined: BuildKit's default. */
  compressionLevel: line({
    name: 'compression-level',
    description:
      "Level of zstd in the cache, 1 to 22, which BuildKit maps to its four; by default zstd's own.",
    parse: parseLevel,
    idle: ['no-cache', 'nothing-exported'],
  }),
  gateway: flagOr({
    name: 'gateway',
    // Later steps would all get the runner's own token.
    actions: ['main', 'bake'],
    description:
      "Put the gateway between BuildKit and the cache service; `false` gives BuildKit the runner's own token, and `required` is an error where the daemon of `endpoint` cannot reach the gateway.",
    default: true,
    word: 'required',
    idle: ['not-the-service'],
  }),
  /** How long post waits for uploads; 0: not at all. */
  drainTimeoutMs: duration({
    name: 'drain-timeout',
    description:
      'How long the end of the job waits for cache uploads that still run, as seconds or `10m`; `0` does not wait and gives them up; the first step of a job decides.',
    default: '10m',
    idle: ['no-cache', 'nothing-exported', 'exported-during-build'],
  }),
  /** Parsed JSON; undefined without one. */
  matrix: text({
    name: 'matrix',
    description: "The job's matrix values, which keep the caches of its legs apart; leave it at its default.",
    default: `\${{ toJSON(matrix) }}`,
    parse: parseMatrix,
  }),
};

export const defaultDrainTimeoutMs = cacheRows.drainTimeoutMs.read({});
