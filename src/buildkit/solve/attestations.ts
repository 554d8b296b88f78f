import semver from 'semver';
import type { BuildOutput } from '../../inputs/values.ts';
import { renderCsv } from './csv-fields.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** One `--attest` of buildx. */
export interface Attestation {
  readonly type: string;
  readonly attrs: Readonly<Record<string, string>>;
}

/** What decides on the provenance of a build that asks for none. */
export interface ProvenanceFacts {
  readonly outputs: readonly BuildOutput[];
  /** Everybody can read the repository; undefined: not known, which counts as no. */
  readonly isPublic: boolean | undefined;
  /** URL of this attempt of the run; undefined where the runner does not say. */
  readonly builderId: string | undefined;
  /** Of BuildKit. */
  readonly version: string;
  readonly environment: Environment;
  /** The user wants none. */
  readonly isDeclined: boolean;
}

/** The first release that makes attestations; buildx refuses to ask an older one for them. */
const firstWithAttestations = 'v0.11.0';

/**
 * As docker/build-push-action (getAttestArgs of its src/context.ts): all of it for a public repository, and for another
 * one only what tells nothing of the build. Nothing for a docker archive, which cannot hold any.
 */
export function toDefaultProvenance(facts: ProvenanceFacts): readonly Attestation[] {
  const { outputs, isPublic, builderId, version, environment, isDeclined } = facts;
  const release = semver.valid(version);
  if (release !== null && semver.lt(release, firstWithAttestations)) return [];
  if (saysTrue(environment['BUILDX_NO_DEFAULT_ATTESTATIONS'])) return [];
  // Without a word buildx adds a small one by itself.
  if (isDeclined) return [{ type: 'provenance', attrs: { disabled: 'true' } }];
  if (outputs.some(({ type }) => type === 'docker')) return [];
  const mode = isPublic === true ? { mode: 'max' } : { mode: 'min', 'inline-only': 'true' };
  return [
    {
      type: 'provenance',
      attrs: { ...mode, ...(builderId === undefined ? {} : { 'builder-id': builderId }) },
    },
  ];
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
