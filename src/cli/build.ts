import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { mintToken } from '../embedded/signed-token.ts';
import { startEmbeddedService } from '../embedded/start.ts';
import { InputError, toMessage } from '../errors.ts';
import { parseBuildFlags, renderBuildHelp } from './build-flags.ts';
import { readLocalCheckout } from './local-checkout.ts';
import { type LocalEvent, toLocalEvent } from './local-event.ts';
import { runStep } from './step.ts';
import type { Environment, Write } from './types.ts';
import { parseCommandFile } from './workflow-commands.ts';

/** `hotlayer build`: plays the runner for one step, with the bundles of the action and an embedded cache service. */
export async function runLocalBuild(
  argv: readonly string[],
  env: Environment,
  write: Write,
): Promise<number> {
  const flags = parseBuildFlags(argv);
  if (flags.help) {
    write(renderBuildHelp());
    return 0;
  }
  const checkout = await readLocalCheckout(process.cwd(), env);
  const event = toLocalEvent({
    ...checkout,
    eventName: flags.event,
    ref: flags.ref,
    payload: flags.payload === undefined ? undefined : await readPayload(flags.payload),
  });
  const home = env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
  const scratch = await mkdtemp(path.join(tmpdir(), 'hotlayer-'));
  const service = await startEmbeddedService({
    directory: path.resolve(flags.cacheDirectory ?? path.join(home, 'hotlayer', 'actions-cache')),
  });
  try {
    const token = await mintToken({ scopes: event.access, repository: event.repository });
    const files = toCommandFiles(scratch);
    await Promise.all([...Object.values(files).map((file) => writeFile(file, ''))]);
    const eventPath = path.join(scratch, 'event.json');
    await writeFile(eventPath, JSON.stringify(event.payload));
    const stepEnv = {
      ...env,
      ...toEventEnv(event, eventPath),
      // Commits that are not pushed yet are no reason against an export to the cache of this machine.
      HOTLAYER_LOCAL: '1',
      ...files,
      ...Object.fromEntries([...flags.inputs].map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      GITHUB_WORKSPACE: process.cwd(),
      RUNNER_TEMP: scratch,
      RUNNER_TOOL_CACHE: env['RUNNER_TOOL_CACHE'] || path.join(home, 'hotlayer', 'tools'),
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RESULTS_URL: `${service.url.replace(/\/$/, '')}/`,
      ACTIONS_RUNTIME_TOKEN: token,
    };
    const exitCode = await runStep('main', stepEnv, write);
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

async function readPayload(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new InputError(
      'payload',
      `--payload ${file}: ${toMessage(error)}. It must be a JSON file with an event's payload.`,
      { cause: error },
    );
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

function toEventEnv(event: LocalEvent, eventPath: string): Readonly<Record<string, string>> {
  return {
    GITHUB_EVENT_NAME: event.eventName,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REF: event.ref,
    GITHUB_SHA: event.sha,
    GITHUB_REPOSITORY: event.repository,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_RUN_ID: String(process.pid),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'local',
  };
}
