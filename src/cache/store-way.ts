import * as log from '../log.ts';
import { findAzureObstacle, openAzureDoor } from './azure-door.ts';
import type { Scopes } from './backend.ts';
import { toAzureAccount, toAzurePlaces } from './store-credentials.ts';
import type { StoreSettings } from './store-entries.ts';

export interface StoreWay {
  readonly settings: StoreSettings;
  /** Why the store is of no use; undefined: nothing is known against it. */
  readonly obstacle: string | undefined;
}

/** The key of an Azure account stays in this process, and BuildKit gets a door to it; to all else it goes by itself. */
export async function openWay(settings: StoreSettings, plans: readonly Scopes[]): Promise<StoreWay> {
  const account = settings.backend === 'azblob' ? toAzureAccount(settings.to) : undefined;
  if (account === undefined) return { settings, obstacle: undefined };
  const places = toAzurePlaces(settings, plans);
  const obstacle = await findAzureObstacle(account, places);
  if (obstacle !== undefined) return { settings, obstacle };
  const door = await openAzureDoor(account, places);
  log.mask(door.stub);
  const attrs = { account_url: door.url, account_name: account.name, secret_access_key: door.stub };
  const settle = (own: StoreSettings['to']) => ({ ...own, attrs: { ...own.attrs, ...attrs } });
  return {
    settings: { ...settings, to: settle(settings.to), from: settle(settings.from) },
    obstacle: undefined,
  };
}
