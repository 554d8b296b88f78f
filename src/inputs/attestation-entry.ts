import { InputError, quote } from '../errors.ts';
import { parseFields } from './list.ts';
import { isFalse, isTrue } from './output-entry.ts';
import type { Attestation } from './values.ts';

/** One entry of `attests`: `type=…,key=value…`; a boolean by itself switches it on or off. */
export function parseAttestation(name: string, entry: string): Attestation {
  const { type, ...attrs } = parseAttributes(name, entry);
  if (type === undefined || type === '') fail(name, entry, 'it has no type');
  return { type, attrs };
}

/** The value of `provenance`: a boolean, or its attributes. */
export function parseProvenance(name: string, text: string): Attestation {
  return { type: 'provenance', attrs: parseAttributes(name, text) };
}

/** The value of `sbom`: a boolean, or its attributes. */
export function parseSbom(name: string, text: string): Attestation {
  return { type: 'sbom', attrs: parseAttributes(name, text) };
}

/** True for one that is switched off. */
export function isDisabled({ attrs }: Attestation): boolean {
  return isTrue(attrs['disabled']);
}

function parseAttributes(name: string, entry: string): Readonly<Record<string, string>> {
  const attrs: Record<string, string> = {};
  for (const field of parseFields(name, entry)) {
    const equals = field.indexOf('=');
    if (equals === -1) {
      if (!isTrue(field) && !isFalse(field)) fail(name, entry, `${quote(field)} is not key=value`);
      if (isFalse(field)) attrs['disabled'] = 'true';
      continue;
    }
    const key = field.slice(0, equals).trim();
    const isOwn = /^(?:type|disabled)$/i.test(key);
    attrs[isOwn ? key.toLowerCase() : key] = field.slice(equals + 1);
  }
  const { disabled } = attrs;
  if (disabled !== undefined && !isTrue(disabled) && !isFalse(disabled))
    fail(name, entry, `disabled=${disabled} is not a boolean`);
  return attrs;
}

function fail(name: string, entry: string, why: string): never {
  const allowed =
    name === 'attests'
      ? 'type=<sbom|provenance>[,key=value…], one a line'
      : `true, false, or key=value with commas between, for example ${name === 'sbom' ? 'generator=IMAGE' : 'mode=max'}`;
  throw new InputError(
    name,
    `input "${name}": ${quote(entry)} is not an attestation: ${why}; allowed is ${allowed}`,
  );
}
