import type { ChildEnvironment } from '../../process/command.ts';

/** How a release of a product is packed: its programs below `bin/`, or the one program as it is. */
export type Packaging = 'tar.gz' | 'tar' | 'program';

/** What installing must know of a product that has releases on GitHub and a Go module. */
export interface ProductFacts {
  readonly name: 'BuildKit' | 'buildx';
  /** Its file in the entry of the Actions cache, its directory in the tool cache, and the key of that entry are named so. */
  readonly id: 'buildkit' | 'buildx';
  /** On GitHub. The Go module has that path, too. */
  readonly repository: string;
  /** The oldest version that Hotlayer works with. */
  readonly oldest: string;
  /** A version that there is. */
  readonly example: string;
  readonly packaging: 'tar.gz' | 'program';
  /** The file of a release that has the SHA-256 of the others; undefined: there is none. */
  readonly checksums: string | undefined;
  readonly toAsset: (version: string, platform: string) => string;
  readonly source: {
    readonly packages: readonly string[];
    /** What the linker sets to the version, which `go build` does not know. */
    readonly versionVariable: string;
    readonly duration: string;
  };
  /** What the user can put in the place of a download. */
  readonly alternative: string;
}

export type InstallSource =
  | 'buildkit-path'
  | 'buildx-path'
  | 'path'
  | 'docker-plugin'
  | 'tool-cache'
  | 'actions-cache'
  | 'release'
  | 'go';

export type Installed<Found> = Found & { readonly source: InstallSource };

/** A product, and what is found of it on a machine. */
export interface Product<Found> extends ProductFacts {
  /** What an input with its path names. Throws InputError when that is another thing. */
  readonly useGiven: (given: string, env: ChildEnvironment) => Promise<Found>;
  /** What the machine has already. A string says why that is of no use. */
  readonly findOnMachine: (
    wanted: WantedVersion,
    env: ChildEnvironment,
  ) => Promise<Installed<Found> | string>;
  /** The programs in a `bin/` directory, if they are of exactly that version. A string says why not. */
  readonly probe: (bin: string, version: string, env: ChildEnvironment) => Promise<Found | string>;
}

export interface WantedVersion {
  /** With a leading v. */
  readonly version: string;
  /** Another version than the default was asked for: nothing else will do. */
  readonly exact: boolean;
}
