import { checkTag } from './image-reference.ts';
import { parseLabel } from './key-value.ts';
import { csv, flag, lineOrDefault, lines, raw } from './kinds.ts';
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
  outputs: raw({
    name: 'outputs',
    description:
      'Where the result goes, one `type=…,dest=…` a line with type `image`, `registry`, `local`, `tar`, `oci`, `docker` or `cacheonly`; missing directories of `dest` are made.',
    parse: parseOutput,
  }),
};
