import { isDisabled } from './attestation-entry.ts';
import type { BuildInputs, ImageInputs } from './types.ts';

/** What makes the result an index of several manifests, where only a single image can be. */
export interface IndexFault {
  readonly input: 'platforms' | 'provenance' | 'sbom' | 'attests';
  /** Begins a clause. */
  readonly what: string;
}

interface IndexInputs {
  readonly build: Pick<BuildInputs, 'platforms'>;
  readonly image: Pick<ImageInputs, 'provenance' | 'sbom' | 'attests'>;
}

/** undefined: the result is a single image. Attestations that nobody asked for are left out there by themselves. */
export function findIndexFault({ build, image }: IndexInputs): IndexFault | undefined {
  const { platforms } = build;
  if (new Set(platforms).size > 1)
    return { input: 'platforms', what: `an image of several platforms (${platforms.join(', ')})` };
  const { provenance, sbom, attests } = image;
  if (provenance !== undefined && !isDisabled(provenance))
    return { input: 'provenance', what: 'a provenance attestation' };
  if (sbom !== undefined && !isDisabled(sbom)) return { input: 'sbom', what: 'a list of the software' };
  const given = [provenance, sbom].map((attestation) => attestation?.type);
  const attested = attests.find(
    (attestation) => !given.includes(attestation.type) && !isDisabled(attestation),
  );
  return attested === undefined
    ? undefined
    : { input: 'attests', what: `an attestation (type=${attested.type})` };
}
