import { toMessage } from '../errors.ts';

/** One part of the clean-up. */
export interface Stage {
  /** For example `the mounts`; it begins the sentence about its failure. */
  readonly name: string;
  readonly run: () => Promise<void>;
}

/**
 * Runs every stage, one after the other, whatever became of those before: what one cannot remove is no reason to leave the
 * rest. Answers what failed, a sentence each.
 */
export async function runStages(stages: readonly Stage[]): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const { name, run } of stages) {
    try {
      await run();
    } catch (error) {
      failures.push(`${name}: ${toMessage(error)}`);
    }
  }
  return failures;
}
