import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { mintToken } from '../embedded/signed-token.ts';
import { startEmbeddedService } from '../embedded/start.ts';
import { toInputVariables } from '../inputs/reader.ts';
import { type BuildAction, parseBuildFlags, renderBuildHelp } from './build-flags.ts';
import { makeLocalEvent, writeLocalEvent } from './played-event.ts';
import { runStep } from './step.ts';
import type { Environment, Write } from './types.ts';
import { parseCommandFile } from './workflow-commands.ts';

/** `hotlayer build` and `hotlayer bake`: plays the runner for one step, with the bundles of the action and an embedded cache service. */
export async function runLocalBuild(
  argv: readonly string[],
  env: Environment,
  write: Write,
  action: BuildAction = 'main',
): Promise<number> {
  const flags = parseBuildFlags(argv, action);
  if (flags.help) {
    write(renderBuildHelp(action));
    return 0;
  }
  const event = await makeLocalEvent(flags, process.cwd(), env);
  const home = env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
  const scratch = await mkdtemp(path.join(tmpdir(), 'hotlayer-'));
  const service = await startEmbeddedService({
    directory: path.resolve(flags.cacheDirectory ?? path.join(home, 'hotlayer', 'actions-cache')),
  });
  try {
    const token = await mintToken({ scopes: event.access, repository: event.repository });
    const files = toCommandFiles(scratch);
    await Promise.all([...Object.values(files).map((file) => writeFile(file, ''))]);
    const stepEnv = {
      ...env,
      ...(await writeLocalEvent(event, scratch)),
      ...files,
      ...toInputVariables(flags.inputs),
      GITHUB_WORKSPACE: process.cwd(),
      RUNNER_TEMP: scratch,
      RUNNER_TOOL_CACHE: env['RUNNER_TOOL_CACHE'] || path.join(home, 'hotlayer', 'tools'),
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RESULTS_URL: `${service.url.replace(/\/$/, '')}/`,
      ACTIONS_RUNTIME_TOKEN: token,
    };
    const exitCode = await runStep(action, stepEnv, write);
    const state = parseCommandFile(await readFile(files.GITHUB_STATE, 'utf8'));
    const postEnv = {
      ...stepEnv,
      ...Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value])),
    };
    const postExitCode = await runStep('post', postEnv, write);
    if (flags.report !== undefined) {
      const outputs = Object.fromEntries(parseCommandFile(await readFile(files.GITHUB_OUTPUT, 'utf8')));
      const summary = await readFile(files.GITHUB_STEP_SUMMARY, 'utf8');
      await writeFile(
        flags.report,
        `${JSON.stringify({ exitCode, outputs, service: service.statistics(), summary }, null, 2)}\n`,
      );
    }
    return exitCode === 0 ? postExitCode : exitCode;
  } finally {
    await service.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

function toCommandFiles(directory: string) {
  const file = (name: string) => path.join(directory, name);
  return {
    GITHUB_OUTPUT: file('output.txt'),
    GITHUB_STATE: file('state.txt'),
    GITHUB_ENV: file('env.txt'),
    GITHUB_PATH: file('path.txt'),
    GITHUB_STEP_SUMMARY: file('summary.md'),
  } as const;
}
