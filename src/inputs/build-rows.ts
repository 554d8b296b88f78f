import { parseCall } from './call.ts';
import { parseBuildArg, parseSecret, parseSecretFile, parseSecretVariable } from './key-value.ts';
import {
  csv,
  flag,
  hiddenList,
  line,
  lineOrElse,
  lines,
  path,
  secretMap,
  secrets,
  secretText,
} from './kinds.ts';
import { parseNamedContext } from './named-context.ts';
import { checkPlatform } from './platform.ts';
import { parseSecretMap } from './secret-map.ts';
import { parseContext, parseTarget, refuseBuilder } from './single-values.ts';
import {
  parseAddedHost,
  parseEntitlement,
  parseNetwork,
  parseShmSize,
  parseUlimit,
} from './step-settings.ts';

/** What is built, and what its steps get. */
export const buildRows = {
  context: lineOrElse({
    name: 'context',
    description:
      'Build context, a directory in the workspace or a Git URL; by default the workspace, or the commit of the event where nothing is checked out, which `{{defaultContext}}` stands for.',
    parse: parseContext,
  }),
  /** As given. */
  file: path({
    name: 'file',
    description:
      'Path of the Dockerfile from the workspace, or inside a Git context; by default `Dockerfile` in the context.',
  }),
  target: line({
    name: 'target',
    description: 'Stage to build; by default the last one.',
    parse: parseTarget,
  }),
  platforms: csv({
    name: 'platforms',
    description:
      "Target platforms such as `linux/amd64`, one a line or comma separated; by default the runner's own.",
    parse: checkPlatform,
  }),
  buildArgs: lines({
    name: 'build-args',
    description:
      "Build args, one `KEY=VALUE` a line; a bare `KEY` takes its value from the step's environment.",
    parse: parseBuildArg,
  }),
  buildContexts: lines({
    name: 'build-contexts',
    description:
      'More contexts, one `name=…` a line with a directory, a Git URL, `docker-image://…` or `oci-layout://…`.',
    parse: parseNamedContext,
  }),
  secrets: secrets({
    name: 'secrets',
    description:
      'Secrets for `RUN --mount=type=secret`, one `id=value` a line, to the byte, quoted as a whole when the value spans lines.',
    parse: parseSecret,
  }),
  secretsYaml: secretMap({
    name: 'secrets-yaml',
    description: 'Secrets as one YAML object of id to value, in place of `secrets` or beside it.',
    parse: parseSecretMap,
  }),
  secretEnvs: hiddenList({
    name: 'secret-envs',
    kind: 'csv',
    description:
      "Secrets that are variables of the step's environment, `id=VARIABLE`, one a line or comma separated.",
    parse: parseSecretVariable,
  }),
  secretFiles: hiddenList({
    name: 'secret-files',
    kind: 'lines',
    description: 'Secrets that are files, one `id=path` a line.',
    parse: parseSecretFile,
  }),
  ssh: csv({
    name: 'ssh',
    description:
      'SSH agents or keys for `RUN --mount=type=ssh`, `default` or `id=path`, one a line or comma separated.',
    parse: (_, entry) => entry,
  }),
  noCache: flag({
    name: 'no-cache',
    description: 'Run every step, whatever the cache holds.',
    default: false,
  }),
  noCacheFilters: csv({
    name: 'no-cache-filters',
    description: 'Stages whose steps all run, whatever the cache holds, one a line or comma separated.',
    parse: parseTarget,
  }),
  pull: flag({
    name: 'pull',
    description: 'Ask the registry for newer base images even if the daemon has them.',
    default: false,
  }),
  addHosts: csv({
    name: 'add-hosts',
    description: "Lines for the steps' `/etc/hosts`, `host:address`, one a line or comma separated.",
    parse: parseAddedHost,
  }),
  network: line({
    name: 'network',
    description: 'Network of the steps, `default`, `none` or `host`.',
    parse: parseNetwork,
  }),
  shmSize: line({
    name: 'shm-size',
    description: 'Size of `/dev/shm` in the steps, for example `2g`.',
    parse: parseShmSize,
  }),
  ulimit: lines({
    name: 'ulimit',
    description: 'Limits of the steps, one `name=soft[:hard]` a line, for example `nofile=1024:1024`.',
    parse: parseUlimit,
  }),
  cgroupParent: line({
    name: 'cgroup-parent',
    description: 'Parent of the cgroups of the steps.',
    parse: (_, text) => text,
  }),
  allow: csv({
    name: 'allow',
    description:
      'What the build may do beyond a usual one, `network.host`, `security.insecure` or `device`, one a line or comma separated.',
    parse: parseEntitlement,
  }),
  call: line({
    name: 'call',
    description:
      'A question in place of the build, `check`, `outline` or `targets`, each also with `,format=json`.',
    parse: parseCall,
  }),
  builder: line({
    name: 'builder',
    description:
      'Not used: Hotlayer starts a BuildKit of its own, so a value is an error that says what to do.',
    parse: refuseBuilder,
  }),
  githubToken: secretText({
    name: 'github-token',
    description:
      "Token for a Git context in this repository, for the question where its branch is now, and for GitHub's release API.",
    default: `\${{ github.token }}`,
  }),
};
