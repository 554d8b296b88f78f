import { stringify } from 'smol-toml';
import { isRecord, type JsonRecord } from '../../json.ts';
import { knowsFeature } from '../install/version.ts';
import { listTooNewKeys } from './config-ages.ts';
import { type InlineConfig, judgeUnknownKeys, parseDaemonConfig } from './config-check.ts';
import { knownVersion } from './config-keys.ts';
import { checkPlacesOfConfig } from './config-places.ts';
import { type ConfigInput, refuseConfig, toKeyName } from './config-words.ts';

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
  /** The `buildkitd-config-inline` input, or the file of `buildkitd-config`. */
  readonly inline: string | undefined;
  /** Which of the two it is. */
  readonly input?: ConfigInput | undefined;
  /** What other inputs say, as keys. */
  readonly keys?: JsonRecord | undefined;
  /** Where its relative paths start; undefined: at the root, as the daemon's own. */
  readonly workspace?: string | undefined;
  /** Of the BuildKit that reads it; undefined: the one whose keys are known. */
  readonly version?: string | undefined;
}

/** The text of buildkitd.toml. Throws InputError for what is wrong with the inline part. */
export function renderDaemonConfig(options: DaemonConfigOptions): string {
  const base = mergeKeys(toBaseConfig(options), options.keys ?? {});
  if (options.inline === undefined) return stringify(base);
  const inline = parseDaemonConfig(options.inline, options.workspace ?? '/', options.input);
  judgeUnknownKeys(inline, options.version ?? knownVersion);
  return stringify(mergeKeys(base, inline.keys));
}

/**
 * Checks the user's part of the configuration before a daemon is started with it, its files included; answers warnings.
 * Throws InputError, also where it contradicts another input.
 *
 * @param version of the BuildKit that will read it; undefined: not known yet, and its unknown keys are not judged
 */
export async function checkDaemonConfig(
  toml: string | undefined,
  workspace: string,
  version: string | undefined,
  { input, keys = {} }: Pick<DaemonConfigOptions, 'input' | 'keys'> = {},
): Promise<readonly string[]> {
  if (toml === undefined) return [];
  const inline = parseDaemonConfig(toml, workspace, input);
  refuseClash(inline, keys);
  const warnings =
    version === undefined ? [] : [...judgeUnknownKeys(inline, version), ...listTooNewKeys(inline, version)];
  await checkPlacesOfConfig(inline.places, inline.input);
  return warnings;
}

function toBaseConfig(options: DaemonConfigOptions): JsonRecord {
  const version = options.version ?? knownVersion;
  return {
    root: options.root,
    // What a client may grant a build (inputs "allow" and "network"). No Dockerfile gets it by itself.
    'insecure-entitlements': ['network.host', 'security.insecure'],
    ...toLogKeys(options.debug, version),
    grpc: { address: [`unix://${options.socket}`], ...options.owner },
    otel: { socketPath: options.traceSocket },
    ...toHistoryKeys(version),
    worker: {
      oci: {
        enabled: true,
        binary: options.runc,
        defaultCgroupParent: options.cgroupParent,
        gc: true,
        ...toGarbageLimit(version),
      },
      containerd: { enabled: false },
    },
  };
}

/** The builds of a job are read at its end: BuildKit's own limits are 50 of them, and two days. */
function toHistoryKeys(version: string): JsonRecord {
  return knowsFeature(version, 'history') ? { history: { maxEntries: 1000 } } : {};
}

function toLogKeys(debug: boolean, version: string): JsonRecord {
  return knowsFeature(version, 'logLevel') ? { log: { level: debug ? 'debug' : 'info' } } : { debug };
}

/** No disk has it. */
const endlessBytes = 1e15;

/**
 * The state lives for one job: only a disk that runs full is a reason to throw any of it away. BuildKit's own default
 * wants 20 % of the disk free, which a hosted runner seldom has; an older one keeps to 10 % of the disk, and what it
 * then throws away is cache of this very build.
 */
function toGarbageLimit(version: string): JsonRecord {
  return knowsFeature(version, 'minFreeSpace') ? { minFreeSpace: '2GB' } : { gckeepstorage: endlessBytes };
}

function refuseClash({ input, keys }: InlineConfig, others: JsonRecord): void {
  const clash = findClash(keys, others, []);
  if (clash === undefined) return;
  refuseConfig(
    input,
    `the key ${toKeyName(clash)} contradicts an input of that meaning ("registry-mirrors", "max-parallelism" or "step-network"); allowed is one of the two`,
  );
}

/** The first key that both set, to different values. */
function findClash(
  keys: JsonRecord,
  others: JsonRecord,
  parents: readonly string[],
): readonly string[] | undefined {
  for (const [key, value] of Object.entries(keys)) {
    const path = [...parents, key];
    const other = Object.hasOwn(others, key) ? others[key] : undefined;
    if (other === undefined || JSON.stringify(other) === JSON.stringify(value)) continue;
    if (!isRecord(other) || !isRecord(value)) return path;
    const below = findClash(value, other, path);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** The keys of the second over those of the first; tables are joined, lists replaced. */
export function mergeKeys(base: JsonRecord, over: JsonRecord): JsonRecord {
  const result = new Map<string, unknown>(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const below = result.get(key);
    result.set(key, isRecord(below) && isRecord(value) ? mergeKeys(below, value) : value);
  }
  return Object.fromEntries(result);
}
