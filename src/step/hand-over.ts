import { access, mkdir, readlink, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { toJobPrefix } from '../buildkit/daemon/names.ts';
import { toBuilderFile, writeBuilder } from '../buildkit/solve/builder.ts';
import type { LoginCopy, RegistryLogin } from '../cache/backend.ts';
import { toMessage } from '../errors.ts';
import { findOnPath } from '../process/search-path.ts';
import { addOwnLogin, findBuildxConfig, findDockerDirectory, removeLogin } from './docker-config.ts';
import type { Endpoint } from './endpoint.ts';
import type { HandedOut } from './job-record.ts';
import type { Job } from './record.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Receiver {
  readonly job: Job;
  /** Where relative paths start. */
  readonly workspace: string;
  readonly env: Environment;
}

/** On record first: what a killed main has begun is taken back all the same. */
async function record(job: Job, change: Partial<HandedOut>): Promise<void> {
  await job.update({ handed: { sinceMs: Date.now(), exports: [], ...job.record.handed, ...change } });
}

/** The login to the gateway, where clients of later steps look for it. */
export async function handLogin({ job, workspace, env }: Receiver, login: RegistryLogin): Promise<LoginCopy> {
  const directory = findDockerDirectory(env, workspace);
  await record(job, { login: { directory, host: login.host } });
  return addOwnLogin({ cwd: workspace, env, login });
}

export async function handExports(job: Job, cacheScopes: readonly string[]): Promise<void> {
  await record(job, { exports: [...new Set([...(job.record.handed?.exports ?? []), ...cacheScopes])] });
}

/** The daemon as a builder of the user's own buildx; answers its name. */
export async function handBuilder(
  { job, workspace, env }: Receiver,
  { address, driverOptions }: Pick<Endpoint, 'address' | 'driverOptions'>,
): Promise<string> {
  const configDirectory = findBuildxConfig(env, workspace);
  const name = toJobPrefix(job.directory).replace(/-$/, '');
  await record(job, { builder: { configDirectory, name } });
  await writeBuilder({ name, configDirectory, address, driverOptions, scopedLogins: undefined });
  return name;
}

/** Where the Docker CLI looks for plug-ins beside the user's own directory (cli-plugins/manager). */
const pluginDirectories = [
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
];
const pluginName = 'docker-buildx';

/**
 * A directory of programs for the search path of later steps: buildx, and buildctl where there is one. The Docker CLI gets
 * buildx as a plug-in where it has none yet; what it has is left as it is.
 */
export async function handPrograms(
  { job, workspace, env }: Receiver,
  { buildx, buildctl }: { readonly buildx: string; readonly buildctl: string | undefined },
): Promise<string> {
  const directory = path.join(job.directory, 'bin');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const programs = [
    ['buildx', buildx],
    [pluginName, buildx],
    ['buildctl', buildctl],
  ] as const;
  for (const [name, target] of programs) {
    if (target === undefined) continue;
    await rm(path.join(directory, name), { force: true });
    await symlink(target, path.join(directory, name));
  }
  const own = path.join(findDockerDirectory(env, workspace), 'cli-plugins', pluginName);
  const isThere = await Promise.all(
    [own, ...pluginDirectories.map((place) => path.join(place, pluginName))].map(exists),
  );
  if (isThere.includes(true) || (await findOnPath('docker', env['PATH'] ?? '')) === undefined)
    return directory;
  await record(job, { plugin: own });
  await mkdir(path.dirname(own), { recursive: true, mode: 0o700 });
  // A link that leads nowhere, as a job that was killed may have left one.
  await rm(own, { force: true });
  await symlink(buildx, own);
  return directory;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/**
 * Removes from the user's directories what later steps had got. Throws what could not be removed.
 *
 * @param buildx where our link among the plug-ins leads
 */
export async function takeBack(
  { login, builder, plugin }: HandedOut,
  buildx: string | undefined,
): Promise<void> {
  const failures: string[] = [];
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      failures.push(`${what} (${toMessage(error)})`);
    }
  };
  if (login !== undefined)
    await attempt(`the login to ${login.host} in ${login.directory}`, () =>
      removeLogin(login.directory, login.host),
    );
  if (builder !== undefined) {
    const file = toBuilderFile(builder.configDirectory, builder.name);
    await attempt(`the builder ${file}`, () => rm(file, { force: true }));
  }
  // A link that somebody has replaced since is not ours any more.
  if (plugin !== undefined)
    await attempt(`the plug-in ${plugin}`, async () => {
      const target = await readlink(plugin).catch(() => undefined);
      if (target !== undefined && target === buildx) await rm(plugin, { force: true });
    });
  if (failures.length > 0) throw new Error(`not removed: ${failures.join('; ')}`);
}
