import { runCommand } from '../../process/command.ts';
import { toClientEnvironment } from './build-arguments.ts';
import type { Builder } from './builder.ts';

/** What a daemon says of itself. */
export interface InspectedDaemon {
  /** For example `v0.33.1`; undefined: it is too old to say. */
  readonly version: string | undefined;
}

/** buildx itself waits 20 seconds for a daemon. */
const timeoutMs = 40_000;

/** Asks the daemon of a builder by the client that builds; a string says why there is no answer. */
export async function inspectDaemon(
  buildx: string,
  builder: Builder,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<InspectedDaemon | string> {
  const { exitCode, stdout, outcome } = await runCommand(buildx, ['inspect', '--bootstrap', builder.name], {
    env: { ...toClientEnvironment(env), BUILDX_CONFIG: builder.configDirectory },
    timeoutMs,
    signal,
  });
  signal?.throwIfAborted();
  if (exitCode !== 0) return outcome;
  return parseInspection(stdout);
}

/** What `buildx inspect` prints, for example `BuildKit version: v0.33.1`. Pure. */
export function parseInspection(text: string): InspectedDaemon | string {
  const find = (name: string) => new RegExp(`^${name}:\\s+(.+)$`, 'm').exec(text)?.[1]?.trim();
  const error = find('Error');
  if (error !== undefined) return error;
  if (find('Status') !== 'running') return `its status is ${find('Status') ?? 'unknown'}`;
  return { version: find('BuildKit version') };
}
