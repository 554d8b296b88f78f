import { request } from 'node:http';
import path from 'node:path';
import { InputError, quote, toMessage } from '../errors.ts';
import { findIndexFault, type IndexFault } from '../inputs/index-fault.ts';
import { isLoad, loadsImage } from '../inputs/output-entry.ts';
import type { BakeInputs, Inputs } from '../inputs/types.ts';
import type { Attestation, BuildOutput } from '../inputs/values.ts';
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
function listContexts({ outputs }: Pick<Inputs['image'], 'outputs'>): readonly (string | undefined)[] {
  const contexts = outputs.filter(isLoad).map(({ attrs }) => attrs['context'] || undefined);
  return contexts.length === 0 ? [undefined] : [...new Set(contexts)];
}

/** The same of a bake, of whose images nothing is known yet. */
export async function checkBakeLoad(
  { load, call }: Pick<BakeInputs, 'load' | 'call'>,
  env: Environment,
  workspace: string,
): Promise<void> {
  if (!load || call !== undefined) return;
  const engine = await askEngine(undefined, env, workspace);
  if (engine.kind === 'unreachable') throw toUnreachableError('load', engine.reason, { file: fileOfTargets });
}

const fileOfTargets = 'set: TARGET.output=type=docker,dest=image.tar';

/** Of a target of a bake definition. */
interface LoadedTarget {
  readonly name: string;
  readonly isLinked: boolean;
  readonly platforms: readonly string[];
  readonly outputs: readonly BuildOutput[];
  readonly attests: readonly Attestation[];
}

/** The same of its targets, when they are known. */
export async function checkTargetLoads(
  targets: readonly LoadedTarget[],
  env: Environment,
  workspace: string,
): Promise<void> {
  const engines = new Map<string | undefined, DockerEngine>();
  for (const target of targets) {
    for (const context of target.outputs.some(isLoad) ? listContexts(target) : []) {
      const engine = engines.get(context) ?? (await askEngine(context, env, workspace));
      engines.set(context, engine);
      const fault = findTargetLoadFault(target, engine);
      if (fault !== undefined) throw fault;
    }
  }
}

/** Why that engine cannot take the image of the target; undefined: it can. Pure. */
export function findTargetLoadFault(target: LoadedTarget, engine: DockerEngine): InputError | undefined {
  if (target.isLinked) return undefined;
  const subject = `target ${quote(target.name)} of the bake definition`;
  if (engine.kind === 'unreachable')
    return toUnreachableError('files', engine.reason, { subject, file: fileOfTargets });
  const { platforms, attests } = target;
  const fault = findIndexFault({
    build: { platforms },
    image: { provenance: undefined, sbom: undefined, attests },
  });
  if (engine.kind === 'unknown' || engine.holdsIndexes || fault === undefined) return undefined;
  return new InputError('files', `${subject}: ${toStoreFault(fault, 'load')}`);
}

/** Why that engine cannot take the image; undefined: it can. Pure. */
export function findLoadFault(
  inputs: Pick<Inputs, 'build' | 'image'>,
  engine: DockerEngine,
): InputError | undefined {
  const input = inputs.image.load ? 'load' : 'outputs';
  if (engine.kind === 'unreachable') return toUnreachableError(input, engine.reason);
  const fault = findIndexFault(inputs);
  if (engine.kind === 'unknown' || engine.holdsIndexes || fault === undefined) return undefined;
  return new InputError(fault.input, `input "${fault.input}": ${toStoreFault(fault, input)}`);
}

function toStoreFault({ what }: IndexFault, input: string): string {
  return `${what} cannot be loaded, because the image store of this Docker engine holds single images only; allowed is one platform without attestations, "push" in place of "${input}", or an engine with the containerd image store ({"features": {"containerd-snapshotter": true}} in its daemon.json)`;
}

function toUnreachableError(
  input: string,
  reason: string,
  { subject = `input "${input}"`, file = 'outputs: type=docker,dest=image.tar' } = {},
): InputError {
  return new InputError(
    input,
    `${subject}: the image is to go into Docker, but no Docker engine answers (${reason}); allowed is a runner with Docker, or "${file}" for a file`,
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
