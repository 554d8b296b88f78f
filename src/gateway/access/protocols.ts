import * as v from '@badrap/valita';
import type { Parsed } from '../../schema.ts';

/** What BuildKit can speak to the gateway: `type=gha` in either version of the cache service, or `type=registry`. */
export const gatewayProtocol = v.union(v.literal('gha-v1'), v.literal('gha-v2'), v.literal('oci'));
export type GatewayProtocol = Parsed<typeof gatewayProtocol>;
