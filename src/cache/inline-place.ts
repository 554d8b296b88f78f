import type { RefName } from '../policy/types.ts';
import type { Scopes } from './backend.ts';

/** Where a plan's caches are when they are in images. */
export interface InlinePlace {
  /** Of images whose caches are imported. */
  readonly refs: readonly string[];
  readonly isExported: boolean;
  /** Why the image carries no cache although the plan exports; undefined: nothing is to be said. */
  readonly withheld: string | undefined;
}

/**
 * The tags that docker/metadata-action gives an image by the ref of its run: `main`, `pr-12`, `v1`; and `latest`, which
 * publishing runs have. A pull request decides by its tags which image it replaces: its image carries a cache only where
 * that is its own, so that what a branch imports is never a pull request's. Pure.
 *
 * @param repository as the attribute `ref` has it; undefined: that of the image
 */
export function toInlinePlace(plan: Scopes, repository: string | undefined): InlinePlace {
  const { images = [], chain = [], exportRef = null } = plan;
  const [image] = images;
  const home = repository ?? (image === undefined ? undefined : splitTag(image).repository);
  const tags = [...chain.flatMap(listTags), ...(chain.length === 0 ? [] : ['latest'])];
  const refs = home === undefined ? [] : [...new Set(tags)].map((tag) => `${home}:${tag}`);
  if (plan.export === null || exportRef === null) return { refs, isExported: false, withheld: undefined };
  const foreign =
    exportRef.kind === 'pr'
      ? images.find((name) => splitTag(name).tag !== `pr-${exportRef.name}`)
      : undefined;
  if (foreign === undefined) return { refs, isExported: true, withheld: undefined };
  return {
    refs,
    isExported: false,
    withheld: `The image carries no cache: a pull request's image may have one only under its own tag (pr-${exportRef.name}), and ${foreign} may be what a branch imports.`,
  };
}

function listTags({ kind, name }: RefName): readonly string[] {
  if (kind === 'pr') return [`pr-${name}`];
  const tag = name
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 128);
  // A branch of this name would read what a pull request has written.
  return tag === '' || /^pr-\d+$/.test(tag) ? [] : [tag];
}

function splitTag(image: string): { readonly repository: string; readonly tag: string } {
  const bare = image.replace(/@.*$/, '');
  const colon = bare.lastIndexOf(':');
  return colon > bare.lastIndexOf('/')
    ? { repository: bare.slice(0, colon), tag: bare.slice(colon + 1) }
    : { repository: bare, tag: 'latest' };
}
