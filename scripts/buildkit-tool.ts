import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { defaultBuildkitVersion } from '../src/inputs/single-values.ts';
import { parseJson, readString } from '../src/json.ts';
import { lastLines, startProgram } from './program.ts';

/**
 * The directory of buildkitd and buildctl, by the chain of the action itself, so that it is tried out on every developer's
 * machine. Throws one sentence.
 */
export async function getBuildkit(directory: string, log: (line: string) => void): Promise<string> {
  const temporary = mkdtempSync(path.join(directory, 'tmp-'));
  const { ACTIONS_RUNTIME_TOKEN, ACTIONS_ID_TOKEN_REQUEST_TOKEN, ...rest } = process.env;
  const started = performance.now();
  try {
    // A process of its own: the toolkit takes its directories from the environment and prints to stdout.
    const script = path.join(import.meta.dirname, 'install-buildkit.ts');
    const { exitCode, stdout, output } = await startProgram(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, defaultBuildkitVersion, temporary],
      {
        env: { ...rest, RUNNER_TOOL_CACHE: directory },
        onLine: (line) => {
          if (line.startsWith('Compiling')) log(line);
        },
      },
    ).ended;
    if (exitCode !== 0) throw new Error(`BuildKit: ${lastLines(output, 1)}`);
    const installed = parseJson(lastLines(stdout, 1));
    const [found, source] = [readString(installed, 'directory'), readString(installed, 'source')];
    if (found === undefined) throw new Error(`BuildKit: ${script} printed no directory: ${stdout}`);
    const origin = source === 'release' ? 'release' : source === 'go' ? 'Go module' : undefined;
    if (origin !== undefined) {
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      log(`  BuildKit ${readString(installed, 'version') ?? ''} from its ${origin} in ${seconds} s`);
    }
    return found;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
