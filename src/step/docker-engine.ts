import { request } from 'node:http';
import path from 'node:path';
import { InputError, toMessage } from '../errors.ts';
import { findIndexFault } from '../inputs/index-fault.ts';
import { isLoad, loadsImage } from '../inputs/output-entry.ts';
import type { Inputs } from '../inputs/types.ts';
import { parseJson, readField } from '../json.ts';
import { runCommand } from '../process/command.ts';
import { findOnPath } from '../process/search-path.ts';
import { readCurrentContext } from './docker-config.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The Docker engine that `load` is about. */
export type DockerEngine =
  /** `holdsIndexes`: its image store is containerd's, which keeps an image of several platforms, and attestations. */
  | { readonly kind: 'reachable'; readonly holdsIndexes: boolean }
  /** `reason` is a clause. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** Nothing here can ask it; buildx can. */
  | { readonly kind: 'unknown' };

const answerTimeoutMs = 10_000;
const defaultHost = 'unix:///var/run/docker.sock';

/** Throws InputError when the image cannot be loaded, before anything is started. */
export async function checkLoad(
  inputs: Pick<Inputs, 'build' | 'image'>,
  env: Environment,
  workspace: string,
): Promise<void> {
  if (!loadsImage(inputs.image) || inputs.build.call !== undefined) return;
  for (const context of listContexts(inputs.image)) {
    const fault = findLoadFault(inputs, await askEngine(context, env, workspace));
    if (fault !== undefined) throw fault;
  }
}

/** The Docker contexts that are loaded into; undefined: the one of the step. */
function listContexts({ outputs }: Inputs['image']): readonly (string | undefined)[] {
  const contexts = outputs.filter(isLoad).map(({ attrs }) => attrs['context'] || undefined);
  return contexts.length === 0 ? [undefined] : [...new Set(contexts)];
}

/** Why that engine cannot take the image; undefined: it can. Pure. */
export function findLoadFault(
  inputs: Pick<Inputs, 'build' | 'image'>,
  engine: DockerEngine,
): InputError | undefined {
  const input = inputs.image.load ? 'load' : 'outputs';
  if (engine.kind === 'unreachable') {
    return new InputError(
      input,
      `input "${input}": the image is to go into Docker, but no Docker engine answers (${engine.reason}); allowed is a runner with Docker, or "outputs: type=docker,dest=image.tar" for a file`,
    );
  }
  const fault = findIndexFault(inputs);
  if (engine.kind === 'unknown' || engine.holdsIndexes || fault === undefined) return undefined;
  return new InputError(
    fault.input,
    `input "${fault.input}": ${fault.what} cannot be loaded, because the image store of this Docker engine holds single images only; allowed is one platform without attestations, "push" in place of "${input}", or an engine with the containerd image store ({"features": {"containerd-snapshotter": true}} in its daemon.json)`,
  );
}

/** What `GET /info` or `docker info` says of the image store (util/dockerutil/features.go of buildx). */
export function parseEngine(info: unknown): DockerEngine {
  const status = readField(info, 'DriverStatus');
  const holdsIndexes =
    Array.isArray(status) &&
    status.some(
      (pair) =>
        Array.isArray(pair) && pair[0] === 'driver-type' && pair[1] === 'io.containerd.snapshotter.v1',
    );
  return { kind: 'reachable', holdsIndexes };
}

/** Asks the engine that buildx would load into: by the Docker CLI, or over its socket where there is none. */
async function askEngine(
  context: string | undefined,
  env: Environment,
  workspace: string,
): Promise<DockerEngine> {
  const docker = await findOnPath('docker', env['PATH'] ?? '');
  // The CLI knows contexts, ssh:// and TLS.
  if (docker !== undefined) return askByProgram(docker, context, env, workspace);
  const host = env['DOCKER_HOST'] || defaultHost;
  const name = context ?? (env['DOCKER_HOST'] ? undefined : await readCurrentContext(env, workspace));
  if ((name ?? 'default') !== 'default' || !host.startsWith('unix://')) return { kind: 'unknown' };
  return askBySocket(path.resolve(workspace, host.slice('unix://'.length)));
}

async function askByProgram(
  docker: string,
  context: string | undefined,
  env: Environment,
  cwd: string,
): Promise<DockerEngine> {
  const { PATH, HOME, DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG, DOCKER_CERT_PATH } = env;
  const { DOCKER_TLS_VERIFY, DOCKER_API_VERSION, SSH_AUTH_SOCK } = env;
  // As one word: what begins with a hyphen is a name as well.
  const place = context === undefined ? [] : [`--context=${context}`];
  const answer = await runCommand(docker, [...place, 'info', '--format', '{{json .}}'], {
    env: {
      ...{ PATH, HOME, DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG, DOCKER_CERT_PATH },
      ...{ DOCKER_TLS_VERIFY, DOCKER_API_VERSION, SSH_AUTH_SOCK },
    },
    cwd,
    timeoutMs: answerTimeoutMs,
  });
  const info = parseJson(answer.stdout);
  const errors = readField(info, 'ServerErrors');
  const [error] = Array.isArray(errors) ? errors : [];
  if (typeof error === 'string') return { kind: 'unreachable', reason: error };
  return answer.exitCode === 0
    ? parseEngine(info)
    : { kind: 'unreachable', reason: `docker info ${answer.outcome}` };
}

async function askBySocket(socketPath: string): Promise<DockerEngine> {
  try {
    return parseEngine(parseJson(await readInfo(socketPath)));
  } catch (error) {
    return { kind: 'unreachable', reason: `${socketPath}: ${toMessage(error)}` };
  }
}

function readInfo(socketPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path: '/info', timeout: answerTimeoutMs }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`it answered ${response.statusCode}`));
      });
    });
    asked.once('timeout', () => asked.destroy(new Error(`no answer within ${answerTimeoutMs / 1000} s`)));
    asked.once('error', reject);
    asked.end();
  });
}
