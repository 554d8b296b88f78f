import type { CacheEntry } from '../buildkit/solve/cache-flags.ts';
import type { Scopes } from './backend.ts';
import { type ExportSettings, toGhaExport, toGhaImport } from './cache-entries.ts';

/**
 * Complete entries of `type=gha` for clients that read no environment, with the address of the gateway and the stub.
 *
 * @param environment what clients that read it get (toServiceVariables)
 */
export function toCompleteEntries(
  plan: Scopes,
  settings: ExportSettings,
  environment: Readonly<Record<string, string>>,
): { readonly imports: readonly CacheEntry[]; readonly export: CacheEntry | undefined } {
  const { ACTIONS_CACHE_URL: url, ACTIONS_RUNTIME_TOKEN: token } = environment;
  if (url === undefined || token === undefined) return { imports: [], export: undefined };
  const complete = ({ type, attrs }: CacheEntry): CacheEntry => ({ type, attrs: { url, token, ...attrs } });
  return {
    imports: plan.imports.map((scope) => complete(toGhaImport(scope))),
    export: plan.export === null ? undefined : complete(toGhaExport(plan.export, settings)),
  };
}
