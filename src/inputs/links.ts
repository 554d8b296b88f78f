import { lstat, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';

/** More links than that are a circle (Linux follows 40). */
const maxLinks = 255;

/**
 * True when the file is there for this machine, but not for BuildKit: of a local directory BuildKit gets the links
 * themselves, and follows them as if that directory were the root of everything.
 */
export async function leadsOut(file: string): Promise<boolean> {
  let real: string;
  try {
    real = await realpath(file);
  } catch {
    // Not there for anybody: that is another message's matter.
    return false;
  }
  const root = await realpath(path.dirname(file));
  return (await resolveInside(root, path.basename(file))) !== real;
}

/** What the name leads to below `root`; undefined: to nothing. */
async function resolveInside(root: string, name: string): Promise<string | undefined> {
  let place: readonly string[] = [];
  let rest: readonly string[] = [name];
  for (let links = 0; links <= maxLinks; ) {
    const [part, ...others] = rest;
    if (part === undefined) return path.join(root, ...place);
    rest = others;
    if (part === '' || part === '.') continue;
    if (part === '..') {
      place = place.slice(0, -1);
      continue;
    }
    const target = await readTarget(path.join(root, ...place, part));
    if (target === 'nothing') return undefined;
    if (target === 'no-link') {
      place = [...place, part];
      continue;
    }
    links++;
    if (path.isAbsolute(target.link)) place = [];
    rest = [...target.link.split('/'), ...rest];
  }
  return undefined;
}

async function readTarget(file: string): Promise<'nothing' | 'no-link' | { readonly link: string }> {
  try {
    return (await lstat(file)).isSymbolicLink() ? { link: await readlink(file) } : 'no-link';
  } catch {
    // Not there, or below a file.
    return 'nothing';
  }
}
