import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * One sentence on the file that configures the daemons of `buildx create`, of which none is made here; undefined: there is
 * no such file. What else buildx reads (scoped logins, proxies, policies) works. Relative paths start at the workspace.
 */
export async function describeForeignFiles(env: Environment, workspace: string): Promise<string | undefined> {
  const dockerConfig = path.resolve(
    workspace,
    env['DOCKER_CONFIG'] || path.join(env['HOME'] || homedir(), '.docker'),
  );
  const buildxConfig = path.resolve(workspace, env['BUILDX_CONFIG'] || path.join(dockerConfig, 'buildx'));
  const defaults = path.join(buildxConfig, 'buildkitd.default.toml');
  return (await isFile(defaults))
    ? `${defaults} has no effect on this build (in docker/setup-buildx-action it configures buildkitd: use the input "buildkitd-config-inline").`
    : undefined;
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    // Not there, or not to be read: then it has no effect with buildx either.
    return false;
  }
}
