import { type CallKind, callKinds } from '../../cache-server/call.ts';

/** Figures of one kind of call. Bytes are those of bodies. */
export interface CallStatistics {
  readonly count: number;
  /** Answers from 400 on, and connections that broke. */
  readonly failed: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export class CallLedger {
  readonly #figures = new Map<
    CallKind,
    { count: number; failed: number; bytesIn: number; bytesOut: number }
  >();

  record(kind: CallKind, change: Partial<CallStatistics>): void {
    const figures = this.#figures.get(kind) ?? { count: 0, failed: 0, bytesIn: 0, bytesOut: 0 };
    figures.count += change.count ?? 0;
    figures.failed += change.failed ?? 0;
    figures.bytesIn += change.bytesIn ?? 0;
    figures.bytesOut += change.bytesOut ?? 0;
    this.#figures.set(kind, figures);
  }

  /** All kinds that there are, also those that were not called. */
  toStatistics(): Readonly<Record<CallKind, CallStatistics>> {
    const none = { count: 0, failed: 0, bytesIn: 0, bytesOut: 0 };
    const figures = (kind: CallKind): CallStatistics => ({ ...(this.#figures.get(kind) ?? none) });
    return {
      lookup: figures('lookup'),
      create: figures('create'),
      finalize: figures('finalize'),
      list: figures('list'),
      upload: figures('upload'),
      'block-list': figures('block-list'),
      download: figures('download'),
      head: figures('head'),
      'api-list': figures('api-list'),
      'api-delete': figures('api-delete'),
      'api-refs': figures('api-refs'),
      unknown: figures('unknown'),
    };
  }

  get total(): number {
    return callKinds.reduce((sum, kind) => sum + (this.#figures.get(kind)?.count ?? 0), 0);
  }
}
