import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseCommandFile } from '../../src/cli/workflow-commands.ts';
import type { Action } from '../../src/inputs/row.ts';
import { runCommand } from '../../src/process/command.ts';
import { toStepVariables } from './input-variables.ts';

/** The repository's root. */
export const root = path.join(import.meta.dirname, '..', '..');

/** Directory of buildkitd and buildctl; `npm test` sets it. */
export function buildkitDirectory(): string {
  return demandDirectory('HOTLAYER_TEST_BUILDKIT_BIN');
}

/** The same of an old BuildKit, which `scripts/old-buildkit-tool.ts` names. */
export function oldBuildkitDirectory(): string {
  return demandDirectory('HOTLAYER_TEST_OLD_BUILDKIT_BIN');
}

function demandDirectory(variable: string): string {
  const directory = process.env[variable];
  if (directory === undefined) throw new Error(`${variable} is not set: run the tests with \`npm test\`.`);
  return directory;
}

export interface StepResult {
  readonly exitCode: number | null;
  readonly log: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
}

export interface JobOptions {
  readonly event?: {
    readonly name: string;
    readonly ref: string;
    readonly sha?: string;
    readonly payload?: object;
  };
  readonly env?: Readonly<Record<string, string>>;
  /** Where the job's directory is made, if not with other temporary files. */
  readonly scratch?: string;
}

/** One started main or post, while it runs. */
export interface RunningStep {
  readonly pid: number;
  readonly result: Promise<StepResult>;
  /** Resolves when the log holds this text; rejects when the step ends without it. */
  waitFor(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * A stand-in for the runner at its process edge only: it starts the bundles of dist/ as GitHub's runner does, with the
 * same variables and command files, and keeps the state of each step for its post.
 */
export class Job {
  readonly directory: string;
  readonly #options: JobOptions;
  readonly #states: Map<string, string>[] = [];
  #steps = 0;

  private constructor(directory: string, options: JobOptions) {
    this.directory = directory;
    this.#options = options;
  }

  static async start(options: JobOptions = {}): Promise<Job> {
    const directory = await mkdtemp(path.join(options.scratch ?? tmpdir(), 'hotlayer-job-'));
    await mkdir(path.join(directory, 'temp'));
    await mkdir(path.join(directory, 'workspace'));
    return new Job(directory, options);
  }

  get temp(): string {
    return path.join(this.directory, 'temp');
  }

  get workspace(): string {
    return path.join(this.directory, 'workspace');
  }

  /** Starts main with these inputs. */
  async startMain(
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
    action: Action = 'main',
  ): Promise<RunningStep> {
    const index = this.#steps++;
    const state = new Map<string, string>();
    this.#states[index] = state;
    return this.#spawn(action, index, { ...toStepVariables(inputs, action), ...env }, state);
  }

  async runMain(
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<StepResult> {
    return (await this.startMain(inputs, env)).result;
  }

  /** Runs the action `bake`. */
  async runBake(
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<StepResult> {
    return (await this.startMain(inputs, env, 'bake')).result;
  }

  /** Runs the action `setup`. */
  async runSetup(
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<StepResult> {
    return (await this.startMain(inputs, env, 'setup')).result;
  }

  /** Runs a `run:` step: a shell with what earlier steps have put into the environment and the search path. */
  async runShell(
    script: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly exitCode: number; readonly log: string }> {
    const variables: Record<string, string> = {};
    const paths: string[] = [];
    for (const name of await readdir(this.temp)) {
      if (/^env-\d+-\w+$/.test(name))
        for (const [key, value] of parseCommandFile(await readFile(path.join(this.temp, name), 'utf8')))
          variables[key] = value;
      if (/^path-\d+-\w+$/.test(name))
        paths.unshift(...(await readFile(path.join(this.temp, name), 'utf8')).split('\n').filter(Boolean));
    }
    const { exitCode, stdout, stderr } = await runCommand('bash', ['-e', '-o', 'pipefail', '-c', script], {
      cwd: this.workspace,
      env: {
        HOME: this.directory,
        ...env,
        ...variables,
        PATH: [...paths, process.env['PATH'] ?? ''].join(path.delimiter),
      },
      timeoutMs: 240_000,
    });
    return { exitCode: exitCode ?? -1, log: `${stdout}${stderr}` };
  }

  /** Runs the posts of all steps in reverse order, as the runner does; answers their results, first step's last. */
  async runPosts(over: Readonly<Record<string, string>> = {}): Promise<readonly StepResult[]> {
    const results: StepResult[] = [];
    for (let index = this.#steps - 1; index >= 0; index--) {
      const state = this.#states[index] ?? new Map<string, string>();
      const env = Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value]));
      results.push(await (await this.#spawn('post', index, { ...env, ...over }, new Map())).result);
    }
    return results;
  }

  /** Runs one post with that state, whoever saved it. */
  async runPostWith(state: Readonly<Record<string, string>>): Promise<StepResult> {
    const env = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]));
    return (await this.#spawn('post', 99, env, new Map())).result;
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  async #spawn(
    phase: Action | 'post',
    index: number,
    env: Readonly<Record<string, string>>,
    state: Map<string, string>,
  ): Promise<RunningStep> {
    const files = {
      GITHUB_OUTPUT: path.join(this.temp, `output-${index}-${phase}`),
      GITHUB_STATE: path.join(this.temp, `state-${index}-${phase}`),
      GITHUB_ENV: path.join(this.temp, `env-${index}-${phase}`),
      GITHUB_PATH: path.join(this.temp, `path-${index}-${phase}`),
      GITHUB_STEP_SUMMARY: path.join(this.temp, `summary-${index}-${phase}`),
    };
    for (const file of Object.values(files)) await writeFile(file, '');
    const event = this.#options.event ?? { name: 'push', ref: 'refs/heads/main' };
    const eventPath = path.join(this.temp, 'event.json');
    await writeFile(
      eventPath,
      JSON.stringify({
        ref: event.ref,
        repository: { id: 1, full_name: 'o/r', default_branch: 'main' },
        ...event.payload,
      }),
    );
    const child = spawn(process.execPath, [path.join(root, 'dist', phase, 'index.js')], {
      cwd: this.workspace,
      env: {
        PATH: process.env['PATH'],
        HOME: this.directory,
        GITHUB_ACTIONS: 'true',
        GITHUB_EVENT_NAME: event.name,
        GITHUB_EVENT_PATH: eventPath,
        GITHUB_REF: event.ref,
        GITHUB_SHA: event.sha ?? '1'.repeat(40),
        GITHUB_REPOSITORY: 'o/r',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_WORKSPACE: this.workspace,
        GITHUB_RUN_ID: '1',
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_JOB: 'build',
        RUNNER_TEMP: this.temp,
        RUNNER_TOOL_CACHE: path.join(this.directory, 'tools'),
        RUNNER_OS: 'Linux',
        ...files,
        ...this.#options.env,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    const watchers = new Set<() => void>();
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        for (const watch of watchers) watch();
      });
    }
    const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
    const result = exitCode.then(async (code) => {
      for (const [name, value] of parseCommandFile(await readFile(files.GITHUB_STATE, 'utf8')))
        state.set(name, value);
      return {
        exitCode: code,
        log,
        outputs: parseCommandFile(await readFile(files.GITHUB_OUTPUT, 'utf8')),
        summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
      };
    });
    const waitFor = (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          if (!log.includes(text)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
        child.once('close', () => reject(new Error(`the step ended without "${text}":\n${log}`)));
      });
    return { pid: child.pid ?? -1, result, waitFor, kill: (signal) => void child.kill(signal) };
  }
}
