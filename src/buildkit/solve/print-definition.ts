import { ToolError } from '../../errors.ts';
import { runCommand } from '../../process/command.ts';
import { BuildTrace } from '../trace/trace.ts';
import type { BakeCommand } from './bake-arguments.ts';
import { type BakeTarget, parseBakeDefinition } from './bake-definition.ts';
import { findExcerpt, findReason } from './build-failure.ts';

/** Resolves a definition with buildx. Throws ToolError `bake-definition` with buildx's words, file and line. */
export async function printDefinition(
  buildx: string,
  { args, env }: BakeCommand,
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<readonly BakeTarget[]> {
  const answer = await runCommand(buildx, args, { env, cwd, signal });
  signal.throwIfAborted();
  const targets = answer.exitCode === 0 ? parseBakeDefinition(answer.stdout) : undefined;
  if (targets !== undefined && targets.length > 0) return targets;
  const trace = new BuildTrace();
  for (const line of answer.stderr.split('\n')) trace.add(line);
  const reason = findReason(trace.text) ?? answer.outcome;
  // Of a repository that cannot be read buildx says no more than that there is no definition.
  const failed = trace.vertices.find(({ error }) => error !== undefined);
  const why = failed === undefined ? '' : ` (${failed.name}: ${failed.error})`;
  const excerpt = findExcerpt(trace.text);
  throw new ToolError(
    'bake-definition',
    [`The bake definition could not be read: ${reason}${why}`, ...excerpt].join('\n').trimEnd(),
  );
}
