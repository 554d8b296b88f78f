import { toMessage } from '../errors.ts';
import type { InputEnvironment } from '../inputs/reader.ts';
import * as log from '../log.ts';
import { renderCodeBlock } from '../report/code-block.ts';
import { renderCode } from '../report/format.ts';
import { appendWhole, setOutputs } from '../runner-files.ts';
import type { WorkflowOutputs } from './leg-result.ts';
import type { ImageReferences } from './references.ts';

interface PushedImage extends ImageReferences {
  readonly digest: string;
  readonly platforms: readonly string[];
}

export function writeWorkflowOutputs(outputs: WorkflowOutputs, env: InputEnvironment): void {
  const values = [
    ['digest', outputs.digest],
    ['image', outputs.image],
    ['tags', outputs.tags],
    ['cache-plan', outputs.cachePlan],
    ['metadata', outputs.metadata],
  ] as const;
  setOutputs(
    values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    env,
  );
}

/** What to pull, into the log and the job's summary. */
export function tellImage(image: PushedImage, env: InputEnvironment): void {
  const { digest, names, references, platforms } = image;
  const commands = [...references, ...names.map((name) => `${name}@${digest}`)].map(
    (reference) => `docker pull ${reference}`,
  );
  log.info([`Pushed for ${platforms.join(', ')}:`, ...commands].join('\n'));
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (!summary) return;
  const text = [
    `### ${renderCode(references[0] ?? digest)}`,
    `For ${platforms.map(renderCode).join(', ')}`,
    renderCodeBlock(commands),
  ];
  try {
    appendWhole(summary, `${text.join('\n\n')}\n\n`);
  } catch (error) {
    log.warning(`The job summary does not say what to pull: ${toMessage(error)}.`);
  }
}
