import { parseBuildArg, parseSecret } from './key-value.ts';
import { csv, flag, line, lineOrDefault, lines, path, secrets, secretText } from './kinds.ts';
import { checkPlatform } from './platform.ts';
import { parseContext, parseTarget } from './single-values.ts';

/** What is built, and what its steps get. */
export const buildRows = {
  context: lineOrDefault({
    name: 'context',
    description: 'Build context, a directory in the workspace or a Git URL (which needs no checkout).',
    default: '.',
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
  secrets: secrets({
    name: 'secrets',
    description:
      'Secrets for `RUN --mount=type=secret`, one `id=value` a line, to the byte, quoted as a whole when the value spans lines.',
    parse: parseSecret,
  }),
  noCache: flag({
    name: 'no-cache',
    description: 'Run every step, whatever the cache holds.',
    default: false,
  }),
  pull: flag({
    name: 'pull',
    description: 'Ask the registry for newer base images even if the daemon has them.',
    default: false,
  }),
  githubToken: secretText({
    name: 'github-token',
    description:
      "Token for a Git context in this repository, for the question where its branch is now, and for GitHub's release API.",
    default: `\${{ github.token }}`,
  }),
};
