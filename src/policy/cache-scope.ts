import { isRecord } from '../json.ts';
import { toCanonicalJson } from './canonical-json.ts';
import type { BuildIdentity, RefKind, RefName } from './types.ts';

/** Counted up when names must change; caches under the old names are then left to expire. */
const namingVersion = 1;

const kindLetters: Readonly<Record<RefKind, string>> = { branch: 'b', pr: 'pr', tag: 't' };

const maxBaseLength = 60;
const maxPlatformLength = 30;
const maxSlugLength = 80;
const hashLength = 10;

/** @param sha256Hex hex SHA-256 of a text's UTF-8 bytes */
export function makeNameScope(
  identity: BuildIdentity,
  sha256Hex: (text: string) => string,
): (ref: RefName) => string {
  const human = toHumanPart(identity);
  return (ref) => {
    const slug = toSlug(ref.name, maxSlugLength);
    const kind = kindLetters[ref.kind];
    const hash = sha256Hex(toIdentityText(identity, ref)).slice(0, hashLength);
    return `${human}.${slug === '' ? kind : `${kind}-${slug}`}.${hash}`;
  };
}

/**
 * `app-linux-amd64`. With an explicit scope nothing else may show, or builds that share it on purpose would not.
 */
function toHumanPart(identity: BuildIdentity): string {
  const candidates =
    identity.scope !== undefined
      ? [identity.scope]
      : [identity.imageName, identity.target, identity.context.replace(/^[a-z+]+:\/\//i, '')];
  const base =
    candidates.map((text) => toSlug(text ?? '', maxBaseLength)).find((slug) => slug !== '') ?? 'build';
  const platforms = listPlatforms(identity);
  const platform = platforms.length === 1 ? toSlug(platforms[0] ?? '', maxPlatformLength) : 'multi';
  return platform === '' ? base : `${base}-${platform}`;
}

/** The raw identity, unshortened: what the slugs lose, the hash keeps. */
function toIdentityText(identity: BuildIdentity, ref: RefName): string {
  const platforms = listPlatforms(identity);
  if (identity.scope !== undefined) {
    return toCanonicalJson([namingVersion, identity.scope, platforms, ref.kind, ref.name]);
  }
  return toCanonicalJson([
    namingVersion,
    identity.context,
    identity.dockerfile,
    identity.target,
    hasValues(identity.matrix) ? identity.matrix : null,
    platforms,
    ref.kind,
    ref.name,
    // Behind all else, so that a build without any of it keeps the name that it had.
    ...(hasValues(identity.variant ?? {}) ? [identity.variant] : []),
  ]);
}

/** Sorted, each once; the machine's own platform when none is asked for, so that asking for it changes nothing. */
function listPlatforms({ platforms, defaultPlatform }: BuildIdentity): readonly string[] {
  const asked = platforms
    .map((platform) => platform.trim().toLowerCase())
    .filter((platform) => platform !== '');
  return [...new Set(asked.length === 0 ? [defaultPlatform.toLowerCase()] : asked)].sort();
}

function hasValues(matrix: unknown): boolean {
  return !isRecord(matrix) || Object.keys(matrix).length > 0;
}

/**
 * Lower-case ASCII only: emulators of the cache service fold the case of keys and answer with the folded one, which BuildKit cannot parse when
 * its cache scope has capitals. Not transliterated: Unicode tables differ between versions of Node, names must not.
 */
function toSlug(text: string, maxLength: number): string {
  return text
    .replace(/[^A-Za-z0-9_]+/g, '-')
    .toLowerCase()
    .replace(/^-+/, '')
    .slice(0, maxLength)
    .replace(/-+$/, '');
}
