import semver from 'semver';
import { isDisabled } from '../../inputs/attestation-entry.ts';
import type { ImageInputs } from '../../inputs/types.ts';
import type { Attestation, BuildOutput } from '../../inputs/values.ts';
import { renderCsv } from './csv-fields.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What decides on the attestations of a build. */
export interface AttestationFacts {
  readonly asked: Pick<ImageInputs, 'provenance' | 'sbom' | 'attests'>;
  readonly outputs: readonly BuildOutput[];
  /** Everybody can read the repository; undefined: not known, which counts as no. */
  readonly isPublic: boolean | undefined;
  /** URL of this attempt of the run; undefined where the runner does not say. */
  readonly builderId: string | undefined;
  /** Of BuildKit. */
  readonly version: string;
  readonly environment: Environment;
}

/** The first release that makes attestations; buildx refuses to ask an older one for them. */
const firstWithAttestations = 'v0.11.0';

/**
 * As docker/build-push-action (getAttestArgs of its src/context.ts): the inputs `provenance` and `sbom` have precedence
 * over entries of `attests`, and a provenance names the run. buildx takes the first of a type.
 */
export function toAttestations(facts: AttestationFacts): readonly Attestation[] {
  const { provenance, sbom, attests } = facts.asked;
  const isAsked = provenance !== undefined || attests.some(({ type }) => type === 'provenance');
  const given = [provenance, sbom, ...attests].filter((attestation) => attestation !== undefined);
  const first = given.filter(({ type }, index) => given.findIndex((other) => other.type === type) === index);
  return [
    ...(isAsked ? [] : toDefaultProvenance(facts)),
    ...first.map((attestation) => nameRun(attestation, facts.builderId)),
  ];
}

/**
 * All of it for a public repository, and for another one only what tells nothing of the build. Nothing for what goes into
 * Docker, where a single image is the least surprise.
 */
function toDefaultProvenance({
  outputs,
  isPublic,
  builderId,
  version,
  environment,
}: AttestationFacts): readonly Attestation[] {
  const release = semver.valid(version);
  if (release !== null && semver.lt(release, firstWithAttestations)) return [];
  if (saysTrue(environment['BUILDX_NO_DEFAULT_ATTESTATIONS'])) return [];
  if (outputs.some(({ type }) => type === 'docker')) return [];
  const mode = isPublic === true ? { mode: 'max' } : { mode: 'min', 'inline-only': 'true' };
  return [nameRun({ type: 'provenance', attrs: mode }, builderId)];
}

/** A provenance says which attempt of which run made the image. */
export function nameRun(attestation: Attestation, builderId: string | undefined): Attestation {
  const { type, attrs } = attestation;
  const isNamed = type !== 'provenance' || isDisabled(attestation) || attrs['builder-id'] !== undefined;
  return isNamed || builderId === undefined
    ? attestation
    : { type, attrs: { ...attrs, 'builder-id': builderId } };
}

export function renderAttestation({ type, attrs }: Attestation): string {
  return renderCsv([`type=${type}`, ...Object.entries(attrs).map(([key, value]) => `${key}=${value}`)]);
}

/** The page of this attempt, which stands for the builder; undefined where a part of it is not known. */
export function toBuilderId({
  serverUrl,
  repository,
  run,
}: {
  readonly serverUrl: string;
  readonly repository: string;
  readonly run: { readonly id: string; readonly attempt: string };
}): string | undefined {
  if (serverUrl === '' || repository === '' || run.id === '0') return undefined;
  return `${serverUrl}/${repository}/actions/runs/${run.id}/attempts/${run.attempt}`;
}

/** As Go's strconv.ParseBool, with which buildx reads its switches; it fails for what is neither true nor false. */
function saysTrue(value: string | undefined): boolean {
  return value !== undefined && /^(?:1|t|T|TRUE|true|True)$/.test(value);
}
