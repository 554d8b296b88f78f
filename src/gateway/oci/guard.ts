import { showsPassword } from '../access/credentials.ts';
import { decideOciRead, decideOciWrite, type OciDecision } from '../access/oci-access.ts';
import { type AccessRules, mayReadRef, toDenial } from '../access/rules.ts';
import type { Statistics } from '../report/statistics.ts';
import type { Store } from '../store/store.ts';
import { OciError } from './oci-error.ts';

interface OciGuardOptions {
  /** The password. */
  readonly stub: string;
  /** Of all plans so far. */
  readonly rules: () => AccessRules;
  readonly store: Pick<Store, 'exportFault'>;
  readonly statistics: Statistics;
}

/** Holds each call to the rules, in the words of a registry, and counts what it refuses. */
export class OciGuard {
  readonly #options: OciGuardOptions;

  constructor(options: OciGuardOptions) {
    this.#options = options;
  }

  /** Throws OciError `UNAUTHORIZED` with the challenge that makes containerd show its credentials. */
  demandCredentials(authorization: string | undefined): void {
    const { stub, statistics } = this.#options;
    if (showsPassword(authorization, stub)) return;
    // Each client knocks without any first.
    if (authorization !== undefined)
      statistics.refused('a call of the registry without the token of this job');
    throw new OciError('UNAUTHORIZED', 'the credentials are not those of this job', {
      headers: { 'WWW-Authenticate': 'Basic realm="hotlayer"' },
    });
  }

  /** Answers the cache scope. Throws OciError `DENIED`. */
  demandRead(repository: string): string {
    return this.#demand('read', repository, decideOciRead(this.#options.rules(), repository));
  }

  /** Answers the cache scope. Throws OciError `DENIED`. */
  demandWrite(repository: string): string {
    const { rules, store } = this.#options;
    const cacheScope = this.#demand('write', repository, decideOciWrite(rules(), repository));
    if (store.exportFault !== undefined) throw new OciError('DENIED', toDenial('write', store.exportFault));
    return cacheScope;
  }

  mayRead(repository: string): boolean {
    return decideOciRead(this.#options.rules(), repository).kind === 'allowed';
  }

  mayReadRef(refHash: string): boolean {
    return mayReadRef(this.#options.rules(), refHash);
  }

  get writeRefHash(): string {
    return this.#options.rules().writeRefHash;
  }

  #demand(action: 'read' | 'write', repository: string, decision: OciDecision): string {
    const { statistics } = this.#options;
    if (decision.kind === 'allowed') return decision.cacheScope;
    const { message } = decision;
    if (decision.kind === 'refused')
      statistics.refused(`${action} of repository ${repository}: ${message}`, decision.unplanned);
    else statistics.failed('export', 'create', `${repository}: ${message}`);
    throw new OciError('DENIED', message);
  }
}
