import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import path from 'node:path';
import { systemClock } from '../../async/clock.ts';
import { createDeferred, isSettled } from '../../async/deferred.ts';
import { InFlight } from '../../async/in-flight.ts';
import { ServiceHealth } from '../../cache-client/health.ts';
import type { ProxySettings } from '../../cache-client/proxy.ts';
import { openTransport } from '../../cache-client/transport.ts';
import { createCacheHandler } from '../../cache-server/handler.ts';
import { listen } from '../../cache-server/node-http.ts';
import { createUploadArea } from '../../cache-server/upload-area.ts';
import { createUrlSigner, type UrlSigner } from '../../cache-server/url-signer.ts';
import { ToolError, toMessage } from '../../errors.ts';
import { toCredentials } from '../access/credentials.ts';
import { deriveStubToken } from '../access/stub-token.ts';
import { controlPath, createControlHandler } from '../control/control.ts';
import type { GatewayUpstream, StartMessage } from '../control/start-message.ts';
import { createGatewayService } from '../gha/service.ts';
import { createOciDialect } from '../oci/handler.ts';
import { OciUploads } from '../oci/open-uploads.ts';
import { renderReport } from '../report/report.ts';
import { Statistics } from '../report/statistics.ts';
import { openStore } from '../store/open-store.ts';
import { watchLifetime } from './lifetime.ts';
import { mountProtocols } from './mount.ts';
import { openClient } from './open-client.ts';

interface GatewayHost {
  readonly proxies: ProxySettings;
  /** One line for the log file; secrets are gone from it already. */
  readonly log: (line: string) => void;
  /** Nothing can be kept where it is to be kept: this process has no use. */
  readonly refused: (reason: string) => void;
  /** The gateway listens there. */
  readonly ready: (url: string) => void;
  /** Asks the gateway to end, as SIGTERM does. */
  readonly signal: AbortSignal;
  /** Resolves with the reason when this process cannot be relied on any more: it ends without waiting for uploads. */
  readonly broken: Promise<string>;
  /** Which file system below that directory is full, half a sentence. Never throws. */
  readonly describeFullDisk: (directory: string) => Promise<string>;
}

/** Serves until the job is over, and answers why it ended; undefined: it was refused, which the host knows. Throws before it is ready when it cannot serve. */
export async function runGateway(message: StartMessage, host: GatewayHost): Promise<string | undefined> {
  const { token, nonce, jobDirectory, upstream } = message;
  const given = upstream.protocol === 's3' ? listSecrets(upstream) : [];
  const stub = deriveStubToken(token, nonce, Date.now());
  if (stub.kind === 'refused') throw new ToolError(stub.code, stub.reason);
  const secrets = [token, stub.token, toCredentials(stub.token), ...given];
  const log = (line: string) => host.log(redact(line, secrets));
  const started = Date.now();
  const statistics = new Statistics(started, log);
  const inFlight = new InFlight();
  const transport = openTransport(host.proxies, 'hotlayer');
  const health = new ServiceHealth(systemClock, (outage) => statistics.onOutage(outage.reason));
  const upstreamClient = await openClient(message, { transport, health, statistics });
  const refusal = await upstreamClient.findRefusal();
  if (refusal !== undefined) {
    log(`ends: ${upstreamClient.name} takes nothing: ${refusal}`);
    host.refused(refusal);
    transport.close();
    return undefined;
  }
  const spool = path.join(jobDirectory, 'gateway');
  await mkdir(spool, { recursive: true, mode: 0o700 });
  const uploads = await createUploadArea(path.join(spool, 'up'));
  const { store, scopes, exports, availability, close } = await openStore({
    client: upstreamClient.client,
    health,
    url: upstreamClient.url,
    ...(upstreamClient.createsPerMinute === undefined
      ? {}
      : { createsPerMinute: upstreamClient.createsPerMinute }),
    run: message.run,
    directory: path.join(spool, 'store'),
    describeFullDisk: host.describeFullDisk,
    clock: systemClock,
    statistics,
    isTip: (cacheScope) => service.rules.tipScopes.has(cacheScope),
  });
  const onDiskFull = () => exports.giveUpForDisk();
  const service = createGatewayService({
    stub: stub.token,
    refScopes: stub.refScopes,
    plan: message.plan,
    store,
    spool: uploads,
    statistics,
    inFlight,
    load: (names) => scopes.load(names),
    onDiskFull,
  });
  const ociUploads = await OciUploads.open({ directory: path.join(spool, 'oci'), onDiskFull });
  const oci = createOciDialect({
    stub: stub.token,
    rules: () => service.rules,
    store,
    uploads: ociUploads,
    statistics,
    inFlight,
    onError: (error) => log(`internal error: ${toMessage(error)}`),
  });

  const ended = createDeferred<string>();
  const handleCache = createCacheHandler({
    service,
    signer: countRefusals(createUrlSigner(randomBytes(32)), statistics),
    onError: (error) => log(`internal error: ${toMessage(error)}`),
  });
  const report = () =>
    renderReport(
      statistics.toReport(
        ...([Date.now(), exports.reports, inFlight.count, store.unconfirmed, scopes.imports] as const),
      ),
    );
  const drain = async (timeoutMs: number): Promise<void> => {
    const startedMs = performance.now();
    availability.hurry();
    await inFlight.whenIdle(timeoutMs);
    store.dropUnconfirmed();
    await exports.whenSettled(Math.max(0, timeoutMs - (performance.now() - startedMs)));
    statistics.addTime('drain', performance.now() - startedMs);
  };
  void availability.lost.then((reason) => exports.abandon(reason));
  const abandon = () => {
    store.dropUnconfirmed();
    exports.abandon('it was not finished when the job ended');
  };
  const handleControl = createControlHandler({
    runtimeToken: token,
    now: Date.now,
    join: ({ plan, protocols }) => {
      service.addPlan(plan);
      for (const protocol of protocols) offered.add(protocol);
      log(
        `joined: imports ${plan.imports.join(', ') || 'nothing'}, exports ${plan.export ?? 'nothing'}, speaks ${protocols.join(', ')}`,
      );
    },
    confirm: async (claim) => {
      const verdict = await store.confirm(claim);
      log(`confirm ${JSON.stringify(claim)}: ${JSON.stringify(verdict)}`);
      return verdict;
    },
    report,
    describe: async (names, timeoutMs) => {
      const described = oci.describe(names);
      return (await isSettled(described, timeoutMs)) ? await described : undefined;
    },
    drain,
    abandon,
    stop: ({ connection }) => {
      // Its answer is the last one: once the connection is closed, it is read.
      if (connection instanceof Socket) connection.once('close', () => ended.resolve('stop'));
      setTimeout(() => ended.resolve('stop'), lastAnswerMs).unref();
    },
    refused: (what) => statistics.refused(what),
  });
  const offered = new Set(message.protocols);
  const serve = mountProtocols({
    offered: () => offered,
    gha: handleCache,
    oci: oci.handle,
    refused: (what) => statistics.refused(what),
  });
  const listener = await listen(
    (request) => (request.url.pathname.startsWith(controlPath) ? handleControl(request) : serve(request)),
    { onError: (error) => log(`internal error: ${toMessage(error)}`) },
  );

  const unwatch = watchLifetime(
    { jobDirectory, runnerPid: message.runnerPid, maxMs: message.maxLifetimeMs, pollMs: message.pollMs },
    ended.resolve,
  );
  // A post with another token than main's, as under act, has no other way to ask; it has the patience, and SIGKILL.
  const onAbort = () => void drain(signalDrainMs).finally(() => ended.resolve('asked to end'));
  host.signal.addEventListener('abort', onAbort, { once: true });
  if (host.signal.aborted) onAbort();
  log(
    `listens at ${listener.url}, speaks ${message.protocols.join(', ')}, passes on to ${upstreamClient.name}`,
  );
  host.ready(listener.url);

  const reason = await Promise.race([ended.promise, host.broken]);
  abandon();
  log(`ends: ${reason}; ${JSON.stringify(report())}`);
  unwatch();
  await listener.close();
  await close();
  await upstreamClient.close();
  transport.close();
  await uploads.close();
  await ociUploads.close();
  await rm(spool, { recursive: true, force: true });
  return reason;
}

/** In the environment there are those that the steps have, too. */
function listSecrets({
  credentials,
  environment,
}: Extract<GatewayUpstream, { readonly protocol: 's3' }>): readonly string[] {
  const names = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_AUTHORIZATION_TOKEN'];
  const values = [
    credentials?.secretAccessKey,
    credentials?.sessionToken,
    ...names.map((name) => environment[name]),
  ];
  return values.flatMap((value) => (value === undefined || value === '' ? [] : [value]));
}

const signalDrainMs = 3_600_000;

/** After that an answer counts as read. */
const lastAnswerMs = 5000;

function countRefusals(signer: UrlSigner, statistics: Statistics): UrlSigner {
  return {
    sign: (grant) => signer.sign(grant),
    verify: (url) => {
      const verdict = signer.verify(url);
      if (verdict.kind === 'invalid') statistics.refused(`a blob URL: ${verdict.reason}`);
      return verdict;
    },
  };
}

/** Nothing that we log should hold a secret; this is for the message of a library that does. */
function redact(line: string, secrets: readonly string[]): string {
  let text = line.replace(/\b(sig|X-Amz-Signature|X-Amz-Security-Token)=[^&\s"']+/gi, '$1=***');
  for (const secret of secrets) text = text.replaceAll(secret, '***');
  return text;
}
