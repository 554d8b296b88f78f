import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BuildTrace, type TraceEvent } from '../../src/buildkit/trace/trace.ts';
import { toGhaImport, toRegistryImport, toWords } from '../../src/cache/cache-entries.ts';

/** Of `type=gha` and of `type=registry`. */
export const exporters: readonly string[] = [toGhaImport(''), toRegistryImport('')].flatMap(
  (entry) => toWords(entry).exporters,
);
export const cacheFaults = toWords(undefined).faults;

/** The lines of a recorded `buildx build --progress rawjson` (buildx v0.37.2, BuildKit v0.33.1), see CONTRIBUTING.md. */
export function readTraceLines(name: string): readonly string[] {
  const file = path.join(import.meta.dirname, '..', 'fixtures', 'traces', `${name}.jsonl`);
  return readFileSync(file, 'utf8').replace(/\n$/, '').split('\n');
}

export function replayTrace(name: string): {
  readonly trace: BuildTrace;
  readonly events: readonly TraceEvent[];
} {
  const trace = new BuildTrace();
  const events = readTraceLines(name).flatMap((line) => trace.add(line));
  return { trace, events };
}
