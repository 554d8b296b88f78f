import { type AccessRules, mayReadRef } from '../access/access.ts';
import { parsePassword } from '../access/credentials.ts';
import { toCacheScope } from '../access/oci-name.ts';
import { isSameSecret } from '../access/stub-token.ts';
import type { Statistics } from '../report/statistics.ts';
import type { Store } from '../store/store.ts';
import { OciError } from './oci-error.ts';

export interface OciAccessOptions {
  /** The password. */
  readonly stub: string;
  /** Of all plans so far. */
  readonly rules: () => AccessRules;
  readonly store: Pick<Store, 'exportFault'>;
  readonly statistics: Statistics;
}

/** Who may do what: the same rules as in the gha dialect. */
export class OciAccess {
  readonly #options: OciAccessOptions;

  constructor(options: OciAccessOptions) {
    this.#options = options;
  }

  /** Throws OciError `UNAUTHORIZED` with the challenge that makes containerd show its credentials. */
  demandCredentials(authorization: string | undefined): void {
    const { stub, statistics } = this.#options;
    const password = parsePassword(authorization);
    if (password !== undefined && isSameSecret(password, stub)) return;
    // Each client knocks without any first.
    if (authorization !== undefined)
      statistics.refused('a call of the registry without the token of this job');
    throw new OciError('UNAUTHORIZED', 'the credentials are not those of this job', {
      headers: { 'WWW-Authenticate': 'Basic realm="hotlayer"' },
    });
  }

  /** Answers the cache scope. Throws OciError `DENIED`. */
  demandRead(repository: string): string {
    const cacheScope = toCacheScope(repository, this.#options.rules().readScopes);
    return cacheScope ?? this.#refuse('read', repository, 'the repository is of no cache scope in the plan');
  }

  /** Answers the cache scope. Throws OciError `DENIED`. */
  demandWrite(repository: string): string {
    const { rules, store, statistics } = this.#options;
    const { writeScopes, canWrite } = rules();
    if (writeScopes.size === 0) this.#refuse('write', repository, 'the plan has no export');
    const cacheScope = toCacheScope(repository, writeScopes);
    if (cacheScope === undefined)
      return this.#refuse('write', repository, 'the repository is not the export of the plan');
    const fault = canWrite ? store.exportFault : 'token has no writable scopes';
    if (fault === undefined) return cacheScope;
    if (!canWrite) statistics.failed('export', 'create', `${repository}: cache write denied: ${fault}`);
    throw new OciError('DENIED', `cache write denied: ${fault}`);
  }

  mayRead(repository: string): boolean {
    return toCacheScope(repository, this.#options.rules().readScopes) !== undefined;
  }

  mayReadRef(refHash: string): boolean {
    return mayReadRef(this.#options.rules(), refHash);
  }

  get writeRefHash(): string {
    return this.#options.rules().writeRefHash;
  }

  #refuse(action: 'read' | 'write', repository: string, why: string): never {
    this.#options.statistics.refused(`${action} of repository ${repository}: ${why}`);
    throw new OciError('DENIED', `cache ${action} denied: ${why}`);
  }
}
