import type { Privilege } from '../buildkit/daemon/privilege.ts';
import type { BuildkitBinaries } from '../buildkit/install/binaries.ts';
import type { DaemonSettings } from './daemon-settings.ts';

/**
 * All that is needed to start the job's daemon again, by whichever step; plain JSON. The environment is not part of it: the
 * variables that reach a daemon may hold a proxy's password, so a step that starts it gives its own.
 */
export interface DaemonSpec {
  readonly binaries: BuildkitBinaries;
  /** The `buildkitd-config-inline` input. It lies in the daemon's own configuration file too, in the same directory. */
  readonly config?: string;
  /** Where the relative paths of that start. */
  readonly workspace: string;
  readonly privilege: Privilege;
  readonly debug: boolean;
  /** What the step that started it asked for, to compare with what a later one asks for. */
  readonly asked: DaemonSettings;
}
