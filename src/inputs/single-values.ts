import { InputError, quote } from '../errors.ts';
import { findGitUrlFault, looksRemote } from '../git/git-url.ts';
import { parseJson } from '../json.ts';
import { contextTemplate } from './named-context.ts';
import { refuseTilde } from './path.ts';
import { hasControlCharacters } from './reader.ts';
import type { BuildContext } from './values.ts';

/** The version that action.yml declares; newer ones do not build from the Go module proxy. */
export const defaultBuildkitVersion = 'v0.33.1';
export const defaultBuildxVersion = 'v0.37.2';

/** `{{defaultContext}}` stays in the URL for plan/default-context. */
export function parseContext(name: string, context: string | undefined): BuildContext {
  if (context === undefined) return { kind: 'path', path: '.', isDefault: true };
  if (contextTemplate.test(context)) return { kind: 'git', url: context };
  if (!looksRemote(context)) return { kind: 'path', path: refuseTilde(name, context) };
  const fault = findGitUrlFault(context);
  if (fault === undefined) return { kind: 'git', url: context };
  // A password that was put into it is not shown.
  const shown = context.replace(/^([A-Za-z0-9]+:\/\/)[^/@]*@/, '$1***@');
  throw new InputError(
    name,
    `input "${name}": ${quote(shown)} is not a Git URL: ${fault}; allowed is https://host/owner/repository.git, ssh://…, git://… or git@host:owner/repository.git, with an optional #ref[:directory] or ?ref=…&subdir=…`,
  );
}

export function refuseBuilder(name: string, builder: string): never {
  throw new InputError(
    name,
    `input "${name}": ${quote(builder)} names a builder of docker/setup-buildx-action, and Hotlayer builds with a BuildKit that it starts itself; allowed is to leave it out, or "endpoint" with the address of a BuildKit that runs already`,
  );
}

export function parseTarget(name: string, target: string): string {
  if (/\s/.test(target)) {
    throw new InputError(
      name,
      `input "${name}": ${quote(target)} has white space; allowed is the name of a stage`,
    );
  }
  return target;
}

export function parseScope(name: string, raw: string): string {
  const scope = raw.trim();
  if (scope === '' || hasControlCharacters(scope)) {
    const fault = scope === '' ? 'is empty after trimming' : 'has control characters';
    throw new InputError(
      name,
      `input "${name}": ${quote(raw)} ${fault}; allowed is a name of one line, or leave the input out`,
    );
  }
  return scope;
}

export function parseMatrix(name: string, text: string): unknown {
  if (text === 'null') return undefined;
  const matrix = parseJson(text);
  if (typeof matrix !== 'object' || matrix === null) {
    throw new InputError(
      name,
      `input "${name}": ${quote(text)} is not a matrix; allowed is a JSON object: leave the input at its default, \${{ toJSON(matrix) }}`,
    );
  }
  return matrix;
}

/** @param example a version that there is */
export function parseVersion(name: string, version: string, example: string): string {
  if (!/^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version)) {
    throw new InputError(
      name,
      `input "${name}": ${quote(version)} is not a version; allowed is vMAJOR.MINOR.PATCH, for example ${example}`,
    );
  }
  return version.startsWith('v') ? version : `v${version}`;
}

export function parseSha256(name: string, sum: string): string {
  if (!/^[0-9a-f]{64}$/i.test(sum)) {
    throw new InputError(
      name,
      `input "${name}": ${quote(sum)} is not a SHA-256; allowed are 64 hexadecimal digits`,
    );
  }
  return sum.toLowerCase();
}

/** zstd's own levels; BuildKit maps them to the four of its encoder: 1-2, 3-5, 6-9 and 10-22. */
export function parseLevel(name: string, text: string): number {
  const level = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (level < 1 || level > 22) {
    throw new InputError(name, `input "${name}": ${quote(text)} is not a level of zstd; allowed are 1 to 22`);
  }
  return level;
}

export function parseRetries(name: string, text: string): number {
  const retries = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (retries >= 0 && retries <= 10) return retries;
  throw new InputError(
    name,
    `input "${name}": ${quote(text)} is not a number of retries; allowed are 0 to 10`,
  );
}
