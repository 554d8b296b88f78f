import { toMessage } from '../errors.ts';
import { fetchGatewayReport } from '../gateway/control/control-client.ts';
import type { GatewayRecord } from '../gateway/host/start.ts';
import * as log from '../log.ts';
import type { Rights } from '../policy/rights.ts';
import type { Backend, CacheAccess, ConnectRequest } from './backend.ts';
import { settleExport } from './gateway-confirmation.ts';
import { openGateway } from './gateway-open.ts';
import { decideGatewayOutcome } from './gateway-outcome.ts';
import { openGatewayRoute } from './gateway-route.ts';
import { watchGateway } from './gateway-watch.ts';
import { createNoAccess } from './no-access.ts';
import { findService, refuse, type Service, type ServiceFacts } from './service.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The runner's cache service behind the gateway: BuildKit gets a stub of the token, and the gateway alone the token. */
export function createGatewayBackend(facts: ServiceFacts, rights: Rights, env: Environment): Backend {
  return {
    rights,
    keepsNewer: true,
    connect: async (request) => {
      const found = findService(facts, request.plans);
      if (found.kind === 'none') return found.access;
      try {
        return await connect(found.service, facts.run, request, env);
      } catch (error) {
        return createNoAccess({
          kind: 'loss',
          sentence: `The gateway to the cache is not there: ${toMessage(error)}. This build runs without a cache.`,
        });
      }
    },
  };
}

/** Joins the job's gateway or starts it; it stands in the record then. */
async function connect(
  service: Service,
  run: ServiceFacts['run'],
  request: ConnectRequest,
  env: Environment,
): Promise<CacheAccess> {
  const opened = await openGateway({ service, run, request, env });
  if (opened.kind === 'refused') return refuse(opened);
  const { record, stub } = opened;
  // The whole of it, and its signature alone: that part is the secret.
  for (const secret of [stub, stub.slice(stub.lastIndexOf('.') + 1)]) log.mask(secret);
  await request.job.update({ gateway: record });
  return createAccess(service, record, stub);
}

function createAccess({ upstream, token }: Service, record: GatewayRecord, stub: string): CacheAccess {
  const address = { url: record.url, token };
  return {
    describe: () => ({
      kind: 'info',
      sentence: `gateway at ${record.url} (pid ${record.pid}) to the cache service, protocol v${upstream.protocol}`,
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
