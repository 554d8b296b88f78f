import * as v from '@badrap/valita';
import type { Parsed } from '../../schema.ts';
import { gatewayPlan } from '../access/plan.ts';
import { gatewayProtocol } from '../access/protocols.ts';
import { scopeDescription } from '../report/scope-description.ts';

/** What main says to the gateway, and what is answered, beside claims, verdicts and reports. */

/** A further step of the job. */
export const joinMessage = v.object({ plan: gatewayPlan, protocols: v.array(gatewayProtocol) });
export type JoinMessage = Parsed<typeof joinMessage>;

/** Names of cache scopes. */
export const describeMessage = v.object({ scopes: v.array(v.string()) });

export const describeAnswer = v.union(
  /** Not yet: ask again. */
  v.object({ loaded: v.literal(false) }),
  v.object({ loaded: v.literal(true), scopes: v.array(scopeDescription) }),
);
export type DescribeAnswer = Parsed<typeof describeAnswer>;

export const drainMessage = v.object({ waitMs: v.number() });

export const challengeAnswer = v.object({ nonce: v.string() });
