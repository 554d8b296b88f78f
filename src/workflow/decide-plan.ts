import { renderCsv } from '../buildkit/solve/csv-fields.ts';
import { InputError } from '../errors.ts';
import { splitAnnotations } from './annotations.ts';
import type { PlanInputs } from './plan-inputs.ts';
import { isPlatformPrefix, normalizePlatform } from './platforms.ts';
import { type ImageReferences, toReferences } from './references.ts';
import { chooseRunner, type RunnerLabels } from './runner-map.ts';
import type { Distrust } from './trust.ts';

/** One job of the matrix. */
export interface Leg {
  readonly index: number;
  /** For the job's name and for artifacts. */
  readonly name: string;
  /** Empty: what the runner is. */
  readonly platform: string;
  readonly runner: RunnerLabels;
}

export interface WorkflowPlan {
  readonly legs: readonly Leg[];
  /** The run may see secrets. */
  readonly isTrusted: boolean;
  readonly isPushed: boolean;
  /** A job makes an index of what the legs pushed. */
  readonly isMerged: boolean;
  readonly images: ImageReferences;
  /** The inputs of the build step. */
  readonly step: {
    readonly tags: readonly string[];
    readonly push: boolean;
    readonly outputs: string;
    readonly annotations: readonly string[];
  };
  readonly indexAnnotations: readonly string[];
  /** Sentences for the log. */
  readonly notices: readonly string[];
}

/** As many outputs as the job `build` of the workflow declares: a job cannot have outputs that are not declared. */
export const maxLegs = 32;

/** Where the workflow uploads files from. */
export const filesDirectory = 'hotlayer-output';

/** Which jobs there are, and what they do. Pure. Throws InputError. */
export function decideWorkflowPlan(inputs: PlanInputs, distrust: Distrust): WorkflowPlan {
  const images = toReferences(inputs.images, inputs.tags);
  const legs = listLegs(inputs);
  const isImage = inputs.output === 'image';
  const isAsked = inputs.push && isImage;
  if (isAsked && images.references.length === 0) {
    throw new InputError(
      'tags',
      'input "tags" is empty, and "push" needs a tag; allowed is a tag for each of "images", such as latest, or a whole name such as ghcr.io/acme/app:latest',
    );
  }
  const isPushed = isAsked && distrust === undefined;
  const isMerged = isPushed && legs.length > 1;
  const split = splitForLegs(inputs.annotations, isMerged);
  return {
    legs,
    isTrusted: distrust === undefined,
    isPushed,
    isMerged,
    images,
    step: {
      tags: listStepTags(inputs, images, isMerged),
      push: isPushed && !isMerged,
      outputs: toOutputs(inputs, { isPushed, isMerged }),
      annotations: split.leg,
    },
    indexAnnotations: split.index,
    notices: listNotices(inputs, distrust),
  };
}

/** The first one names the cache as well; plain files have no name. */
function listStepTags({ output }: PlanInputs, { names, references }: ImageReferences, isMerged: boolean) {
  if (output === 'local' || output === 'tar') return [];
  return isMerged || references.length === 0 ? names : references;
}

function splitForLegs(annotations: readonly string[], isMerged: boolean) {
  return isMerged ? splitAnnotations(annotations) : { leg: annotations, index: [] };
}

function listLegs({ platforms, runners }: PlanInputs): readonly Leg[] {
  const wanted = [...new Set(platforms.map((platform) => normalizePlatform('platforms', platform)))];
  if (wanted.length > maxLegs) {
    throw new InputError(
      'platforms',
      `input "platforms": ${wanted.length} platforms would be ${wanted.length} jobs; allowed are at most ${maxLegs} in one call of this workflow`,
    );
  }
  if (wanted.length === 0)
    return [{ index: 0, name: 'image', platform: '', runner: chooseRunner('runner', runners, undefined) }];
  return wanted.map((platform, index) => ({
    index,
    name: platform.replaceAll(/[^a-z0-9.]+/g, '-').replace(/-$/, ''),
    platform,
    runner: chooseRunner('runner', runners, platform),
  }));
}

function toOutputs(
  { output }: PlanInputs,
  { isPushed, isMerged }: Pick<WorkflowPlan, 'isPushed' | 'isMerged'>,
): string {
  switch (output) {
    case 'image':
      if (isMerged) return 'type=image,push-by-digest=true,name-canonical=true,push=true';
      return isPushed ? '' : 'type=image,push=false';
    case 'local':
      return renderCsv(['type=local', `dest=${filesDirectory}`]);
    case 'oci':
    case 'tar':
      return renderCsv([`type=${output}`, `dest=${filesDirectory}/image.tar`]);
    default:
      return output satisfies never;
  }
}

function listNotices({ push, output, images, tags, runners, platforms }: PlanInputs, distrust: Distrust) {
  const isWithout = [
    ...(push && output !== 'image' ? ['push'] : []),
    ...(images.length > 0 && tags.length === 0 ? ['images'] : []),
  ];
  const unused = runners.rules.filter(
    ({ prefix }) =>
      !platforms.some((platform) => isPlatformPrefix(prefix, normalizePlatform('platforms', platform))),
  );
  return [
    ...(distrust === undefined
      ? []
      : [
          `This run gets no secrets${push ? ' and pushes nothing, although "push" is true' : ''}: ${distrust}.`,
        ]),
    ...isWithout.map((name) =>
      name === 'push'
        ? `The input "push" has no effect: "output: ${output}" makes files, which are uploaded as an artifact.`
        : 'The input "images" names the cache only: there are no "tags".',
    ),
    ...(unused.length > 0 && !isDefaultMap(runners.rules)
      ? [
          `Lines of the input "runner" that no platform uses: ${unused.map(({ prefix }) => prefix).join(', ')}.`,
        ]
      : []),
  ];
}

/** The workflow's own default names platforms that few builds have. */
function isDefaultMap(rules: PlanInputs['runners']['rules']): boolean {
  return rules.every(({ labels }) => labels === 'ubuntu-24.04-arm');
}
