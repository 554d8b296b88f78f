import { parseAnnotation } from './annotation-entry.ts';
import { parseAttestation, parseProvenance, parseSbom } from './attestation-entry.ts';
import { checkTag } from './image-reference.ts';
import { parseLabel } from './key-value.ts';
import { csv, flag, line, lineOrDefault, lines, raw } from './kinds.ts';
import { parseOutput } from './output-entry.ts';
import { parseRetries } from './single-values.ts';

/** What the result is called, and where it goes. */
export const imageRows = {
  tags: csv({
    name: 'tags',
    description: 'Names of the image such as `ghcr.io/acme/app:1.0`, one a line or comma separated.',
    parse: checkTag,
  }),
  labels: lines({
    name: 'labels',
    description: 'Labels of the image, one `key=value` a line.',
    parse: parseLabel,
  }),
  annotations: lines({
    name: 'annotations',
    description:
      'Annotations of the image, one `key=value` a line, with the level in front (`index:key=value`) where it is not the manifest.',
    parse: parseAnnotation,
  }),
  push: flag({
    name: 'push',
    description: 'Push the image to the registry of its tags.',
    default: false,
  }),
  pushRetries: lineOrDefault({
    name: 'push-retries',
    description:
      'How often a push that failed for the network, a 429 or a 5xx of the registry is made again, 0 to 10 times; no step runs again for it.',
    default: '2',
    parse: parseRetries,
    idle: ['nothing-pushed'],
  }),
  load: flag({
    name: 'load',
    description: "Load the image into the runner's Docker.",
    default: false,
  }),
  outputs: raw({
    name: 'outputs',
    description:
      'Where the result goes, one `type=…,dest=…` a line with type `image`, `registry`, `local`, `tar`, `oci`, `docker` or `cacheonly`; missing directories of `dest` are made.',
    parse: parseOutput,
  }),
  provenance: line({
    name: 'provenance',
    description:
      'Provenance attestation, `true`, `false` or its attributes such as `mode=max`; by default `mode=max` for a public repository, and one that tells nothing of the build for another.',
    parse: parseProvenance,
  }),
  sbom: line({
    name: 'sbom',
    description:
      'List of the software in the image, `true`, `false` or its attributes such as `generator=IMAGE`.',
    parse: parseSbom,
  }),
  attests: lines({
    name: 'attests',
    description:
      'Attestations, one `type=…,key=value` a line; `provenance` and `sbom` have precedence over entries of their type.',
    parse: parseAttestation,
  }),
};
