import { InputError, quote } from '../errors.ts';
import { findGitUrlFault, looksRemote } from '../git/git-url.ts';
import { parseJson } from '../json.ts';
import { refuseTilde } from './path.ts';
import { hasControlCharacters } from './reader.ts';
import type { BuildContext } from './types.ts';

/** The version that action.yml declares; newer ones do not build from the Go module proxy. */
export const defaultBuildkitVersion = 'v0.33.1';
export const defaultBuildxVersion = 'v0.37.2';

export function parseContext(context: string): BuildContext {
  if (!looksRemote(context)) return { kind: 'path', path: refuseTilde('context', context) };
  const fault = findGitUrlFault(context);
  if (fault === undefined) return { kind: 'git', url: context };
  // A password that was put into it is not shown.
  const shown = context.replace(/^([A-Za-z0-9]+:\/\/)[^/@]*@/, '$1***@');
  throw new InputError(
    'context',
    `input "context": ${quote(shown)} is not a Git URL: ${fault}; allowed is https://host/owner/repository.git, ssh://…, git://… or git@host:owner/repository.git, with an optional #ref[:directory] or ?ref=…&subdir=…`,
  );
}

export function parseTarget(target: string | undefined): string | undefined {
  if (target !== undefined && /\s/.test(target)) {
    throw new InputError(
      'target',
      `input "target": ${quote(target)} has white space; allowed is the name of a stage`,
    );
  }
  return target;
}

export function parseScope(raw: string | undefined): string | undefined {
  if (raw === undefined) return undefined;
  const scope = raw.trim();
  if (scope === '' || hasControlCharacters(scope)) {
    const fault = scope === '' ? 'is empty after trimming' : 'has control characters';
    throw new InputError(
      'scope',
      `input "scope": ${quote(raw)} ${fault}; allowed is a name of one line, or leave the input out`,
    );
  }
  return scope;
}

export function parseMatrix(text: string | undefined): unknown {
  if (text === undefined || text === 'null') return undefined;
  const matrix = parseJson(text);
  if (typeof matrix !== 'object' || matrix === null) {
    throw new InputError(
      'matrix',
      `input "matrix": ${quote(text)} is not a matrix; allowed is a JSON object: leave the input at its default, \${{ toJSON(matrix) }}`,
    );
  }
  return matrix;
}

export function parseVersion(version: string): string {
  if (!/^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version)) {
    throw new InputError(
      'buildkit-version',
      `input "buildkit-version": ${quote(version)} is not a version; allowed is vMAJOR.MINOR.PATCH, for example ${defaultBuildkitVersion}`,
    );
  }
  return version.startsWith('v') ? version : `v${version}`;
}

export function parseSha256(sum: string | undefined): string | undefined {
  if (sum !== undefined && !/^[0-9a-f]{64}$/i.test(sum)) {
    throw new InputError(
      'buildkit-sha256',
      `input "buildkit-sha256": ${quote(sum)} is not a SHA-256; allowed are 64 hexadecimal digits`,
    );
  }
  return sum?.toLowerCase();
}

/** zstd's own levels; BuildKit maps them to the four of its encoder: 1-2, 3-5, 6-9 and 10-22. */
export function parseLevel(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const level = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (level < 1 || level > 22) {
    throw new InputError(
      'compression-level',
      `input "compression-level": ${quote(text)} is not a level of zstd; allowed are 1 to 22`,
    );
  }
  return level;
}

/** Milliseconds of `90`, `90s`, `10m` or `1h`. */
export function parseDuration(input: string, text: string): number {
  const [, digits, unit = 's'] = /^(\d{1,6})([smh])?$/.exec(text) ?? [];
  if (digits === undefined) {
    throw new InputError(
      input,
      `input "${input}": ${quote(text)} is not a time; allowed are seconds, or a number with s, m or h: 90, 90s, 10m, 1h`,
    );
  }
  const seconds = unit === 'h' ? 3600 : unit === 'm' ? 60 : 1;
  return Number(digits) * seconds * 1000;
}
