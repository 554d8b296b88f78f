import { InputError, quote } from '../errors.ts';
import { hasControlCharacters } from './reader.ts';
import type { BuildSecret, KeyValue, SecretFile, SecretVariable } from './values.ts';

/** These hold the runner's own credentials; a build arg would bake them into the image's history. */
export const runnerCredentials: ReadonlySet<string> = new Set([
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
]);

/** BuildKit takes `--secret` as CSV and the id as a file name under /run/secrets. */
const secretId = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** `KEY=VALUE`, or `KEY` alone: the value of the environment. */
export function parseBuildArg(name: string, entry: string): KeyValue {
  const { key, value } = splitPair(entry);
  if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(key)) {
    throw new InputError(
      name,
      `input "${name}": ${quote(entry)} is not a build arg; allowed is KEY=VALUE, or KEY alone to take the value from the environment, one a line`,
    );
  }
  if (value === undefined && runnerCredentials.has(key)) {
    throw new InputError(
      name,
      `input "${name}": ${quote(key)} is a credential of the runner and never goes into a build; allowed is any other name, and for tokens of your own the "secrets" input`,
    );
  }
  return { key, value };
}

/** `key=value`; a label without a value is the empty label, as `docker build --label key` has it. */
export function parseLabel(name: string, entry: string): KeyValue {
  const { key, value } = splitPair(entry);
  if (key === '' || /\s/.test(key) || hasControlCharacters(key)) {
    throw new InputError(
      name,
      `input "${name}": ${quote(entry)} is not a label; allowed is key=value, one a line`,
    );
  }
  return { key, value: value ?? '' };
}

/**
 * The kernel takes no longer string in a process's environment (MAX_ARG_STRLEN, 128 KiB with the name): this is how the
 * value comes here, and how buildx gets it, so that it never lies in a file.
 */
const maxSecretBytes = 131_000;

/**
 * `id=value`; the value to the byte, with white space and line ends at its ends. The entry never appears in a message:
 * whatever is malformed may still hold the secret.
 */
export function parseSecret(name: string, entry: string, position: number): BuildSecret {
  const { key: written, value } = splitPair(entry);
  // White space around an id is never meant: no mount could name it.
  const key = written.trim();
  if (value === undefined || !secretId.test(key)) {
    throw new InputError(
      name,
      `input "${name}": entry ${position} is not a secret (its text is not shown); allowed is id=value, one a line, the id of letters, digits, _, . and -, the whole entry quoted with "…" when the value spans lines`,
    );
  }
  return checkSecret(name, key, value);
}

/** Throws InputError for an id that no mount can name, and for a value that cannot be handed on. */
export function checkSecret(name: string, key: string, value: string): BuildSecret {
  if (!secretId.test(key)) {
    throw new InputError(
      name,
      `input "${name}": an id has other characters than letters, digits, _, . and - (it is not shown); allowed is id and value`,
    );
  }
  const sizeBytes = Buffer.byteLength(value);
  if (sizeBytes > maxSecretBytes) {
    throw new InputError(
      name,
      `input "${name}": the value of ${quote(key)} has ${sizeBytes} bytes; allowed are ${maxSecretBytes}`,
    );
  }
  if (value.includes('\0')) {
    throw new InputError(
      name,
      `input "${name}": the value of ${quote(key)} has a NUL byte, which no environment can carry; allowed is any other text, for example its base64`,
    );
  }
  return { id: key, value };
}

/** `id=VARIABLE`: the value is that of the variable. The entry never appears in a message. */
export function parseSecretVariable(name: string, entry: string, position: number): SecretVariable {
  const { key: id, value: variable = '' } = splitPair(entry);
  if (!secretId.test(id) || variable === '' || /[\s\0]/.test(variable)) {
    throw new InputError(
      name,
      `input "${name}": entry ${position} is not the name of a secret (its text is not shown); allowed is id=VARIABLE, one a line or comma separated, with the name of a variable of the step's environment`,
    );
  }
  if (runnerCredentials.has(variable)) {
    throw new InputError(
      name,
      `input "${name}": ${quote(variable)} is a credential of the runner and never goes into a build; allowed is any other variable`,
    );
  }
  return { id, variable };
}

/** `id=path`: the value is what the file holds. The entry never appears in a message. */
export function parseSecretFile(name: string, entry: string, position: number): SecretFile {
  const { key: id, value: file = '' } = splitPair(entry);
  // A shell makes `~` the home directory, and there is none here.
  if (!secretId.test(id) || file === '' || file.trim().startsWith('~')) {
    throw new InputError(
      name,
      `input "${name}": entry ${position} is not the file of a secret (its text is not shown); allowed is id=path, one a line, the id of letters, digits, _, . and -, the path from the workspace or absolute`,
    );
  }
  return { id, file };
}

function splitPair(entry: string): { readonly key: string; readonly value: string | undefined } {
  const equals = entry.indexOf('=');
  if (equals === -1) return { key: entry, value: undefined };
  return { key: entry.slice(0, equals), value: entry.slice(equals + 1) };
}
