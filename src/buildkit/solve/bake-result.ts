import { type FirstMiss, listFirstMisses } from '../trace/misses.ts';
import { TargetTraces } from '../trace/target-traces.ts';
import type { Vertex } from '../trace/trace.ts';
import {
  type CacheExportResult,
  countSharedSteps,
  findCacheExport,
  hasBegun,
  type StepCounts,
} from '../trace/trace-facts.ts';
import type { CacheWords } from './cache-flags.ts';

/** What a target of a bake came to. */
export interface TargetResult {
  readonly name: string;
  readonly steps: StepCounts;
  readonly cacheExport: CacheExportResult;
  /** Where the cache ended. */
  readonly firstMisses: readonly FirstMiss[];
}

interface NamedTarget {
  readonly name: string;
  readonly words: CacheWords;
}

/** Follows a bake by its targets. */
export class BakeTraces {
  readonly #targets: readonly NamedTarget[];
  readonly #traces: TargetTraces;

  constructor(targets: readonly NamedTarget[]) {
    this.#targets = targets;
    this.#traces = new TargetTraces(targets.map(({ name }) => name));
  }

  add(line: string): void {
    this.#traces.add(line);
  }

  /** The names of all cache exports in the trace of the whole bake. */
  get exporters(): readonly string[] {
    const isOnly = this.#targets.length === 1;
    return this.#targets.flatMap(({ name, words }) =>
      words.exporters.map((exporter) => (isOnly ? exporter : `[${name}] ${exporter}`)),
    );
  }

  /** @param all the vertices of the whole bake */
  toResults(all: readonly Vertex[]): readonly TargetResult[] {
    const byDigest = new Map(all.map((vertex) => [vertex.digest, vertex]));
    return this.#targets.map(({ name, words }) => {
      // What another target got first may be told in its part of the stream alone.
      const vertices = this.#traces.verticesOf(name).map((vertex) => {
        const shared = hasBegun(vertex) ? undefined : byDigest.get(vertex.digest);
        return shared === undefined ? vertex : { ...shared, name: vertex.name };
      });
      return {
        name,
        steps: countSharedSteps(vertices),
        cacheExport: findCacheExport(vertices, words.exporters, all),
        firstMisses: listFirstMisses(vertices),
      };
    });
  }
}

/** A step that targets share counts for each of them. The export of all has come to its end when each one has. */
export function sumUp(targets: readonly TargetResult[]) {
  const sum = (count: keyof StepCounts) => targets.reduce((total, { steps }) => total + steps[count], 0);
  const failed = targets.find(({ cacheExport }) => cacheExport.kind === 'failed');
  const missing = targets.find(({ cacheExport }) => cacheExport.kind === 'none');
  const [first] = targets;
  return {
    targets,
    steps: { cachedSteps: sum('cachedSteps'), totalSteps: sum('totalSteps'), lostSteps: sum('lostSteps') },
    cacheExport: (failed ?? missing ?? first)?.cacheExport ?? { kind: 'none' },
    firstMisses: targets.flatMap(({ firstMisses }) => firstMisses),
  } as const;
}
