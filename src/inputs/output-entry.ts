import { InputError, quote } from '../errors.ts';
import { checkTag } from './image-reference.ts';
import { parseFields } from './list.ts';
import { refuseTilde } from './path.ts';
import type { BuildOutput } from './values.ts';

/** Of the inputs about the image; not their type, which is made of rows that need this file. */
interface ImageInputs {
  readonly load: boolean;
  readonly outputs: readonly BuildOutput[];
}

const types = ['image', 'registry', 'local', 'tar', 'oci', 'docker', 'cacheonly'];
const named = new Set(['image', 'registry', 'oci', 'docker']);
const files = new Set(['local', 'tar', 'oci', 'docker']);

/**
 * One entry of the `outputs` input, as buildx takes it: `type=…,key=value…`, or a bare path, which means `type=local`;
 * `registry` is short for an image that is pushed.
 */
export function parseOutput(name: string, entry: string): BuildOutput {
  const fields = parseFields(name, entry);
  const [first = ''] = fields;
  if (fields.length === 1 && !first.includes('=')) return parseBarePath(name, first);
  const attrs: Record<string, string> = {};
  for (const field of fields) {
    const equals = field.indexOf('=');
    const key = field.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    if (key === '') fail(name, entry, `${quote(field)} is not key=value`);
    if (key in attrs) fail(name, entry, `${quote(key)} is given twice`);
    attrs[key] = field.slice(equals + 1);
  }
  const { type, ...others } = attrs;
  if (type === undefined) fail(name, entry, 'it has no type');
  if (!types.includes(type)) fail(name, entry, `unknown type ${quote(type)}`);
  const { dest = '' } = others;
  // Without a file `type=docker` is what `load` is short for.
  const isLoaded = type === 'docker' && others['dest'] === undefined;
  if (files.has(type) && !isLoaded && ['', '-'].includes(dest.trim()))
    fail(name, entry, `type=${type} needs dest=<path>`);
  refuseTilde(name, dest);
  if (!files.has(type) && others['dest'] !== undefined) fail(name, entry, `type=${type} takes no dest`);
  for (const image of named.has(type) ? (others['name'] ?? '').split(',') : []) {
    // `*`: the name that the result itself has.
    if (image.trim() !== '' && image !== '*') checkTag(name, image.trim());
  }
  if (type === 'registry') return { type: 'image', attrs: { push: 'true', ...others } };
  return { type, attrs: others };
}

/** True when the output makes an image that has a name. */
export function namesImage(output: BuildOutput): boolean {
  return output.type === 'image' && (output.attrs['name'] ?? '') !== '';
}

/** As BuildKit reads an attribute (Go's strconv.ParseBool). */
export function isTrue(attribute: string | undefined): boolean {
  return attribute !== undefined && /^(?:1|t|T|true|TRUE|True)$/.test(attribute);
}

export function isFalse(attribute: string | undefined): boolean {
  return attribute !== undefined && /^(?:0|f|F|false|FALSE|False)$/.test(attribute);
}

/** @param push the `push` input, which makes every image one that is pushed */
export function pushesImage({ type, attrs }: BuildOutput, push: boolean): boolean {
  return type === 'image' && (push || isTrue(attrs['push']));
}

/** True for an output that goes into a Docker engine. */
export function isLoad({ type, attrs }: BuildOutput): boolean {
  return type === 'docker' && attrs['dest'] === undefined;
}

/** True when the build's image goes into a Docker engine. */
export function loadsImage({ load, outputs }: Pick<ImageInputs, 'load' | 'outputs'>): boolean {
  return load || outputs.some(isLoad);
}

function parseBarePath(name: string, path: string): BuildOutput {
  refuseTilde(name, path);
  if (path === '-') fail(name, path, 'a tar stream to the log is of no use');
  return { type: 'local', attrs: { dest: path } };
}

function fail(name: string, entry: string, why: string): never {
  throw new InputError(
    name,
    `input "${name}": ${quote(entry)} is not an output: ${why}; allowed is type=<${types.join('|')}>[,key=value…], one a line`,
  );
}
