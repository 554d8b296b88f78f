import { stringify } from 'smol-toml';
import { isRecord, type JsonRecord } from '../json.ts';
import { parseDaemonConfig } from './daemon-config-check.ts';

export interface DaemonConfigOptions {
  /** buildkitd's own state. */
  readonly root: string;
  readonly socket: string;
  readonly traceSocket: string;
  /** Who may use the socket when the daemon runs as another user (sudo); undefined: whoever starts it. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** Absolute path of the OCI runtime. */
  readonly runc: string;
  /** Name of the job's own cgroup, under which every build step runs. */
  readonly cgroupParent: string;
  readonly debug: boolean;
  /** The `buildkitd-config-inline` input. */
  readonly inline: string | undefined;
}

/** The text of buildkitd.toml. Throws InputError for what is wrong with the inline part. */
export function renderDaemonConfig(options: DaemonConfigOptions): string {
  const inline = options.inline === undefined ? {} : parseDaemonConfig(options.inline);
  return stringify(merge(toBaseConfig(options), inline));
}

function toBaseConfig(options: DaemonConfigOptions): JsonRecord {
  return {
    root: options.root,
    // No security.insecure and no network.host: a Dockerfile must not get more of the runner than a build needs.
    'insecure-entitlements': [],
    log: { level: options.debug ? 'debug' : 'info' },
    grpc: { address: [`unix://${options.socket}`], ...options.owner },
    otel: { socketPath: options.traceSocket },
    worker: {
      oci: {
        enabled: true,
        binary: options.runc,
        defaultCgroupParent: options.cgroupParent,
        // The state lives for one job: only a disk that runs full is a reason to throw any of it away. BuildKit's own
        // default wants 20 % of the disk free, which a hosted runner seldom has.
        gc: true,
        minFreeSpace: '2GB',
      },
      containerd: { enabled: false },
    },
  };
}

/** The user's keys over ours; tables are joined, lists replaced. */
function merge(base: JsonRecord, over: JsonRecord): JsonRecord {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    result[key] = isRecord(below) && isRecord(value) ? merge(below, value) : value;
  }
  return result;
}
