import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { isRecord, readField, readString } from '../../src/json.ts';
import { copySources } from './act.ts';
import { registryUser } from './registry.ts';
import { root } from './runner.ts';

/** Actions of others that the workflow uses; the one that uploads says what it would. */
const standIns: Readonly<Record<string, string>> = {
  'docker/setup-qemu-action': 'name: x\ndescription: x\nruns: {using: composite, steps: []}\n',
  'actions/upload-artifact': `name: x
description: x
inputs:
  name: {description: x}
  path: {description: x}
runs:
  using: composite
  steps:
    - shell: sh
      run: echo "artifact $NAME has $(find "$FILES" -type f | sort | tr '\\n' ' ')"
      env:
        NAME: \${{ inputs.name }}
        FILES: \${{ inputs.path }}
`,
};

/** Legs of which a test may read the outputs. */
const legs = [0, 1];

/**
 * Puts what a workflow of another repository gets of `hotlayer/hotlayer@v1` into a directory. Answers act's flags for it.
 *
 * act keeps one value of each output of a job, that of the leg which ends first, and takes it for the expression of the
 * others (nektos/act, interpolateOutputs); so an output that this leg does not set must be its own expression again.
 */
export async function installWorkflow(directory: string): Promise<readonly string[]> {
  const own = path.join(directory, 'hotlayer');
  await copySources(own, (file) =>
    /^(?:action\.yml$|dist\/|workflow\/|\.github\/workflows\/build\.yml$)/.test(file),
  );
  const file = path.join(own, '.github', 'workflows', 'build.yml');
  let text = await readFile(file, 'utf8');
  const flags: string[] = [];
  for (const index of legs) {
    const expression = `\${{ steps.leg.outputs.leg-${index} }}`;
    const kept = `\${{ steps.leg.outputs.leg-${index} || vars.LEG_${index} }}`;
    if (!text.includes(expression)) throw new Error(`build.yml has no ${expression}`);
    text = text.replace(expression, kept);
    flags.push('--var', `LEG_${index}=${kept}`);
  }
  await writeFile(file, text);
  for (const [action, standIn] of Object.entries(standIns)) {
    const others = path.join(directory, path.basename(action));
    await mkdir(others);
    await writeFile(path.join(others, 'action.yml'), standIn);
    const [pinned] = text.match(new RegExp(`${action}@[0-9a-f]{40}`)) ?? [];
    if (pinned === undefined) throw new Error(`build.yml does not use ${action}`);
    flags.push('--local-repository', `${pinned}=${others}`);
  }
  return [...flags, '--local-repository', `hotlayer/hotlayer@v1=${own}`];
}

/**
 * A workflow of examples/workflows for a registry on loopback that wants a login. docker/metadata-action is a step that
 * says the same.
 */
export async function writeExample(name: string, registry: string, to: string): Promise<void> {
  const text = await readFile(path.join(root, 'examples', 'workflows', `${name}.yml`), 'utf8');
  const local = text
    .replaceAll('ghcr.io/acme', `${registry}/acme`)
    .replaceAll('registry.acme.example', registry);
  const workflow: unknown = parse(local);
  const jobs = Object.entries(toRecord(readField(workflow, 'jobs'))).map(([id, job]) => {
    if (readString(job, 'uses') !== undefined) return [id, withLogin(toRecord(job), registry)];
    const steps = readField(job, 'steps');
    return [
      id,
      { ...toRecord(job), steps: (Array.isArray(steps) ? steps : []).map((step) => replace(step, registry)) },
    ];
  });
  await writeFile(to, stringify({ ...toRecord(workflow), jobs: Object.fromEntries(jobs) }));
}

/** A caller that has no image to push. */
export const filesWorkflow = stringify({
  name: 'files',
  on: 'push',
  jobs: {
    files: {
      uses: 'hotlayer/hotlayer/.github/workflows/build.yml@v1',
      with: {
        output: 'local',
        platforms: 'linux/amd64,linux/arm64',
        context: 'services/web',
        'artifact-name': 'web',
      },
    },
  },
});

/** What ghcr.io does with the job's token needs a login here. */
function withLogin(job: Readonly<Record<string, unknown>>, registry: string): unknown {
  const auths = stringify([
    { registry, username: registryUser.username, password: `\${{ secrets.REGISTRY_PASSWORD }}` },
  ]);
  return { ...job, secrets: { 'registry-auths': auths, ...toRecord(job['secrets']) } };
}

function replace(step: unknown, registry: string): unknown {
  if (!(readString(step, 'uses') ?? '').startsWith('docker/metadata-action@')) return step;
  const outputs = {
    tags: `${registry}/acme/meta:main\n${registry}/acme/meta:edge`,
    labels: 'org.opencontainers.image.version=main',
    annotations:
      'manifest,index:org.opencontainers.image.version=main\nmanifest,index:org.opencontainers.image.title=a "b"',
  };
  const lines = Object.entries(outputs).map(
    ([output, value]) => `{ echo '${output}<<END'; echo '${value}'; echo END; } >> "$GITHUB_OUTPUT"`,
  );
  return { id: readString(step, 'id'), run: lines.join('\n') };
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** The checkout of the callers: a service for each image, and one that tells whether it gets its secret. */
export async function writeCheckout(repository: string, rootfs: string): Promise<void> {
  const files = {
    Dockerfile: `FROM --platform=$BUILDPLATFORM scratch AS build
COPY rootfs/ /
ARG TARGETARCH
RUN --mount=type=secret,id=npm_token echo "npm_token of $TARGETARCH: $(cat /run/secrets/npm_token 2>/dev/null)." > /token; \\
  cat /token; echo "$TARGETARCH" > /architecture
FROM scratch
COPY --from=build /architecture /architecture
`,
    'services/api/Dockerfile': 'FROM scratch\nCOPY name /name\n',
    'services/api/name': 'api',
    'services/web/Dockerfile': 'FROM scratch\nCOPY name /name\nCOPY name /again\n',
    'services/web/name': 'web',
    '.dockerignore': '.github\n',
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(repository, file)), { recursive: true });
    await writeFile(path.join(repository, file), text);
  }
  await cp(rootfs, path.join(repository, 'rootfs'), { recursive: true, verbatimSymlinks: true });
}
