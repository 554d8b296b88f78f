import { execFileSync } from 'node:child_process';
import { parse, stringify } from 'yaml';
import { isRecord, readField, readString } from '../../src/json.ts';
import { authorization } from './base-image.ts';
import { buildkitDirectory } from './runner.ts';

/** What stands for the servers and names of a workflow of the docs. */
export interface StandIns {
  /** Of the workflow, unlike the names of all others. */
  readonly name: string;
  /** Of the registry, which wants a login. */
  readonly registry: string;
  /** Directory with the files of the checkout, from the workspace. */
  readonly files: string;
  /** Where in the checkout the shared `rootfs` beside those files belongs. */
  readonly rootfs: string;
  /** Of the Docker engine, which has no network; undefined: it is that of the machine, if any. */
  readonly dockerHost?: string | undefined;
}

/**
 * A workflow of the docs as one that act can run without a network: Hotlayer is `./hotlayer`, all registries are one on
 * loopback, and other actions are `run:` steps that do the same.
 */
export function toRunnable(text: string, standIns: StandIns): string {
  const { name, registry, dockerHost } = standIns;
  const local = text
    .replaceAll(/(?:ghcr\.io|registry\.acme\.example)\/acme\//g, `${registry}/acme/${name}-`)
    .replaceAll('/opt/buildkit/bin', buildkitDirectory())
    .replaceAll('/opt/buildx/buildx', findBuildx())
    .replaceAll('docker run ', 'docker run --network none ')
    .replaceAll(/ghcr\.io|(?:registry|mirror)\.acme\.example/g, registry);
  const workflow: unknown = parse(local);
  const jobs = Object.entries(toRecord(readField(workflow, 'jobs'))).map(([id, job]) => {
    const steps = readField(job, 'steps');
    const replaced = (Array.isArray(steps) ? steps : []).flatMap(replace);
    // What the agent's post does is a step of its own.
    const ends = replaced.some((step) => readField(step, 'run') === startAgent) ? [endAgent] : [];
    const env = dockerHost === undefined ? {} : { env: { DOCKER_HOST: dockerHost } };
    return [id, { ...toRecord(job), ...env, steps: [...replaced, ...ends] }];
  });
  return stringify({ ...toRecord(workflow), name, jobs: Object.fromEntries(jobs) });

  function replace(step: unknown): readonly unknown[] {
    const uses = readString(step, 'uses');
    if (uses === undefined) return [step];
    const [action = ''] = uses.split('@');
    const { uses: _, with: __, ...others } = toRecord(step);
    switch (action) {
      case 'actions/checkout':
        return [step, { run: toCheckout(standIns) }];
      case 'hotlayer/hotlayer':
        return [{ ...toRecord(step), uses: './hotlayer' }];
      case 'hotlayer/hotlayer/bake':
        return [{ ...toRecord(step), uses: './hotlayer/bake' }];
      case 'docker/login-action':
        return [{ ...others, run: toLogin(registry) }];
      case 'docker/metadata-action':
        return [{ ...others, run: toMetadata(`${registry}/acme/${name}-app`) }];
      case 'webfactory/ssh-agent':
        return [{ run: startAgent }];
      default:
        throw new Error(`no stand-in for ${uses}`);
    }
  }
}

function findBuildx(): string {
  return execFileSync('sh', ['-c', 'command -v buildx'], { encoding: 'utf8' }).trim();
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function toCheckout({ files, rootfs }: StandIns): string {
  return `mkdir -p ${rootfs} && cp -R ${files}/. . && cp -R ${files}/../rootfs ${rootfs}/`;
}

/** A directory for each job: all of them have one home. */
function toLogin(registry: string): string {
  const config = JSON.stringify({ auths: { [registry]: { auth: authorization.replace('Basic ', '') } } });
  return [
    'mkdir -p "$RUNNER_TEMP/docker"',
    `echo '${config}' > "$RUNNER_TEMP/docker/config.json"`,
    'echo "DOCKER_CONFIG=$RUNNER_TEMP/docker" >> "$GITHUB_ENV"',
  ].join('\n');
}

function toMetadata(image: string): string {
  const outputs = {
    tags: `${image}:${'$'}{GITHUB_REF_NAME%%/*}\n${image}:sha-1`,
    labels: 'org.opencontainers.image.title=app\norg.opencontainers.image.version=1',
    annotations: 'manifest:org.opencontainers.image.title=app',
  };
  return Object.entries(outputs)
    .map(([name, value]) => `{ echo '${name}<<END'; echo "${value}"; echo END; } >> "$GITHUB_OUTPUT"`)
    .join('\n');
}

const startAgent = [
  'eval "$(ssh-agent -s)" > /dev/null',
  'ssh-keygen -q -t ed25519 -N "" -f "$RUNNER_TEMP/key" && ssh-add -q "$RUNNER_TEMP/key"',
  'echo "SSH_AUTH_SOCK=$SSH_AUTH_SOCK" >> "$GITHUB_ENV"',
  'echo "SSH_AGENT_PID=$SSH_AGENT_PID" >> "$GITHUB_ENV"',
].join('\n');

const endAgent = { if: 'always()', run: 'ssh-agent -k' };
