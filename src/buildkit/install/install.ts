import { setTimeout as delay } from 'node:timers/promises';
import { createDeferred } from '../../async/deferred.ts';
import { InputError, ToolError } from '../../errors.ts';
import type { BuildkitBinaries } from './binaries.ts';
import { buildkit } from './buildkit.ts';
import { type BuildxBinary, buildx } from './buildx.ts';
import { type Entry, openEntry } from './entry.ts';
import { findInToolCache } from './keep.ts';
import { compile, downloadRelease, takeFromEntry } from './links.ts';
import type {
  Installation,
  InstallOptions,
  InstallSurroundings,
  LinkResult,
  ToolRequest,
} from './options.ts';
import type { Installed, Product } from './product.ts';
import { fetchRelease, publicReleaseHosts, type ReleaseAnswer } from './release.ts';
import { findAgeObstacle, toReleasePlatform } from './version.ts';

export type { InstallOptions, InstallSurroundings, ToolRequest } from './options.ts';

export type InstalledBuildkit = Installed<BuildkitBinaries>;
export type InstalledBuildx = Installed<BuildxBinary>;

/**
 * How long the daemon's download has the line for itself. It is needed first, as the daemon starts meanwhile; on a slow
 * line, where one connection may not be all that there is, the client's download then runs beside it.
 */
const headStartMs = 1000;

/** What is being installed: each comes as soon as it is there. */
export interface Installing {
  readonly buildkit: Promise<InstalledBuildkit>;
  readonly buildx: Promise<InstalledBuildx>;
  /** Saves for the next runner what had to be fetched, once both are there. Never fails. */
  readonly save: () => Promise<void>;
}

/**
 * Finds or gets the daemon (buildkitd, buildctl, runc) and the client (buildx), side by side. Each comes from its path
 * input, the machine, the tool cache, the Actions cache, the release, the Go module. The promises fail with InputError for
 * what the user must change, ToolError `checksum-mismatch` for a file that is not the released one, ToolError `no-buildkit`
 * or `no-buildx` with all that was tried.
 */
export function installTools(
  requests: { readonly buildkit: ToolRequest; readonly buildx: ToolRequest },
  surroundings: InstallSurroundings,
): Installing {
  // Where one fails, nobody waits for the other.
  const failed = new AbortController();
  const { signal: outer } = surroundings;
  const signal = outer === undefined ? failed.signal : AbortSignal.any([outer, failed.signal]);
  const daemon = openInstallation(buildkit, { ...surroundings, ...requests.buildkit, signal });
  const client = openInstallation(buildx, { ...surroundings, ...requests.buildx, signal });
  const local = { daemon: findLocally(daemon), client: findLocally(client) };
  const entry = Promise.all([local.daemon, local.client]).then(([first, second]) =>
    openEntry([...(isFound(first) ? [] : [daemon]), ...(isFound(second) ? [] : [client])]),
  );
  // Who needs it is told; where both are found at once, nobody does.
  entry.catch(() => undefined);
  const started = { buildkit: complete(daemon, local.daemon, entry, async () => undefined) };
  const headStart = () => Promise.race([daemon.arrival.promise, delay(headStartMs)]);
  const installing = { ...started, buildx: complete(client, local.client, entry, headStart) };
  for (const each of Object.values(installing)) each.catch((error: unknown) => failed.abort(error));
  return { ...installing, save: async () => (await entry).close() };
}

/** One product alone, for who has the other. `save` saves for the next runner what had to be fetched, and never fails. */
export async function installProduct<Found>(
  product: Product<Found>,
  options: InstallOptions,
): Promise<{ readonly found: Installed<Found>; readonly save: () => Promise<void> }> {
  const installation = openInstallation(product, options);
  const local = await findLocally(installation);
  const entry = openEntry(isFound(local) ? [] : [installation]);
  const found = await complete(
    installation,
    Promise.resolve(local),
    Promise.resolve(entry),
    async () => undefined,
  );
  return { found, save: () => entry.close() };
}

function openInstallation<Found>(product: Product<Found>, options: InstallOptions): Installation<Found> {
  const { version, hosts = publicReleaseHosts, githubToken } = options;
  let answer: Promise<ReleaseAnswer> | undefined;
  const release = () => {
    answer ??= fetchRelease(product, version, toReleasePlatform(process.arch) ?? '', hosts, githubToken);
    return answer;
  };
  return { product, options, release, arrival: createDeferred() };
}

/** What was found, or all places where it was not. */
type Local<Found> = Installed<Found> | readonly string[];

function isFound<Found>(local: Local<Found>): local is Installed<Found> {
  return !Array.isArray(local);
}

async function findLocally<Found>(installation: Installation<Found>): Promise<Local<Found>> {
  const { product, options } = installation;
  const { version, path, sha256, env } = options;
  options.signal?.throwIfAborted();
  if (path !== undefined) return { ...(await product.useGiven(path, env)), source: `${product.id}-path` };
  const tooOld = findAgeObstacle(product, version);
  if (tooOld !== undefined) {
    const name = `${product.id}-version`;
    throw new InputError(name, `input "${name}": ${tooOld}; allowed is ${product.oldest} or newer`);
  }
  if (sha256 !== undefined) return [];
  return follow(options, product.name, [
    () => product.findOnMachine(options, env),
    () => findInToolCache(installation),
  ]);
}

async function complete<Found>(
  installation: Installation<Found>,
  local: Promise<Local<Found>>,
  opened: Promise<Entry>,
  untilMyTurn: () => Promise<unknown>,
): Promise<Installed<Found>> {
  const { product, options } = installation;
  const found = await local;
  if (isFound(found)) {
    installation.arrival.resolve();
    return found;
  }
  const entry = await opened;
  const tried = await follow(options, product.name, [
    () => takeFromEntry(installation, entry),
    async () => {
      await installation.release();
      await untilMyTurn();
      return downloadRelease(installation, entry);
    },
    ...(options.sha256 === undefined ? [() => compile(installation, entry)] : []),
  ]).finally(() => installation.arrival.resolve());
  if (isFound(tried)) return tried;
  const remedy =
    options.sha256 === undefined
      ? `Allow the runner to reach github.com, or install Go, or ${product.alternative}.`
      : `Only a release can have the checksum of "${product.id}-sha256": allow the runner to reach github.com, or leave that input out.`;
  throw new ToolError(
    `no-${product.id}`,
    `${product.name} ${options.version} could not be had. Tried: ${[...found, ...tried].join('; ')}. ${remedy}`,
  );
}

/** The first link that has it, or what each said. */
async function follow<Found>(
  { signal, log }: InstallOptions,
  name: string,
  links: readonly (() => Promise<LinkResult<Found>>)[],
): Promise<Local<Found>> {
  const tried: string[] = [];
  for (const link of links) {
    const result = await link();
    signal?.throwIfAborted();
    if (typeof result !== 'string') return result;
    tried.push(result);
    log(`  ${name} not from ${result}`);
  }
  return tried;
}
