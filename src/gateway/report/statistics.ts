import type { CallObserver, ClientCallKind } from '../../cache-client/observer.ts';
import {
  type BuildkitCall,
  buildkitCalls,
  clientCallKinds,
  type ExportReport,
  type GatewayFailure,
  type GatewayReport,
  type ImportReport,
  type TimedPhase,
  timedPhases,
  toCounts,
} from './report.ts';

const keptFailures = 20;
const loggedRefusals = 100;
/** Of a name that somebody made up. */
const keptNames = 20;
const keptNameLength = 200;

type Total =
  | 'bytesUp'
  | 'bytesDown'
  | 'hits'
  | 'misses'
  | 'blobsStored'
  | 'indexesStored'
  | 'packsWritten'
  | 'manifestsWritten'
  | 'movedBlobs'
  | 'droppedRecords'
  | 'droppedResults'
  | 'retries'
  | 'waitMs'
  | 'refused'
  | 'wrongBytes'
  | 'exportFailures'
  | 'importFailures';

/** Counts while the gateway runs; `log` gets one line for what somebody may look for later. */
export class Statistics implements CallObserver {
  readonly #startMs: number;
  readonly #log: (line: string) => void;
  readonly #buildkit = new Map<BuildkitCall, number>();
  readonly #service = new Map<ClientCallKind, number>();
  readonly #totals = new Map<Total, number>();
  readonly #times = new Map<TimedPhase, number>();
  readonly #failures: GatewayFailure[] = [];
  readonly #unplanned = new Set<string>();
  readonly #outages: string[] = [];
  readonly #notices: string[] = [];
  /** The last one that cost an import something. */
  #costlyOutage: string | undefined;

  constructor(startMs: number, log: (line: string) => void) {
    this.#startMs = startMs;
    this.#log = log;
  }

  onCall(kind: ClientCallKind): void {
    this.#service.set(kind, (this.#service.get(kind) ?? 0) + 1);
  }

  onRetry(kind: ClientCallKind, reason: string, waitMs: number): void {
    this.add('retries', 1);
    this.add('waitMs', waitMs);
    this.#log(`${kind} again in ${waitMs} ms: ${reason}`);
  }

  onPause(kind: ClientCallKind, waitMs: number): void {
    this.add('waitMs', waitMs);
    this.#log(`${kind} waits ${waitMs} ms: the service asked another request to`);
  }

  onBytes(direction: 'up' | 'down', bytes: number): void {
    this.add(direction === 'up' ? 'bytesUp' : 'bytesDown', bytes);
  }

  onBuildkit(call: BuildkitCall): void {
    this.#buildkit.set(call, (this.#buildkit.get(call) ?? 0) + 1);
  }

  add(total: Total, amount = 1): void {
    this.#totals.set(total, (this.#totals.get(total) ?? 0) + amount);
  }

  addTime(phase: TimedPhase, milliseconds: number): void {
    this.#times.set(phase, (this.#times.get(phase) ?? 0) + milliseconds);
  }

  /** @param unplanned the cache scope that was asked for and is in no plan */
  refused(what: string, unplanned?: string): void {
    this.add('refused');
    if (unplanned !== undefined && this.#unplanned.size < keptNames)
      this.#unplanned.add(unplanned.slice(0, keptNameLength));
    // Anyone on the machine can knock: the log must not grow with each.
    if ((this.#totals.get('refused') ?? 0) <= loggedRefusals) this.#log(`refused: ${what}`);
  }

  /** A host of the service does not answer any more. */
  onOutage(reason: string): void {
    if (!this.#outages.includes(reason)) this.#outages.push(reason);
    this.#log(`the cache service does not answer: ${reason}`);
  }

  /** A sentence for the user, told at the end of the job. */
  notice(sentence: string): void {
    this.#notices.push(sentence);
    this.#log(sentence);
  }

  failed(direction: 'export' | 'import', step: string, message: string): void {
    this.add(direction === 'export' ? 'exportFailures' : 'importFailures');
    const outage = this.#outages.find((reason) => message.includes(reason));
    // All that an outage costs is told with it, once.
    if (direction === 'import' && outage !== undefined) {
      this.#costlyOutage = outage;
      this.#log(`${direction} failed at ${step}: ${message}`);
      return;
    }
    this.#failures.push({ step, message });
    if (this.#failures.length > keptFailures) this.#failures.shift();
    this.#log(`${direction} failed at ${step}: ${message}`);
  }

  toReport(
    nowMs: number,
    exports: readonly ExportReport[],
    inFlight: number,
    unconfirmed: readonly string[],
    imports: readonly ImportReport[],
  ): GatewayReport {
    const total = (name: Total) => this.#totals.get(name) ?? 0;
    return {
      version: 1,
      uptimeMs: nowMs - this.#startMs,
      fromBuildkit: toCounts(buildkitCalls, (call) => this.#buildkit.get(call) ?? 0),
      toService: toCounts(clientCallKinds, (kind) => this.#service.get(kind) ?? 0),
      bytesUp: total('bytesUp'),
      bytesDown: total('bytesDown'),
      hits: total('hits'),
      misses: total('misses'),
      blobsStored: total('blobsStored'),
      indexesStored: total('indexesStored'),
      packsWritten: total('packsWritten'),
      manifestsWritten: total('manifestsWritten'),
      movedBlobs: total('movedBlobs'),
      droppedRecords: total('droppedRecords'),
      droppedResults: total('droppedResults'),
      retries: total('retries'),
      waitMs: total('waitMs'),
      refused: total('refused'),
      wrongBytes: total('wrongBytes'),
      exportFailures: total('exportFailures'),
      importFailures: total('importFailures'),
      failures: [...this.#failures],
      notices: [...this.#notices],
      outage: this.#costlyOutage,
      imports,
      exports,
      unconfirmed,
      unplanned: [...this.#unplanned],
      times: toCounts(timedPhases, (phase) => Math.round(this.#times.get(phase) ?? 0)),
      pending: inFlight + exports.filter(({ state }) => state === 'pending').length,
    };
  }
}
