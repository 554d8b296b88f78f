import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A builder of buildx: what `--builder` and BUILDX_CONFIG say. */
export interface Builder {
  readonly name: string;
  /** buildx's own directory for this job: builders, locks, references. */
  readonly configDirectory: string;
}

const builderName = 'hotlayer';

/**
 * Makes a daemon known to buildx, under a directory that no other buildx uses: the job's own builders neither see it nor
 * are seen. The file is what `buildx create --driver remote` writes (store/nodegroup.go), without a process and without
 * a look at Docker.
 *
 * @param address `unix:///…` of the daemon
 * @param driverOptions certificates, by the names of the remote driver
 * @param scopedLogins docker/login-action's logins for single repositories, which only buildx reads; it need not exist. undefined: nothing is
 *   pulled or pushed by this builder
 */
export async function writeBuilder(options: {
  /** By default one for directories of our own. */
  readonly name?: string;
  readonly configDirectory: string;
  readonly address: string;
  readonly driverOptions?: Readonly<Record<string, string>>;
  readonly scopedLogins: string | undefined;
}): Promise<Builder> {
  const { name = builderName, configDirectory, address, driverOptions = {}, scopedLogins } = options;
  const file = toBuilderFile(configDirectory, name);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const node = {
    Name: `${name}0`,
    Endpoint: address,
    Platforms: null,
    DriverOpts: Object.keys(driverOptions).length === 0 ? null : driverOptions,
    Flags: null,
    Files: null,
  };
  const group = { Name: name, Driver: 'remote', Nodes: [node], Dynamic: false };
  await replaceFile(file, JSON.stringify(group));
  if (scopedLogins !== undefined) await linkTo(scopedLogins, path.join(configDirectory, 'config'));
  return { name, configDirectory };
}

/** Where buildx has what it knows of a builder. */
export function toBuilderFile(configDirectory: string, name: string): string {
  return path.join(configDirectory, 'instances', name);
}

/** Whole or not at all: buildx of a step that was killed may still read it. */
async function replaceFile(file: string, text: string): Promise<void> {
  const next = `${file}.next`;
  await writeFile(next, text, { mode: 0o600 });
  await rename(next, file);
}

async function linkTo(target: string, link: string): Promise<void> {
  await rm(link, { force: true });
  await symlink(target, link);
}
