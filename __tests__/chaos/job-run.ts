import { open } from 'node:fs/promises';
import path from 'node:path';
import type { TestCache } from '../helpers/cache.ts';
import { rights } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type JobOptions, type StepResult } from '../helpers/runner.ts';
import { readFileTree } from './file-tree.ts';
import { killGateway } from './gateway-process.ts';
import { type Recipe, writeRecipe } from './recipe.ts';
import type { Branch, Compression, Kill } from './scenario.ts';

/** What one job of a scenario left behind. */
export interface JobOutcome {
  readonly main: StepResult;
  readonly post: StepResult | undefined;
  /** Of the build's output; empty when there is none. */
  readonly tree: readonly string[];
  readonly leftovers: readonly string[];
  /** Without its last lines when the gateway was killed. */
  readonly gatewayLog: string;
  readonly wasKilled: boolean;
  readonly seconds: { readonly main: number; readonly post: number };
}

export interface JobRunOptions {
  readonly cache: TestCache;
  readonly protocol: 1 | 2;
  readonly branch: Branch;
  readonly recipe: Recipe;
  readonly compression: Compression;
  readonly readOnly?: boolean;
  readonly kill?: Kill | undefined;
}

const events: Readonly<Record<Branch, Required<JobOptions>['event']>> = {
  main: { name: 'push', ref: 'refs/heads/main' },
  'pull-request': {
    name: 'pull_request',
    ref: 'refs/pull/7/merge',
    payload: {
      number: 7,
      pull_request: {
        number: 7,
        state: 'open',
        base: { ref: 'main' },
        user: { login: 'dev', type: 'User' },
      },
    },
  },
};

/** One job of one step with a daemon and a gateway of its own, from the bundles. */
export class JobRun {
  readonly #options: JobRunOptions;
  readonly #job: Job;
  #wasKilled = false;

  private constructor(options: JobRunOptions, job: Job) {
    this.#options = options;
    this.#job = job;
  }

  static async prepare(options: JobRunOptions): Promise<JobRun> {
    const { cache, branch, protocol, recipe } = options;
    const env = await cache.env(branch === 'main' ? rights.main : rights.pr7);
    const v1 = { ACTIONS_CACHE_SERVICE_V2: '', ACTIONS_RESULTS_URL: '', ACTIONS_CACHE_URL: cache.url };
    const job = await Job.start({ event: events[branch], env: protocol === 1 ? { ...env, ...v1 } : env });
    await writeRecipe(job.workspace, recipe);
    return new JobRun(options, job);
  }

  kill(): void {
    if (killGateway(this.#job.temp)) this.#wasKilled = true;
  }

  async run(): Promise<JobOutcome> {
    const job = this.#job;
    const { compression, kill, readOnly = false } = this.#options;
    const out = path.join(job.directory, 'out');
    const outputs = `type=local,dest=${out}`;
    const inputs = { scope: 'app', outputs, compression, 'buildkit-path': buildkitDirectory() };
    try {
      const started = performance.now();
      const step = await job.startMain({ ...inputs, ...(readOnly ? { 'read-only': 'true' } : {}) });
      if (kill?.kind === 'log')
        step.waitFor(kill.text).then(
          () => this.kill(),
          // The build ended without it: then nothing is killed.
          () => undefined,
        );
      const main = await step.result;
      const ended = performance.now();
      if (kill?.kind === 'before-post') this.kill();
      // Post removes the file, but not from who has it open.
      const log = await open(path.join(job.temp, 'hotlayer', 'gateway.log')).catch(() => undefined);
      const [post] = await job.runPosts();
      const gatewayLog = (await log?.readFile('utf8')) ?? '';
      await log?.close();
      return {
        main,
        post,
        tree: main.exitCode === 0 ? await readFileTree(out) : [],
        leftovers: findLeftovers(job.directory),
        gatewayLog,
        wasKilled: this.#wasKilled,
        seconds: { main: (ended - started) / 1000, post: (performance.now() - ended) / 1000 },
      };
    } finally {
      await job.remove();
    }
  }
}
