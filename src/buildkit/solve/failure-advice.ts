import type { BuildFailure } from './build-failure.ts';

/** By exit code of the instruction's program; shells and kernels give these. */
const exitCodes: Readonly<Record<number, string>> = {
  126: 'The program is there but cannot be run: look at its permissions, and at the platform that it was made for.',
  127: 'The shell found no program of that name: install it in an earlier step, or correct the name.',
  137: 'The program was killed, mostly because the runner had no memory left: use less of it, or a larger runner.',
  139: 'The program crashed (segmentation fault): look at its version, and at the platform that it was made for.',
};

/** By BuildKit's words. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /failed to calculate checksum of ref|": not found$/m,
    'The build context does not have this file: look at the path, at .dockerignore, and whether an earlier step of the job makes the file.',
  ],
  [
    /^secret \S+: not found$/m,
    'Give this secret in "secrets", "secret-envs" or "secret-files"; an empty one counts as not given.',
  ],
  [/unset ssh forward key/, 'Give the input "ssh" an agent or a key by this id.'],
  [
    /(?:network\.host|security\.insecure|device\S*) is not allowed/,
    'Give the input "allow" what the step asks for, if the Dockerfile may have it.',
  ],
  [
    /base name \(.*\) should not be blank/,
    'Give the build arg that names the base image a value in "build-args", or a default in the Dockerfile.',
  ],
  [
    /could not read Username for/,
    'The repository is private, or is not there: look at its address, and give a token that may read it as the secret GIT_AUTH_TOKEN.',
  ],
  [/dockerfile parse error|unknown instruction/, 'Correct the line of the Dockerfile that is named above.'],
  [/target stage .* could not be found/, 'Give the input "target" the name of a stage of the Dockerfile.'],
  [
    /failed to read dockerfile: open /,
    'Give the input "file" the path of the Dockerfile, and check the repository out before this step.',
  ],
  [
    /pull access denied|insufficient_scope|authorization failed|401 Unauthorized|403 Forbidden/,
    'Look at the name of the image, and put docker/login-action before this step if it is private.',
  ],
  [
    /failed to resolve source metadata|failed to do request|no such host|i\/o timeout|connection refused/,
    'A server could not be reached, or does not have what was asked for: look at the name and the tag, then run the job again.',
  ],
  [/no space left on device/, 'The disk is full: free some space before this step, or use a larger runner.'],
];

/** What to do about a failed build, in sentences of our own. */
export function adviseOnFailure({ kind, reason, exitCode, output }: BuildFailure): string {
  switch (kind) {
    case 'push':
      return 'The image was built but not pushed. Check the name in "tags", the login to the registry and the right to write there.';
    case 'load':
      return 'The image was built but not loaded into Docker. Look at the log of the Docker engine: whether it still runs, and whether its disk is full.';
    case 'cache':
      return 'A cached layer could not be read. Run the job again; with no-cache: true it does not need the cache.';
    case 'daemon':
      return 'The connection to BuildKit broke. The step\'s log has the last lines of buildkitd under "Log of buildkitd".';
    case 'check':
      return 'Correct what the checks found, or leave a rule out with `# check=skip=RuleName` in the first lines of the Dockerfile.';
    case 'dockerfile':
    case 'other': {
      const isFull = [reason, ...output.slice(-10)].some((text) => /no space left on device/i.test(text));
      const found = isFull ? reasons.at(-1) : reasons.find(([pattern]) => pattern.test(reason));
      const ofCode = exitCode === undefined || isFull ? undefined : exitCodes[exitCode];
      if (ofCode !== undefined) return ofCode;
      // Its command line is a part of the reason, and may say anything.
      if (exitCode !== undefined && !isFull)
        return 'The program of this line failed by itself: its last lines say why. The whole output is in the log of the step.';
      return found?.[1] ?? "BuildKit's words are above; the log of the step has the whole build.";
    }
    default:
      return kind satisfies never;
  }
}
