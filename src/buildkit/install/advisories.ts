import { isAtLeast, isVersionless } from './version.ts';

/** The first release without a known vulnerability that a build on a Linux runner can meet. */
export const firstSafeBuildkit = 'v0.31.2';

/**
 * Security advisories of moby/buildkit (https://github.com/moby/buildkit/security/advisories) by the release that mends
 * them; not all of them, but some for each range of versions. What concerns Windows alone is left out.
 */
const mendedIn: Readonly<Record<string, readonly string[]>> = {
  // A Dockerfile alone removes files of the host, or reads them; a frontend gets privileges; a client ends the daemon.
  'v0.12.5': ['GHSA-4v98-7qmw-rqr8', 'GHSA-m3r6-h7wv-7xxv', 'GHSA-wr6v-9f75-vh2g', 'GHSA-9p26-698r-w4hx'],
  // A frontend writes outside the daemon's state; a Git context reaches outside its checkout.
  'v0.28.1': ['GHSA-4c29-8rgm-jvjj', 'GHSA-4vrq-3vrq-g6gg'],
  // A frontend gets around seccomp and AppArmor; a group file exhausts the daemon.
  'v0.31.1': ['GHSA-7236-3392-c5c6', 'GHSA-72x6-4j93-7w86'],
  // A Git bundle runs commands; a frontend ends the daemon, or empties /tmp; a client writes outside its directory.
  'v0.31.2': ['GHSA-hw3h-2gp9-cxpv', 'GHSA-qx3x-mv6r-52p6', 'GHSA-32pv-7hq5-qhwq', 'GHSA-g2h8-426c-7976'],
};

/** One sentence for a BuildKit with known vulnerabilities; undefined: none is known, or it does not know its version. */
export function describeVulnerabilities(version: string): string | undefined {
  if (isVersionless(version) || isAtLeast(version, firstSafeBuildkit)) return undefined;
  const ids = Object.entries(mendedIn)
    .filter(([mended]) => !isAtLeast(version, mended))
    .flatMap(([, advisories]) => advisories);
  return `BuildKit ${version} has known vulnerabilities (${ids.join(', ')}): a Dockerfile, frontend or Git context that you do not trust can harm this runner. Use ${firstSafeBuildkit} or newer.`;
}
