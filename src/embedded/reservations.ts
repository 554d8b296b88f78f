import type { Caller, CommitTarget, ProtocolVersion } from '../cache-server/service.ts';
import { foldKey } from './look-up.ts';

export interface ReservedKey {
  readonly id: number;
  readonly repository: string;
  readonly refScope: string;
  readonly key: string;
  readonly version: string;
  readonly reservedAt: number;
}

/** Keys that are reserved and not committed yet. They are not kept on disk: a restart frees them. */
export class Reservations {
  readonly #byId = new Map<number, ReservedKey>();

  get size(): number {
    return this.#byId.size;
  }

  add(reservation: ReservedKey): void {
    this.#byId.set(reservation.id, reservation);
  }

  remove(id: number): void {
    this.#byId.delete(id);
  }

  get(id: number): ReservedKey | undefined {
    return this.#byId.get(id);
  }

  has(
    repository: string,
    refScope: string,
    version: string,
    key: string,
    protocol: ProtocolVersion,
  ): boolean {
    const wanted = foldKey(key, protocol);
    return [...this.#byId.values()].some(
      (other) =>
        other.repository === repository &&
        other.refScope === refScope &&
        other.version === version &&
        foldKey(other.key, protocol) === wanted,
    );
  }

  /** The caller's own, by id (v1) or by key and version (v2). */
  find(caller: Caller, writableScope: string, target: CommitTarget): ReservedKey | undefined {
    return [...this.#byId.values()].find(
      (other) =>
        other.repository === caller.repository &&
        other.refScope === writableScope &&
        (target.kind === 'id'
          ? String(other.id) === target.id
          : other.key === target.key && other.version === target.version),
    );
  }

  /** Those reserved before that time. */
  listOlder(reservedBefore: number): readonly ReservedKey[] {
    return [...this.#byId.values()].filter((reservation) => reservation.reservedAt < reservedBefore);
  }
}
