import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { DockerEngine } from '../helpers/docker-engine.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { Registry } from '../helpers/registry.ts';
import { buildkitDirectory, Job, oldBuildkitDirectory, type StepResult } from '../helpers/runner.ts';

const dockerfile = `FROM scratch
COPY rootfs/ /
ARG WHO=nobody
RUN echo "$WHO" > /who && head -c 100000 /dev/urandom > /noise
COPY message /message
`;

/** A client of BuildKit in a `run:` step. */
interface Client {
  readonly name: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Built with bash, which steps of envd need. */
  readonly needsBash?: boolean;
  readonly script: (step: StepResult, facts: { readonly host: string; readonly turn: string }) => string;
  /** What its log says of a build that was wholly cached. */
  readonly warm: RegExp;
}

const output = (step: StepResult, name: string) => step.outputs.get(name) ?? '';
const warmStep = /\[(?:stage-0 |\w+ )?3\/3\] COPY message.*\n#\d+ CACHED$/m;

/** The plug-in takes two minutes to compile: whoever has it names it. */
const compose = process.env['HOTLAYER_TEST_COMPOSE'];

const clients: readonly Client[] = [
  ...(compose === undefined
    ? []
    : [
        {
          name: 'docker compose',
          script: (step: StepResult) => `
            mkdir -p ~/.docker/cli-plugins && ln -s ${compose} ~/.docker/cli-plugins/docker-compose
            printf 'services:\\n  web:\\n    build:\\n      context: .\\n      cache_from: ["%s"]\\n      cache_to: ["%s"]\\n' '${output(step, 'cache-from')}' '${output(step, 'cache-to')}' > compose.yaml
            docker compose version
            docker compose --progress plain build web`,
          // The last one is fetched for the engine, and so not called cached.
          warm: /\[2\/3\] RUN .*\n#\d+ CACHED$/m,
        },
      ]),
  {
    name: 'the plug-in of the docker CLI',
    script: (step) => `docker buildx build --progress plain ${output(step, 'build-flags')} .`,
    warm: warmStep,
  },
  {
    name: 'Dagger v0.20, by the attributes that it sends',
    script: (step) =>
      `buildctl build --frontend dockerfile.v0 --local context=. --local dockerfile=. --progress plain --export-cache "$(echo '${output(step, 'cache-to-gha')}' | sed 's/,ignore-error=true//')" --import-cache '${output(step, 'cache-from-gha')},mode=max'`,
    warm: warmStep,
  },
  {
    name: 'a daemon and a client of v0.10.6 that read ACTIONS_CACHE_URL and ACTIONS_RUNTIME_TOKEN, as Dagger 0.2 does',
    inputs: { 'buildkit-path': oldBuildkitDirectory() },
    script: () =>
      'buildctl --version && buildctl build --frontend dockerfile.v0 --local context=. --local dockerfile=. --progress plain --export-cache "type=gha,mode=max,scope=app,url=$ACTIONS_CACHE_URL,token=$ACTIONS_RUNTIME_TOKEN" --import-cache "type=gha,scope=app,url=$ACTIONS_CACHE_URL,token=$ACTIONS_RUNTIME_TOKEN"',
    warm: warmStep,
  },
  {
    name: 'envd',
    needsBash: true,
    script: (step, { host, turn }) => `
      mkdir -p ~/.config/containers
      printf '[[registry]]\\nlocation = "${host}"\\ninsecure = true\\n' > ~/.config/containers/registries.conf
      test ${turn} = warm || buildx build --output type=image,name=${host}/library/base:1,push=true,registry.insecure=true .
      printf '# syntax=v1\\ndef build():\\n    base(image="${host}/library/base:1", dev=False)\\n    run(commands=["echo $RANDOM > /hi"])\\n' > build.envd
      export ENVD_ANALYTICS=false
      envd context create --name hotlayer --builder unix --builder-address "\${BUILDKIT_HOST#unix://}" --use
      envd build --export-cache '${output(step, 'cache-to-gha')}' --import-cache '${output(step, 'cache-from-gha')}' --output type=tar,dest=out.tar`,
    // The warning is of the step itself.
    warm: /^(?![\s\S]*setlocale)[\s\S]*prepare language\n#\d+ CACHED[\s\S]*system packages\n#\d+ CACHED$/m,
  },
];

describe('after setup, in run: steps', () => {
  let cache: TestCache;
  let registry: Registry;
  let engine: DockerEngine | undefined;
  const jobs: Job[] = [];

  beforeAll(async () => {
    cache = await TestCache.start();
    registry = await Registry.start();
    // Where a service is to be.
    if (compose !== undefined) engine = await DockerEngine.start();
  });
  afterEach(async () => {
    for (const job of jobs.splice(0)) await job.remove();
  });
  afterAll(async () => {
    await engine?.stop();
    await registry.stop();
    await cache.stop();
  });

  it.each(clients)('$name', async ({ inputs, needsBash, script, warm }) => {
    const logs: string[] = [];
    for (const turn of ['cold', 'warm']) {
      const job = await Job.start({ env: await cache.env(rights.main) });
      jobs.push(job);
      await writeContext(job.workspace, { dockerfile, files: { message: 'hello' } });
      const step = await job.runSetup({ 'buildkit-path': buildkitDirectory(), scopes: 'app', ...inputs });
      expect({ log: step.log, exitCode: step.exitCode }).toEqual({ log: step.log, exitCode: 0 });
      if (needsBash === true)
        await job.runShell("cp --parents /bin/bash $(ldd /bin/bash | grep -o '/[^ ]*') rootfs/");
      const { exitCode, log } = await job.runShell(
        script(step, { host: registry.host, turn }),
        engine === undefined ? {} : { DOCKER_HOST: engine.host },
      );
      expect({ turn, log, exitCode }).toEqual({ turn, log, exitCode: 0 });
      logs.push(log);
      const [post] = await job.runPosts();
      expect(post?.exitCode).toBe(0);
      expect(findLeftovers(job.directory)).toEqual([]);
      expect(post?.log).toMatch(/^cache export of app-\S*: exported, /m);
    }
    expect(logs[1]).toMatch(warm);
  });
});
