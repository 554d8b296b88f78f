import { InputError } from '../errors.ts';
import { isRecord } from '../json.ts';
import { checkSecret } from './key-value.ts';
import type { BuildSecret } from './values.ts';
import { parseSecretYaml } from './yaml.ts';

const allowed =
  'an object of id to value, for example "NPM_TOKEN: abc", where a value of several lines stands behind "|"';

/** The secrets of a YAML object of id to value. Throws InputError, which shows nothing of it. */
export function parseSecretMap(name: string, text: string): readonly BuildSecret[] {
  const object = parseSecretYaml(name, text, allowed);
  if (!isRecord(object))
    throw new InputError(name, `input "${name}": its text is not an object; allowed is ${allowed}`);
  return Object.entries(object).map(([id, value], index) => {
    if (typeof value !== 'string') {
      throw new InputError(
        name,
        `input "${name}": the value of entry ${index + 1} is a list or an object (it is not shown); allowed is ${allowed}`,
      );
    }
    return checkSecret(name, id, value);
  });
}
