import * as v from '@badrap/valita';
import type { Parsed } from '../../schema.ts';

/** What a step may do: the part of its CachePlan that the gateway enforces. */
export const gatewayPlan = v.object({
  imports: v.array(v.string()),
  /** null: read only. */
  export: v.string().nullable(),
  /** The run is known to build the newest commit; else it takes nothing from what a newer run exported. */
  isTip: v.boolean().optional(),
  /** Names that clients may say in place of these cache scopes, as `scope=` of `type=gha`. */
  aliases: v.array(v.string()).optional(),
});
export type GatewayPlan = Parsed<typeof gatewayPlan>;
