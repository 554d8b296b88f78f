import { parseJson, readString } from '../../json.ts';
import { runCommand } from '../../process/command.ts';
import { BuildTrace } from '../trace/trace.ts';
import { countSteps, listExported, type StepCounts } from '../trace/trace-facts.ts';
import { toClientEnvironment } from './build-arguments.ts';
import type { Builder } from './builder.ts';

/** A build that the daemon remembers, whichever client has asked for it. */
export interface PastBuild {
  readonly ref: string;
  /** What buildx calls it, as a directory; foreign text. */
  readonly name: string;
  /** For example `Completed` or `Error`. */
  readonly status: string;
  readonly steps: StepCounts;
  readonly seconds: number;
  readonly startedMs: number;
  /** Digests of the cache manifests that it has pushed to registries. */
  readonly manifests: readonly string[];
  /** When it exported to caches that name no manifest, in milliseconds of the daemon's clock. */
  readonly windows: readonly { readonly fromMs: number; readonly toMs: number }[];
}

const timeoutMs = 30_000;

/**
 * The builds that a daemon remembers, oldest first, from what it recorded itself: a build step can write none of it.
 * BuildKit does so since v0.11. A string says why there is no answer.
 *
 * @param exporters names under which BuildKit exports caches
 */
export async function readHistory(request: {
  readonly buildx: string;
  readonly builder: Builder;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exporters: { readonly named: readonly string[]; readonly timed: readonly string[] };
  readonly signal?: AbortSignal | undefined;
}): Promise<readonly PastBuild[] | string> {
  const { buildx, builder, env, exporters, signal } = request;
  const run = (...args: readonly string[]) =>
    runCommand(buildx, ['history', ...args], {
      env: { ...toClientEnvironment(env), BUILDX_CONFIG: builder.configDirectory },
      timeoutMs,
      signal,
    });
  const list = await run('ls', '--builder', builder.name, '--no-trunc', '--format', 'json');
  if (list.exitCode !== 0) return list.outcome;
  const builds: PastBuild[] = [];
  for (const line of list.stdout.split('\n').filter((text) => text.trim() !== '')) {
    const listed = parseJson(line);
    const ref = readString(listed, 'ref')?.split('/').at(-1);
    if (ref === undefined || !/^[a-z0-9]{1,64}$/.test(ref)) continue;
    // It prints them to stderr, as a build does.
    const { stdout, stderr } = await run('logs', '--builder', builder.name, '--progress', 'rawjson', ref);
    const trace = new BuildTrace();
    for (const message of `${stdout}\n${stderr}`.split('\n')) if (message !== '') trace.add(message);
    const startedMs = Date.parse(readString(listed, 'created_at') ?? '');
    const endedMs = Date.parse(readString(listed, 'completed_at') ?? '');
    builds.push({
      ref,
      name: readString(listed, 'name') ?? '',
      status: readString(listed, 'status') ?? '',
      steps: countSteps(trace.vertices),
      startedMs: Number.isNaN(startedMs) ? 0 : startedMs,
      seconds: Number.isNaN(endedMs - startedMs) ? 0 : (endedMs - startedMs) / 1000,
      ...listExported(trace.vertices, exporters),
    });
  }
  return builds.sort((a, b) => a.startedMs - b.startedMs);
}
