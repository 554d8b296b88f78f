import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { isRecord, parseJson } from '../json.ts';
import type { BuildInputs } from './types.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** One sentence on files that buildx reads and Hotlayer does not; undefined: there are none. Relative paths start at the workspace. */
export async function describeForeignFiles(
  env: Environment,
  inputs: Pick<BuildInputs, 'context' | 'file'>,
  workspace: string,
): Promise<string | undefined> {
  const dockerConfig = path.resolve(
    workspace,
    env['DOCKER_CONFIG'] || path.join(env['HOME'] || homedir(), '.docker'),
  );
  const buildxConfig = path.resolve(workspace, env['BUILDX_CONFIG'] || path.join(dockerConfig, 'buildx'));
  const defaults = path.join(buildxConfig, 'buildkitd.default.toml');
  const logins = path.join(buildxConfig, 'config');
  const config = path.join(dockerConfig, 'config.json');
  const policy = toPolicyFile(inputs, workspace);
  const described = [
    ...((await isFile(defaults))
      ? [`${defaults} (it configures buildkitd: use the input "buildkitd-config-inline")`]
      : []),
    ...((await hasEntries(logins))
      ? [`${logins} (logins of docker/login-action with "scope": leave that input out)`]
      : []),
    ...((await hasProxies(config))
      ? [`"proxies" in ${config} (build args for the steps: use the input "build-args")`]
      : []),
    ...(policy !== undefined && (await isFile(policy))
      ? [`${policy} (a policy for the sources of the build)`]
      : []),
  ];
  return described.length === 0
    ? undefined
    : `These files have an effect with buildx, and none on this build: ${described.join(', ')}.`;
}

/** buildx loads the policy that lies beside the Dockerfile. */
function toPolicyFile(
  { context, file }: Pick<BuildInputs, 'context' | 'file'>,
  workspace: string,
): string | undefined {
  if (context.kind === 'git') return undefined;
  const dockerfile =
    file === undefined
      ? path.join(path.resolve(workspace, context.path), 'Dockerfile')
      : path.resolve(workspace, file);
  return `${dockerfile}.rego`;
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    // Not there, or not to be read: then it has no effect with buildx either.
    return false;
  }
}

async function hasEntries(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).length > 0;
  } catch {
    // As above.
    return false;
  }
}

async function hasProxies(file: string): Promise<boolean> {
  try {
    const config = parseJson(await readFile(file, 'utf8'));
    const proxies = isRecord(config) ? config['proxies'] : undefined;
    return (
      isRecord(proxies) &&
      Object.values(proxies).some((proxy) => isRecord(proxy) && Object.keys(proxy).length > 0)
    );
  } catch {
    // As above.
    return false;
  }
}
