import type { RepositoryRefs } from '../cache-server/repository-api.ts';
import { InputError, quote } from '../errors.ts';
import { isRecord, readField, readString } from '../json.ts';

/**
 * The refs of a repository out of what `hotlayer serve --refs` was told, an object with a field for each repository
 * (docs/embedded-service.md). undefined: nothing is told of it. Throws InputError that names the field.
 */
export function parseRefs(document: unknown, repository: string): RepositoryRefs | undefined {
  if (!isRecord(document))
    throw new InputError('refs', 'refs: the file must hold a JSON object with a field for each repository.');
  const name = Object.keys(document).find((key) => key.toLowerCase() === repository.toLowerCase());
  if (name === undefined) return undefined;
  const where = `refs[${quote(name)}]`;
  const refs = document[name];
  const defaultBranch = readString(refs, 'default_branch');
  if (defaultBranch === undefined || defaultBranch === '')
    throw new InputError('refs', `${where}.default_branch: it must be the name of a branch.`);
  const branches = parseNames(readField(refs, 'branches') ?? [], `${where}.branches`);
  return {
    defaultBranch,
    branches: new Set([defaultBranch, ...branches]),
    tags: new Set(parseNames(readField(refs, 'tags') ?? [], `${where}.tags`)),
    pullRequests: parsePullRequests(readField(refs, 'pull_requests') ?? {}, `${where}.pull_requests`),
  };
}

/** Throws InputError when anything in it is not as it should be. */
export function checkRefs(document: unknown): void {
  for (const name of Object.keys(isRecord(document) ? document : {})) parseRefs(document, name);
  if (!isRecord(document)) parseRefs(document, '');
}

function parseNames(value: unknown, where: string): readonly string[] {
  if (!Array.isArray(value)) throw new InputError('refs', `${where}: it must be a list of names.`);
  return value.map((name: unknown) => {
    if (typeof name === 'string' && name !== '') return name;
    throw new InputError('refs', `${where}: ${JSON.stringify(name)} is no name.`);
  });
}

function parsePullRequests(value: unknown, where: string): ReadonlyMap<string, 'open' | 'closed'> {
  if (!isRecord(value))
    throw new InputError('refs', `${where}: it must be an object such as {"7": "open", "8": "closed"}.`);
  return new Map(
    Object.entries(value).map(([number, state]) => {
      if (state === 'open' || state === 'closed') return [number, state];
      throw new InputError(
        'refs',
        `${where}[${quote(number)}]: ${JSON.stringify(state)} is neither "open" nor "closed".`,
      );
    }),
  );
}
