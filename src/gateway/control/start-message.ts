import * as v from '@badrap/valita';
import { parseJson } from '../../json.ts';
import { s3Bucket, s3Credentials } from '../../s3-client/bucket.ts';
import { type Parsed, parseAs } from '../../schema.ts';
import { gatewayPlan } from '../access/plan.ts';
import { gatewayProtocol } from '../access/protocols.ts';

const gatewayUpstream = v.union(
  /** A cache service. */
  v.object({ protocol: v.union(v.literal(1), v.literal(2)), url: v.string() }),
  v.object({
    protocol: v.literal('s3'),
    bucket: s3Bucket,
    /** undefined: those that the AWS SDK finds. */
    credentials: s3Credentials.optional(),
    /** What the SDK reads of main's environment: not that of the process, which every other of the user could read. */
    environment: v.record(v.string()),
  }),
);
/** Where the gateway keeps packs and manifests. */
export type GatewayUpstream = Parsed<typeof gatewayUpstream>;

const startMessage = v.object({
  /** The runtime token, or that of the job where the cache is not the runner's (`toJobToken`). */
  token: v.string(),
  /** Public: makes the stub of this job another one than that of the next. */
  nonce: v.string(),
  jobDirectory: v.string(),
  upstream: gatewayUpstream,
  /** GitHub's run id and attempt, for the keys of entries. */
  run: v.object({ id: v.string(), attempt: v.string() }),
  plan: gatewayPlan,
  /** What the step offers its BuildKit. */
  protocols: v.array(gatewayProtocol),
  /** The job ends with it; undefined: nobody watches it. */
  runnerPid: v.number().optional(),
  /** How often it is looked whether the job is still there. */
  pollMs: v.number(),
  maxLifetimeMs: v.number(),
});
/** What main tells the gateway over the pipe, the only way that the runtime token takes. */
export type StartMessage = Parsed<typeof startMessage>;

export function renderStartMessage(message: StartMessage): string {
  return JSON.stringify(message);
}

/** undefined when it is not a start message. */
export function parseStartMessage(text: string): StartMessage | undefined {
  return parseAs(startMessage, parseJson(text));
}
