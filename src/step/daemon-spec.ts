import type { ConfigText } from '../buildkit/daemon/config-source.ts';
import type { Privilege } from '../buildkit/daemon/privilege.ts';
import type { BuildkitBinaries } from '../buildkit/install/binaries.ts';
import type { JsonRecord } from '../json.ts';
import type { DaemonSettings } from './daemon-settings.ts';

/**
 * All that is needed to start the job's daemon again, by whichever step; plain JSON. The environment is not part of it: the
 * variables that reach a daemon (`buildkitd-env`, proxies) may hold a password, so a step that starts it gives its own.
 */
export interface DaemonSpec {
  readonly binaries: BuildkitBinaries;
  /** The user's part of the configuration. It lies in the daemon's own configuration file too, in the same directory. */
  readonly config?: ConfigText;
  /** What other inputs say in the configuration. */
  readonly keys: JsonRecord;
  /** More words for the command line of buildkitd. */
  readonly flags: readonly string[];
  /** Where the relative paths of that start. */
  readonly workspace: string;
  readonly privilege: Privilege;
  readonly debug: boolean;
  /** What the step that started it asked for, to compare with what a later one asks for. */
  readonly asked: DaemonSettings;
}
