import type { Profile } from './results.ts';

export type ProfileName = keyof typeof profiles;

/** What the embedded service does between client and disk; megabytes are 1,000,000 bytes. */
export const profiles = {
  /** GitHub's service as measured from hosted runners. */
  github: toProfile({
    latencyMs: 250,
    blobLatencyMs: 50,
    streamMbps: 23,
    totalMbps: 84,
    createsPerMinute: 200,
  }),
  /** No wait, no limit: what is left is the clients' own work. */
  fast: toProfile({}),
  /** A self-hosted runner far away from the service. */
  slow: toProfile({
    latencyMs: 600,
    blobLatencyMs: 120,
    streamMbps: 8,
    totalMbps: 30,
    createsPerMinute: 200,
  }),
} as const;

export const profileNames: readonly string[] = Object.keys(profiles);

export function isProfileName(name: string): name is ProfileName {
  return Object.hasOwn(profiles, name);
}

/** The flags of `hotlayer serve` for a profile. */
export function toServeFlags(profile: Profile): readonly string[] {
  const flags = {
    '--latency-ms': profile.latencyMs,
    '--blob-latency-ms': profile.blobLatencyMs,
    '--stream-mbps': profile.streamMbps,
    '--total-mbps': profile.totalMbps,
    '--creates-per-minute': profile.createsPerMinute,
  };
  return Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]));
}

/** `250 ms a call, 50 ms a blob request, …`. */
export function describeProfile(profile: Profile): string {
  const { latencyMs, blobLatencyMs, streamMbps, totalMbps, createsPerMinute } = profile;
  const parts = [
    latencyMs === undefined ? undefined : `${latencyMs} ms a call`,
    blobLatencyMs === undefined ? undefined : `${blobLatencyMs} ms a blob request`,
    streamMbps === undefined ? undefined : `${streamMbps} MB/s a stream`,
    totalMbps === undefined ? undefined : `${totalMbps} MB/s in all`,
    createsPerMinute === undefined ? undefined : `${createsPerMinute} creations a minute`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'no latency, no limits' : parts.join(', ');
}

function toProfile(knobs: Partial<Profile>): Profile {
  return {
    latencyMs: undefined,
    blobLatencyMs: undefined,
    streamMbps: undefined,
    totalMbps: undefined,
    createsPerMinute: undefined,
    ...knobs,
  };
}
