import { InputError } from '../errors.ts';
import { isRecord, parseJson, readNumber, readString } from '../json.ts';
import type { ImageReferences } from './references.ts';

/** What the job of a platform says of itself, in an output of its own. */
export interface LegResult {
  readonly platform: string;
  readonly digest: string | undefined;
  readonly cachePlan: unknown;
  readonly metadata: unknown;
}

/** The outputs of the whole workflow; those that are undefined are not set. */
export interface WorkflowOutputs {
  readonly digest: string | undefined;
  readonly image: string | undefined;
  readonly tags: string | undefined;
  /** JSON objects by platform. */
  readonly cachePlan: string;
  readonly metadata: string;
}

/** GitHub keeps 1 MiB of outputs a job, counted in UTF-16; the leg of a single platform has each value twice. */
export const maxResultLength = 200_000;

const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** As the output of the leg; without the metadata where these are too long. */
export function renderLegResult(result: LegResult): { readonly text: string; readonly isWhole: boolean } {
  const text = JSON.stringify(result);
  return text.length <= maxResultLength
    ? { text, isWhole: true }
    : { text: JSON.stringify({ ...result, metadata: null }), isWhole: false };
}

/** @param cachePlan of a build; empty where it did not say */
export function toLegResult(given: {
  readonly platform: string;
  readonly digest: string;
  readonly cachePlan: string;
  readonly metadata: string;
}): LegResult {
  return {
    platform: given.platform,
    digest: digestPattern.test(given.digest) ? given.digest : undefined,
    cachePlan: parseJson(given.cachePlan) ?? null,
    metadata: parseJson(given.metadata) ?? null,
  };
}

/** The platforms of a plan's legs, by their index. Throws InputError for what the plan did not write. */
export function parseLegs(text: string): readonly { readonly index: number; readonly platform: string }[] {
  const legs = parseJson(text);
  const parsed = (Array.isArray(legs) ? legs : []).flatMap((leg: unknown) => {
    const [index, platform] = [readNumber(leg, 'index'), readString(leg, 'platform')];
    return index === undefined || platform === undefined ? [] : [{ index, platform }];
  });
  if (parsed.length > 0) return parsed;
  throw new InputError('legs', 'input "legs" is not the output "legs" of hotlayer/hotlayer/workflow/plan');
}

/**
 * What the legs of a plan have said, one each. Throws InputError where one of them did not.
 *
 * @param results the outputs `leg-0`, `leg-1` … of their job as JSON
 */
export function collectResults(
  legs: readonly { readonly index: number; readonly platform: string }[],
  results: string,
): readonly LegResult[] {
  const all = parseJson(results);
  return legs.map(({ index, platform }) => {
    const said = parseJson(readString(all, `leg-${index}`) ?? '');
    const digest = readString(said, 'digest');
    if (!isRecord(said) || digest === undefined || !digestPattern.test(digest)) {
      throw new InputError(
        'results',
        `input "results" has no digest for ${platform} (output leg-${index}): its job pushed nothing`,
      );
    }
    return { platform, digest, cachePlan: said['cachePlan'] ?? null, metadata: said['metadata'] ?? null };
  });
}

export function toWorkflowOutputs(
  results: readonly LegResult[],
  { digest, names, references }: ImageReferences & { readonly digest: string | undefined },
): WorkflowOutputs {
  const [name] = names;
  return {
    digest,
    image: digest === undefined || name === undefined ? undefined : `${name}@${digest}`,
    tags: references.length === 0 ? undefined : references.join('\n'),
    cachePlan: JSON.stringify(
      Object.fromEntries(results.map(({ platform, cachePlan }) => [platform, cachePlan])),
    ),
    metadata: JSON.stringify(
      Object.fromEntries(results.map(({ platform, metadata }) => [platform, metadata])),
    ),
  };
}
