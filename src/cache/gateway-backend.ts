import { toMessage } from '../errors.ts';
import { toJobToken } from '../gateway/access/job-token.ts';
import { fetchGatewayReport } from '../gateway/control/control-client.ts';
import type { GatewayRecord } from '../gateway/host/start.ts';
import * as log from '../log.ts';
import { type Rights, unbounded } from '../policy/rights.ts';
import type { Backend, CacheAccess, ConnectRequest } from './backend.ts';
import { settleExport } from './gateway-confirmation.ts';
import { type GatewayService, openGateway } from './gateway-open.ts';
import { decideGatewayOutcome } from './gateway-outcome.ts';
import { openGatewayRoute } from './gateway-route.ts';
import { watchGateway } from './gateway-watch.ts';
import { makeJobSecret } from './job-secret.ts';
import { createNoAccess } from './no-access.ts';
import type { S3Place } from './s3-place.ts';
import { findService, isUnused, refuse, type ServiceFacts } from './service.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The runner's cache service behind the gateway: BuildKit gets a stub of the token, and the gateway alone the token. */
export function createGatewayBackend(facts: ServiceFacts, rights: Rights, env: Environment): Backend {
  return {
    rights,
    keepsNewer: true,
    connect: async (request) => {
      const found = findService(facts, request.plans);
      if (found.kind === 'none') return found.access;
      return await tryToConnect(() => connect(found.service, facts.run, request, env));
    },
  };
}

/** A bucket behind the gateway, which keeps there what it keeps at the cache service else: no runtime token is needed. */
export function createBucketBackend(
  { upstream, name }: S3Place,
  { token, run }: Pick<ServiceFacts, 'token' | 'run'>,
  env: Environment,
): Backend {
  return {
    rights: unbounded,
    keepsNewer: true,
    connect: async (request) => {
      if (isUnused(request.plans)) return createNoAccess(undefined);
      return await tryToConnect(async () => {
        const secret = await makeJobSecret(request.job.directory, token);
        const service = { upstream, token: toJobToken(secret, name), place: name };
        return await connect(service, run, request, env);
      });
    },
  };
}

async function tryToConnect(connecting: () => Promise<CacheAccess>): Promise<CacheAccess> {
  try {
    return await connecting();
  } catch (error) {
    return createNoAccess({
      kind: 'loss',
      sentence: `The gateway to the cache is not there: ${toMessage(error)}. This build runs without a cache.`,
    });
  }
}

/** Joins the job's gateway or starts it; it stands in the record then. */
async function connect(
  service: GatewayService,
  run: ServiceFacts['run'],
  request: ConnectRequest,
  env: Environment,
): Promise<CacheAccess> {
  const opened = await openGateway({ service, run, request, env });
  if (opened.kind === 'refused') {
    const isTold = request.job.record.outage === opened.reason;
    if (isTold) return refuse(opened, 'info');
    // A bucket that takes nothing takes nothing from the next step either.
    if (opened.code === 'store-refused') await request.job.update({ outage: opened.reason });
    return refuse(opened);
  }
  const { record, stub } = opened;
  // The whole of it, and its signature alone: that part is the secret.
  for (const secret of [stub, stub.slice(stub.lastIndexOf('.') + 1)]) log.mask(secret);
  await request.job.update({ gateway: record });
  return createAccess(service, record, stub);
}

function createAccess({ upstream, token }: GatewayService, record: GatewayRecord, stub: string): CacheAccess {
  const address = { url: record.url, token };
  return {
    describe: () => ({
      kind: 'info',
      sentence: `gateway at ${record.url} (pid ${record.pid}) to ${describeUpstream(upstream)}`,
    }),
    open: (request) => openGatewayRoute({ ...address, stub }, request),
    watch: () => watchGateway(record.pid),
    sortImportErrors: (errors) => errors,
    settle: (ended) => settleExport(address, ended),
    readReport: async () => {
      try {
        return await fetchGatewayReport(address);
      } catch {
        // It was killed; the build's own trace tells what that cost.
        return undefined;
      }
    },
    outcome: decideGatewayOutcome,
  };
}

function describeUpstream(upstream: GatewayService['upstream']): string {
  if (upstream.protocol !== 's3') return `the cache service, protocol v${upstream.protocol}`;
  const { bucket, prefix } = upstream.bucket;
  return `the bucket ${bucket} (S3), below ${prefix}`;
}
