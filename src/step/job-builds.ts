import { knowsFeature } from '../buildkit/install/version.ts';
import { type Builder, writeBuilder } from '../buildkit/solve/builder.ts';
import { type PastBuild, readHistory } from '../buildkit/solve/history.ts';
import { listExporters } from '../cache/cache-entries.ts';
import { settleBuilds } from '../cache/gateway-confirmation.ts';
import { toMessage } from '../errors.ts';
import type { ExportClaim } from '../gateway/store/export-claim.ts';
import { toBuildxConfig } from './job-processes.ts';
import type { HandedOut, JobRecord } from './job-record.ts';

/** Between the daemon's clock and ours. */
const clockSlackMs = 1000;

/** What later steps have built by a daemon that `setup` gave them. */
export interface BuiltByOthers {
  readonly builds: readonly PastBuild[];
  /** Sentences on what could not be known. */
  readonly notes: readonly string[];
}

/**
 * Reads what later steps have built from the daemon, which still runs, and tells the gateway which indexes are theirs.
 * What cannot be read confirms nothing.
 */
export async function settleLaterBuilds(facts: {
  readonly jobDirectory: string;
  readonly record: JobRecord;
  readonly handed: HandedOut;
  /** The record of the daemon, which is another one's where it is kept. */
  readonly daemon: JobRecord;
  readonly token: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}): Promise<BuiltByOthers> {
  const { record, handed, daemon, token } = facts;
  const { client, spec } = daemon;
  const { gateway } = record;
  const notes: string[] = [];
  const isSilent = spec !== undefined && !knowsFeature(spec.binaries.version, 'history');
  const found = isSilent || client === undefined ? [] : await readBuilds(client.buildx, facts);
  // A daemon that is kept, or somebody else's, remembers those of other jobs too.
  const builds =
    typeof found === 'string'
      ? []
      : found.filter(({ startedMs }) => startedMs >= handed.sinceMs - clockSlackMs);
  if (typeof found === 'string')
    notes.push(`The daemon does not say what was built (${found}), so no cache of it is exported.`);
  if (isSilent)
    notes.push(
      `BuildKit ${spec.binaries.version} does not remember builds, as v0.11 does: their steps are not counted, and which of them wrote the cache is not checked.`,
    );
  if (gateway === undefined || token === undefined) return { builds, notes };
  for (const cacheScope of handed.exports) {
    const claim: ExportClaim = isSilent
      ? { kind: 'unwatched', cacheScope }
      : {
          ...{ kind: 'builds', cacheScope, sinceMs: handed.sinceMs },
          digests: builds.flatMap(({ manifests }) => manifests),
          windows: builds.flatMap(({ windows }) => windows),
        };
    try {
      const verdict = await settleBuilds({ url: gateway.url, token }, claim);
      if (verdict.kind === 'refused' && verdict.dropped > 0)
        notes.push(`An index of the cache scope ${cacheScope} is dropped: ${verdict.reason}.`);
    } catch (error) {
      notes.push(`The cache scope ${cacheScope} is not exported: ${toMessage(error)}.`);
    }
  }
  return { builds, notes };
}

/** By the builder that later steps had: buildx knows there what it has built. Else by one that nobody has touched. */
async function readBuilds(
  buildx: string,
  { handed, daemon, jobDirectory, env, signal }: Parameters<typeof settleLaterBuilds>[0],
): Promise<readonly PastBuild[] | string> {
  const read = (builder: Builder) =>
    readHistory({ buildx, builder, env, exporters: listExporters(), signal });
  const found = handed.builder === undefined ? 'it has no name' : await read(handed.builder);
  if (typeof found !== 'string' || daemon.daemon === undefined) return found;
  const builder = await writeBuilder({
    configDirectory: toBuildxConfig(jobDirectory),
    address: `unix://${daemon.daemon.socket}`,
    scopedLogins: undefined,
  });
  return read(builder);
}
