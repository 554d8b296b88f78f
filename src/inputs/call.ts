import { InputError, quote } from '../errors.ts';
import { parseFields } from './list.ts';
import { isFalse, isTrue } from './output-entry.ts';
import type { BuildCall } from './values.ts';

/** `check`, `outline` or `targets`, with `,format=json` or not; undefined: the build itself. */
export function parseCall(name: string, text: string): BuildCall | undefined {
  const methods: string[] = [];
  for (const field of parseFields(name, text)) {
    const [key = '', value] = field.split(/=(.*)/s, 2);
    if (value === undefined) methods.push(field);
    else if (key === 'ignorestatus' ? !isTrue(value) && !isFalse(value) : key !== 'format') fail(name, text);
  }
  const [method, another] = methods;
  if (method === undefined || another !== undefined) fail(name, text);
  return method === 'build' ? undefined : { text, isCheck: method === 'check' || method === 'lint' };
}

function fail(name: string, text: string): never {
  throw new InputError(
    name,
    `input "${name}": ${quote(text)} is not a method of a build; allowed are build, check, outline and targets, each also with ,format=json`,
  );
}
