import { classifyRef, isSameRef, type RunRef, toRefName } from './ref.ts';
import type { RefName } from './types.ts';

/** The codes of `ExportCode` that say what a back end does not let a run do; all others are about trust. */
export type RightsCode =
  | 'cache-none'
  | 'no-token'
  | 'mode-none'
  | 'mode-write-only'
  | 'mode-read'
  | 'token-opaque'
  | 'token-read-only';

/**
 * What a back end lets this run do: nothing about whether anybody should trust the run. Plain data. GitHub's service says
 * it in the runtime token (`decideTokenRights`); a back end that keeps no refs apart has none to give (`unbounded`).
 */
export interface Rights {
  readonly canRead: boolean;
  readonly canWrite: boolean;
  /** The ref scopes that can be read, as the token spells them; `any`: the back end does not tell refs apart. */
  readonly readable: readonly string[] | 'any';
  /** The ref scopes that can be written, in the token's order. */
  readonly writable: readonly string[] | 'any';
  /** Why nothing can be written; undefined where something can. */
  readonly refusal: { readonly code: RightsCode; readonly reason: string } | undefined;
  /** Whole sentences for annotations. */
  readonly warnings: readonly string[];
}

/**
 * The rights at a registry, a bucket or a directory: every ref can be read and written there, so the import chain and the
 * export rule alone keep refs apart.
 */
export const unbounded: Rights = {
  canRead: true,
  canWrite: true,
  readable: 'any',
  writable: 'any',
  refusal: undefined,
  warnings: [],
};

/** Where there is no cache at all. */
export const noRights: Rights = {
  canRead: false,
  canWrite: false,
  readable: [],
  writable: [],
  refusal: { code: 'cache-none', reason: 'The input cache is "none".' },
  warnings: [],
};

/**
 * What a run may do at the back end that the input `cache` names.
 *
 * @param ofToken the rights in the runtime token, which the Actions cache goes by
 */
export function toBackendRights(backend: string, ofToken: Rights): Rights {
  if (backend === 'gha') return ofToken;
  return backend === 'none' ? noRights : unbounded;
}

export function canReadRef({ canRead, readable }: Rights, ref: RefName): boolean {
  if (!canRead) return false;
  return readable === 'any' || listRefs(readable).some((own) => isSameRef(own, ref));
}

/**
 * The ref whose caches an export would write; undefined when nothing is writable. BuildKit names its index after the last
 * writable entry of the token. No token with two is known; should there be one, the run's own ref goes first, so that a
 * branch never overwrites the index of another.
 */
export function findWritableRef({ canWrite, writable }: Rights, runRef: string): RunRef | undefined {
  if (!canWrite) return undefined;
  if (writable === 'any') return classifyRef(runRef);
  const refs = writable.map((scope) => classifyRef(scope));
  const own = toRefName(classifyRef(runRef));
  return refs.find((ref) => isOwn(ref, own)) ?? refs.at(-1);
}

function listRefs(scopes: readonly string[]): readonly RefName[] {
  return scopes.map((scope) => toRefName(classifyRef(scope))).filter((ref) => ref !== undefined);
}

function isOwn(ref: RunRef, own: RefName | undefined): boolean {
  const name = toRefName(ref);
  return own !== undefined && name !== undefined && isSameRef(name, own);
}
