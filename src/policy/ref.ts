import type { RefName } from './types.ts';

/** What a ref is to the policy. `queue` and `bot` are branches whose caches nobody comes back for. */
export type RunRef =
  | { readonly kind: 'branch' | 'tag' | 'pr' | 'bot'; readonly name: string }
  | { readonly kind: 'queue'; readonly name: string; readonly base: string | undefined }
  | { readonly kind: 'empty' }
  /** A qualified ref that is none of the above, for example `refs/notes/x`. */
  | { readonly kind: 'other'; readonly name: string };

const heads = 'refs/heads/';
const tags = 'refs/tags/';
const botPrefixes = ['dependabot/', 'renovate/'] as const;
const queuePrefix = 'gh-readonly-queue/';

/**
 * The fully qualified ref: tokens say `refs/heads/refs/tags/T` for a tag, and a merged pull request has a bare `main` in
 * GITHUB_REF. Empty stays empty.
 */
export function toCanonicalRef(raw: string): string {
  let ref = raw.trim();
  while (ref.startsWith(`${heads}refs/`)) ref = ref.slice(heads.length);
  if (ref === '' || ref.startsWith('refs/')) return ref;
  return `${heads}${ref}`;
}

export function classifyRef(raw: string): RunRef {
  const ref = toCanonicalRef(raw);
  if (ref === '' || ref === heads || ref === tags) return { kind: 'empty' };
  if (ref.startsWith(tags)) return { kind: 'tag', name: ref.slice(tags.length) };
  const number = /^refs\/pull\/([0-9]+)\/(?:merge|head)$/.exec(ref)?.[1];
  if (number !== undefined) return { kind: 'pr', name: number };
  if (!ref.startsWith(heads)) return { kind: 'other', name: ref };
  const name = ref.slice(heads.length);
  if (name.startsWith(queuePrefix)) return { kind: 'queue', name, base: parseQueueBase(name) };
  if (botPrefixes.some((prefix) => name.startsWith(prefix))) return { kind: 'bot', name };
  return { kind: 'branch', name };
}

/** The name under which a ref's caches are kept; undefined for a ref that has none. */
export function toRefName(ref: RunRef): RefName | undefined {
  switch (ref.kind) {
    case 'branch':
    case 'bot':
    case 'queue':
      return { kind: 'branch', name: ref.name };
    case 'tag':
    case 'pr':
      return { kind: ref.kind, name: ref.name };
    case 'empty':
    case 'other':
      return undefined;
    default:
      return ref satisfies never;
  }
}

/** The branch that a ref or a bare branch name means; undefined for tags, pull requests and the like. */
export function toBranch(raw: string | undefined): RefName | undefined {
  const name = raw === undefined ? undefined : toRefName(classifyRef(raw));
  return name?.kind === 'branch' ? name : undefined;
}

export function isSameRef(a: RefName, b: RefName): boolean {
  return a.kind === b.kind && a.name === b.name;
}

/** `release/1.x` of `gh-readonly-queue/release/1.x/pr-14-<sha>`; undefined when the name has another shape. */
function parseQueueBase(name: string): string | undefined {
  return /^gh-readonly-queue\/(.+)\/pr-[0-9]+-[0-9a-f]+$/i.exec(name)?.[1];
}
