import { parseJson, readField, readNumber } from '../../src/json.ts';
import { TestCache } from '../helpers/cache.ts';
import { type FaultName, toFaultFile } from './fault-rules.ts';
import { withoutEntries } from './hidden-entries.ts';
import { type JobOutcome, JobRun } from './job-run.ts';
import type { Recipe } from './recipe.ts';
import type { Reference } from './reference.ts';
import type { Disturbance, Round, Scenario } from './scenario.ts';
import { findManifestFaults, readServiceState } from './service-state.ts';

/** What a scenario did, and what it found. */
export interface Played {
  /** Builds, the clean ones included. */
  readonly builds: number;
  /** Strikes of faults by name. */
  readonly strikes: ReadonlyMap<FaultName, number>;
  readonly kills: number;
  /** Exports that post reported as written, of how many. */
  readonly exports: { readonly written: number; readonly all: number };
  /** Invariants that did not hold, with the logs; empty: all is well. */
  readonly faults: readonly string[];
}

/** Hears of each job, with where in the scenario it was. */
export type OnJob = (where: string, outcome: JobOutcome) => void;

/** Plays a scenario on a cache service of its own and checks what must hold after each round. */
export async function playScenario(
  scenario: Scenario,
  reference: Reference,
  onJob: OnJob = () => undefined,
): Promise<Played> {
  const cache = await TestCache.start();
  const play = new Play(scenario, reference, cache, onJob);
  try {
    for (const [index, round] of scenario.rounds.entries()) {
      await play.round(`round ${index + 1}`, round);
      if (play.played.faults.length > 0) break;
    }
    return play.played;
  } finally {
    await cache.stop();
  }
}

class Play {
  readonly #scenario: Scenario;
  readonly #reference: Reference;
  readonly #cache: TestCache;
  readonly #onJob: OnJob;
  readonly #strikes = new Map<FaultName, number>();
  readonly #faults: string[] = [];
  #builds = 0;
  #kills = 0;
  #written = 0;
  #exports = 0;

  constructor(scenario: Scenario, reference: Reference, cache: TestCache, onJob: OnJob) {
    this.#scenario = scenario;
    this.#reference = reference;
    this.#cache = cache;
    this.#onJob = onJob;
  }

  get played(): Played {
    return {
      builds: this.#builds,
      strikes: this.#strikes,
      kills: this.#kills,
      exports: { written: this.#written, all: this.#exports },
      faults: this.#faults,
    };
  }

  async round(where: string, round: Round): Promise<void> {
    const cache = this.#cache;
    const earlier = await readServiceState(cache.directory);
    await disturb(cache, round.before);
    const before = await readServiceState(cache.directory);
    const runs: JobRun[] = [];
    let calls = 0;
    const { kill } = round;
    await cache.restart({
      faults: toFaultFile(round.faults),
      onCall: (call) => {
        if (kill?.kind !== 'call' || kill.call !== call) return;
        calls += 1;
        if (calls === kill.nth) runs[0]?.kill();
      },
    });
    for (const [index, recipe] of round.recipes.entries()) {
      const compression = round.compressions[index] ?? round.cleanCompression;
      runs.push(await this.#prepare(round, recipe, { compression, kill: index === 0 ? kill : undefined }));
    }
    const outcomes = await Promise.all(runs.map((run) => run.run()));
    const struck = this.#countStrikes(round);
    for (const [index, outcome] of outcomes.entries()) {
      await this.#checkBuild(`${where}, job ${index + 1}`, round.recipes[index], outcome);
      if (outcome.wasKilled) this.#kills += 1;
    }
    const manifests = await findManifestFaults({
      directory: cache.directory,
      before,
      after: await readServiceState(cache.directory),
      mayMiss: struck.has('evicted after the check'),
      // Where the service did not say that a pack is gone, it counts as being there.
      unknown: struck.size === 0 ? [] : [...earlier.values()].map(({ key }) => key),
      mayBeWrong: struck.has('wrong bytes stored') || round.before === 'tamper with a pack',
    });
    for (const fault of manifests) this.#report(where, fault, ...outcomes);
    // What the service itself has lost or spoilt meanwhile is no promise that was broken.
    const isSpoilt = struck.has('wrong bytes stored') || struck.has('evicted after the check');
    await this.#checkPromises(where, round, outcomes, isSpoilt);
  }

  #prepare(
    round: Round,
    recipe: Recipe,
    more: Pick<Parameters<typeof JobRun.prepare>[0], 'compression' | 'kill' | 'readOnly'>,
  ) {
    const { branch } = round;
    const { protocol } = this.#scenario;
    return JobRun.prepare({ cache: this.#cache, protocol, branch, recipe, ...more });
  }

  /** The build passed, its output is that of a build without a cache, and nothing is left on the machine. */
  async #checkBuild(where: string, recipe: Recipe | undefined, outcome: JobOutcome) {
    this.#builds += 1;
    this.#onJob(where, outcome);
    const { main, post, tree, leftovers } = outcome;
    if (main.exitCode !== 0) this.#report(where, `main ended with ${main.exitCode}`, outcome);
    if (post?.exitCode !== 0) this.#report(where, `post ended with ${post?.exitCode}`, outcome);
    if (leftovers.length > 0) this.#report(where, `left behind: ${leftovers.join('; ')}`, outcome);
    if (recipe === undefined || main.exitCode !== 0) return;
    const expected = await this.#reference.treeOf(recipe);
    const odd = [
      ...tree.filter((line) => !expected.includes(line)).map((line) => `has ${line}`),
      ...expected.filter((line) => !tree.includes(line)).map((line) => `lacks ${line}`),
    ];
    if (odd.length > 0) this.#report(where, `the output is another one: ${odd.join('; ')}`, outcome);
  }

  /** What post reported as written makes a clean build of the same warm, on a fresh daemon, and step for step. */
  async #checkPromises(where: string, round: Round, outcomes: readonly JobOutcome[], isSpoilt: boolean) {
    await this.#cache.restart();
    for (const [index, recipe] of round.recipes.entries()) {
      const outcome = outcomes[index];
      this.#exports += 1;
      const [, claim] = /^cache export of \S+: exported, (.*)$/m.exec(outcome?.post?.log ?? '') ?? [];
      const isWritten = claim !== undefined;
      // It holds until the next export: the other one's may have been that.
      const isOld = round.recipes.length > 1 && claim?.startsWith('nothing had changed') === true;
      const mayBeReplaced = isOld || outcomes.some((other) => hasBuiltOn(other, outcome));
      if (isWritten) this.#written += 1;
      const isLast = index === round.recipes.length - 1;
      if (!isWritten && !isLast) continue;
      const clean = await this.#buildClean(round, recipe);
      const label = `${where}, clean build of job ${index + 1}`;
      await this.#checkBuild(label, recipe, clean);
      const [cached, total] = ['cached-steps', 'total-steps'].map((name) => clean.main.outputs.get(name));
      if (isWritten && !isSpoilt && !mayBeReplaced && cached !== total)
        this.#report(
          label,
          `only ${cached} of ${total} steps were cached`,
          ...(outcome ? [outcome] : []),
          clean,
        );
    }
  }

  async #buildClean(round: Round, recipe: Recipe): Promise<JobOutcome> {
    const more = { compression: round.cleanCompression, readOnly: true };
    const build = async () => (await this.#prepare(round, recipe, more)).run();
    if (round.branch === 'main') return await build();
    // Of two caches that it imports BuildKit at times uses less than either holds, with its own client too: here it is
    // to show what this one holds. The packs of main stay.
    const isOfMain = (key: string) => key.startsWith('hotlayer-manifest-') && key.includes('.b-main.');
    return await withoutEntries(this.#cache, isOfMain, build);
  }

  #countStrikes(round: Round): ReadonlySet<FaultName> {
    const struck = new Set<FaultName>();
    for (const [index, count] of this.#cache.statistics.faults.entries()) {
      const name = round.faults[index]?.name;
      if (name === undefined || count === 0) continue;
      struck.add(name);
      this.#strikes.set(name, (this.#strikes.get(name) ?? 0) + count);
    }
    return struck;
  }

  #report(where: string, fault: string, ...outcomes: readonly JobOutcome[]): void {
    this.#faults.push([`${where}: ${fault}`, ...outcomes.map(renderLogs)].join('\n'));
  }
}

/**
 * The job wrote a later manifest without a merge, so it had loaded the other one's before, delayed by a fault for
 * example: then it is not a parallel job but a later build, which replaces what it did not touch.
 */
function hasBuiltOn(job: JobOutcome, other: JobOutcome | undefined): boolean {
  const [own, others] = [readExport(job), other === undefined ? undefined : readExport(other)];
  if (own === undefined || others === undefined) return false;
  return own.number > others.number && own.merges === 0;
}

/** Of the last line of the gateway's log. */
function readExport({ gatewayLog }: JobOutcome) {
  const report = parseJson(/ ends: [^;]*; (\{.*\})$/m.exec(gatewayLog)?.[1] ?? '');
  const exports = readField(report, 'exports');
  const exported: unknown = Array.isArray(exports) ? exports.at(-1) : undefined;
  const [number, merges] = [readNumber(exported, 'number'), readNumber(exported, 'merges')];
  return number === undefined || merges === undefined ? undefined : { number, merges };
}

export function renderLogs({ main, post, gatewayLog }: JobOutcome): string {
  return `--- main\n${main.log}\n--- post\n${post?.log}\n--- gateway\n${gatewayLog}`;
}

async function disturb(cache: TestCache, disturbance: Disturbance): Promise<void> {
  const keys = await cache.listKeys();
  const [pack] = keys.filter((key) => key.startsWith('hotlayer-pack-')).sort();
  switch (disturbance) {
    case 'nothing':
      return;
    case 'evict a pack':
      await cache.removeEntries((key) => key === pack);
      return;
    case 'evict the newest manifest': {
      const manifest = keys
        .filter((key) => key.startsWith('hotlayer-manifest-'))
        .sort((a, b) => toNumber(a) - toNumber(b))
        .at(-1);
      await cache.removeEntries((key) => key === manifest);
      return;
    }
    case 'tamper with a pack':
      await cache.tamper((key) => key === pack);
      return;
    default:
      disturbance satisfies never;
  }
}

function toNumber(key: string): number {
  return Number(key.slice(key.lastIndexOf('#') + 1));
}
