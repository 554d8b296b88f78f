import { toCacheScope } from './oci-name.ts';
import { type AccessRules, findPowerlessness, type Refusal, refuse } from './rules.ts';

export type OciDecision = { readonly kind: 'allowed'; readonly cacheScope: string } | Refusal;

/** What `type=registry` may read: the repositories that stand for the plan's cache scopes. */
export function decideOciRead(rules: AccessRules, repository: string): OciDecision {
  const cacheScope = toCacheScope(repository, rules.readScopes);
  if (cacheScope === undefined)
    return refuse('read', 'the repository is of no cache scope in the plan', toPlainName(repository));
  return { kind: 'allowed', cacheScope };
}

/** What `type=registry` may push to: the repository that stands for the plan's export. */
export function decideOciWrite(rules: AccessRules, repository: string): OciDecision {
  if (rules.writeScopes.size === 0) return refuse('write', 'the plan has no export');
  const cacheScope = toCacheScope(repository, rules.writeScopes);
  if (cacheScope === undefined) {
    const why = 'the repository is not the export of the plan';
    return toCacheScope(repository, rules.readScopes) === undefined
      ? refuse('write', why, toPlainName(repository))
      : refuse('write', why);
  }
  return findPowerlessness(rules) ?? { kind: 'allowed', cacheScope };
}

/** As somebody may have written it. */
function toPlainName(repository: string): string | undefined {
  return repository.replace(/^hotlayer\//, '') || undefined;
}
