import { stat } from 'node:fs/promises';
import path from 'node:path';
import { hasErrorCode } from '../../errors.ts';
import type { PlaceKind } from './config-keys.ts';
import { type ConfigInput, refuseConfig } from './config-words.ts';

/** A path that the configuration names. */
export interface Place {
  /** Full name of the key. */
  readonly key: string;
  /** As it was written. */
  readonly given: string;
  /** Where that is: absolute. */
  readonly file: string;
  readonly expects: PlaceKind;
}

/**
 * Where a path of the configuration leads: relative ones start at the workspace, as in every input. buildkitd itself would
 * start at its own working directory, where nothing of the job lies. Throws InputError.
 */
export function resolvePlace(
  { given, expects, key }: Omit<Place, 'file'>,
  workspace: string,
  input: ConfigInput,
): Place {
  if (given.trim() === '') refuseConfig(input, `the key ${key} has an empty path`);
  if (given.startsWith('~')) {
    refuseConfig(
      input,
      `the key ${key} has the path ${JSON.stringify(given)}, and only a shell makes "~" the home directory; allowed is a path from the workspace or an absolute one, and ${JSON.stringify(`./${given}`)} for a name that begins with "~"`,
    );
  }
  return { key, given, file: path.resolve(workspace, given), expects };
}

/** False for a name that is looked up on PATH. */
export function isPathOfProgram(text: string): boolean {
  return text.includes('/') || text.startsWith('~');
}

/** Looks whether all is there before the daemon starts: it would miss most of it without a word. Throws InputError. */
export async function checkPlacesOfConfig(places: readonly Place[], input: ConfigInput): Promise<void> {
  for (const place of places) {
    const fault = await findFault(place);
    if (fault === undefined) continue;
    const { key, given, file, expects } = place;
    refuseConfig(
      input,
      `the key ${key} has the path ${JSON.stringify(given)}, which ${fault} (${file}); allowed is the path of a ${expects}, absolute or from the workspace`,
    );
  }
}

async function findFault({ file, expects }: Place): Promise<string | undefined> {
  if (expects === 'anything') return undefined;
  try {
    const found = await stat(file);
    if (expects === 'directory') return found.isDirectory() ? undefined : 'is not a directory';
    return found.isDirectory() ? 'is a directory' : undefined;
  } catch (error) {
    // What this user may not see, the daemon may: it runs as root.
    const isGone = hasErrorCode(error, 'ENOENT') || hasErrorCode(error, 'ENOTDIR');
    return isGone ? 'does not exist' : undefined;
  }
}
