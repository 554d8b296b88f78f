import { InputError, quote } from '../errors.ts';

// Grammar of distribution/reference, which BuildKit parses names with.
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const remoteName = new RegExp(`^${component}(?:/${component})*$`);
const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const versionTag = /^\w[\w.-]{0,127}$/;
const maxNameLength = 255;

const allowed = 'allowed is [registry/]name[:tag] with a lower-case name, for example ghcr.io/acme/app:1.0';

/** The tag as given; throws InputError when it is not an image reference that can be tagged. */
export function checkTag(name: string, reference: string): string {
  const fault = findFault(reference);
  if (fault !== undefined) {
    throw new InputError(
      name,
      `input "${name}": ${quote(reference)} is not an image tag: ${fault}; ${allowed}`,
    );
  }
  return reference;
}

/** `app` of `ghcr.io/acme/app:1.0`. */
export function toImageName(reference: string): string {
  const last = reference.slice(reference.lastIndexOf('/') + 1);
  return last.replace(/[:@].*$/, '');
}

/** True for a name without tag and digest. */
export function isNameOnly(reference: string): boolean {
  return !/[:@]/.test(reference.slice(reference.lastIndexOf('/') + 1));
}

function findFault(reference: string): string | undefined {
  if (reference.includes('://')) return 'it is a URL';
  if (reference.includes('@')) return 'it has a digest, which only BuildKit can make';
  const { registry, path } = splitRegistry(reference);
  const colon = path.indexOf(':');
  const repository = colon === -1 ? path : path.slice(0, colon);
  if (colon !== -1 && !versionTag.test(path.slice(colon + 1))) {
    return `its tag ${quote(path.slice(colon + 1))} must have 1 to 128 characters of letters, digits, _, . and -, and begin with a letter, a digit or _`;
  }
  if (registry !== undefined && !domain.test(registry))
    return `its registry ${quote(registry)} is not a host name`;
  if (/[A-Z]/.test(repository)) return `its name ${quote(repository)} has upper-case letters`;
  if (!remoteName.test(repository)) return `its name ${quote(repository)} is malformed`;
  if (repository.length > maxNameLength) return `its name is longer than ${maxNameLength} characters`;
  if (registry === undefined && /^[a-f0-9]{64}$/.test(repository))
    return 'it could be mistaken for an image ID';
  return undefined;
}

/** The first component is a registry only if it looks like a host: a dot, a port or `localhost`. */
function splitRegistry(reference: string): { readonly registry: string | undefined; readonly path: string } {
  const slash = reference.indexOf('/');
  const first = reference.slice(0, Math.max(slash, 0));
  if (slash === -1 || !(/[.:]/.test(first) || first === 'localhost'))
    return { registry: undefined, path: reference };
  return { registry: first, path: reference.slice(slash + 1) };
}
