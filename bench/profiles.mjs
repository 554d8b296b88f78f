/** What the embedded service does between client and disk; megabytes are 1,000,000 bytes. */
export const profiles = {
  /** GitHub's service as measured from hosted runners. */
  github: { latencyMs: 250, blobLatencyMs: 50, streamMbps: 23, totalMbps: 84, createsPerMinute: 200 },
  /** No wait, no limit: what is left is the clients' own work. */
  fast: {},
  /** A self-hosted runner far away from the service. */
  slow: { latencyMs: 600, blobLatencyMs: 120, streamMbps: 8, totalMbps: 30, createsPerMinute: 200 },
};

const flags = {
  latencyMs: '--latency-ms',
  blobLatencyMs: '--blob-latency-ms',
  streamMbps: '--stream-mbps',
  totalMbps: '--total-mbps',
  createsPerMinute: '--creates-per-minute',
};

/** The flags of `hotlayer serve` for a profile. */
export function toServeFlags(profile) {
  return Object.entries(profile).flatMap(([name, value]) => [flags[name], String(value)]);
}

/** `250 ms a call, 50 ms a blob request, …`. */
export function describeProfile({ latencyMs, blobLatencyMs, streamMbps, totalMbps, createsPerMinute }) {
  const parts = [
    latencyMs === undefined ? undefined : `${latencyMs} ms a call`,
    blobLatencyMs === undefined ? undefined : `${blobLatencyMs} ms a blob request`,
    streamMbps === undefined ? undefined : `${streamMbps} MB/s a stream`,
    totalMbps === undefined ? undefined : `${totalMbps} MB/s in all`,
    createsPerMinute === undefined ? undefined : `${createsPerMinute} creations a minute`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'no latency, no limits' : parts.join(', ');
}
