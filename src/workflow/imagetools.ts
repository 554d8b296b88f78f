import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { classifyPushFailure } from '../buildkit/solve/push-failure.ts';
import { ToolError } from '../errors.ts';
import * as log from '../log.ts';
import { type ChildEnvironment, type CommandResult, runCommand } from '../process/command.ts';
import type { Served } from './index-check.ts';

/** buildx, as it is asked about registries. */
export interface ImageTools {
  readonly buildx: string;
  readonly env: ChildEnvironment;
  readonly signal: AbortSignal;
}

/** Ten minutes: the layers are there already, and only small documents are sent. */
const timeoutMs = 600_000;
const retryDelaysMs = [2000, 8000] as const;

/** The arguments of buildx that make an index of the legs under all tags of a name. Pure. */
export function toCreateArguments(options: {
  readonly name: string;
  readonly references: readonly string[];
  readonly digests: readonly string[];
  readonly annotations: readonly string[];
}): readonly string[] {
  const { name, references, digests, annotations } = options;
  return [
    ...['imagetools', 'create', '--progress=plain'],
    ...references.flatMap((reference) => ['--tag', reference]),
    ...annotations.flatMap((annotation) => ['--annotation', annotation]),
    ...digests.map((digest) => `${name}@${digest}`),
  ];
}

/** Makes an index; what the network or the registry holds up is tried again. Throws ToolError. */
export async function createIndex(tools: ImageTools, args: readonly string[]): Promise<void> {
  const { stderr, outcome } = await ask(tools, args);
  if (stderr !== '') log.info(stderr.trimEnd());
  log.debug(outcome);
}

/** What a registry serves for a reference, byte for byte. Throws ToolError. */
export async function readServed(tools: ImageTools, reference: string): Promise<Served> {
  const { stdout } = await ask(tools, ['imagetools', 'inspect', '--raw', reference]);
  const digest = `sha256:${createHash('sha256').update(stdout, 'utf8').digest('hex')}`;
  return { reference, digest, text: stdout };
}

async function ask({ buildx, env, signal }: ImageTools, args: readonly string[]): Promise<CommandResult> {
  for (let attempt = 0; ; attempt++) {
    const result = await runCommand(buildx, args, { env, timeoutMs, signal });
    signal.throwIfAborted();
    if (result.exitCode === 0) return result;
    const waitMs = retryDelaysMs[attempt];
    const output = result.stderr.split('\n');
    const reason = output.findLast((line) => line.startsWith('ERROR: '))?.slice('ERROR: '.length) ?? '';
    const failure = classifyPushFailure({
      reason: `failed to push ${args.at(-1)}: ${lastWords(reason)}`,
      output,
    });
    if (waitMs === undefined || failure.kind === 'final')
      throw new ToolError('imagetools', `buildx ${args.slice(0, 2).join(' ')} ${result.outcome}`);
    log.info(`Once more in ${waitMs / 1000} s: ${result.outcome}`);
    await delay(waitMs, undefined, { signal });
  }
}

/** BuildKit's words stand behind what buildx did, `copy … to …: publish …: unexpected status …`. */
function lastWords(reason: string): string {
  return (
    /\b(?:unexpected status|failed to do request|received unexpected HTTP status)\b.*$/s.exec(reason)?.[0] ??
    reason
  );
}
