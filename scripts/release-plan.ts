/** What a tag releases. */
export interface ReleasePlan {
  readonly version: string;
  /** Of a pre-release no other tag moves. */
  readonly isPrerelease: boolean;
  /** `v1`, to be moved; undefined: it stays where it is. */
  readonly major: string | undefined;
  /** Markdown. */
  readonly notes: string;
}

interface Facts {
  readonly tag: string;
  /** Of package.json. */
  readonly packageVersion: string;
  readonly changelog: string;
  /** All of the repository. */
  readonly tags: readonly string[];
}

const tagPattern = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Pure. Throws one sentence about what stands against the release. */
export function planRelease({ tag, packageVersion, changelog, tags }: Facts): ReleasePlan {
  const found = tagPattern.exec(tag);
  if (found === null) throw new Error(`${tag} is not a tag of a release: v1.2.3 is one, and v1.2.3-rc.1.`);
  const version = tag.slice(1);
  if (packageVersion !== version)
    throw new Error(
      `${tag} is tagged, and package.json has version ${packageVersion}: they must be the same.`,
    );
  const notes = readNotes(changelog, version);
  const isPrerelease = found[4] !== undefined;
  const [, major = ''] = found;
  const newer = tags.filter((other) => isLater(other, tag));
  // A fix of an older release is not for who follows the major version; v0 promises nothing, so nobody follows it.
  const moves = !isPrerelease && major !== '0' && newer.length === 0;
  return { version, isPrerelease, major: moves ? `v${major}` : undefined, notes };
}

/** The section of a version in a changelog, without its heading. Throws where there is none, or nothing in it. */
export function readNotes(changelog: string, version: string): string {
  const lines = changelog.split(/\r?\n/);
  const isHeading = (line: string) => /^## /.test(line);
  const start = lines.findIndex((line) =>
    new RegExp(`^## \\[?${escapeRegExp(version)}\\]?(?: |$)`).test(line),
  );
  if (start === -1)
    throw new Error(
      `CHANGELOG.md has no section "## ${version}": rename "Unreleased", with the date behind it.`,
    );
  const rest = lines.slice(start + 1);
  const end = rest.findIndex(isHeading);
  const section = (end === -1 ? rest : rest.slice(0, end)).join('\n').trim();
  if (!/^- /m.test(section)) throw new Error(`The section ${version} of CHANGELOG.md says nothing.`);
  return section;
}

/** Is a tag the one of a later release of the same major version? Pre-releases are none. */
function isLater(other: string, tag: string): boolean {
  const [theirs, ours] = [tagPattern.exec(other), tagPattern.exec(tag)];
  if (theirs === null || ours === null || theirs[4] !== undefined || theirs[1] !== ours[1]) return false;
  const difference = [2, 3]
    .map((part) => Number(theirs[part]) - Number(ours[part]))
    .find((value) => value !== 0);
  return difference !== undefined && difference > 0;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
