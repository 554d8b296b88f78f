import type { CallKind } from '../../src/cache-server/call.ts';
import { Dice } from './dice.ts';
import { type FaultDocument, pickFaults } from './fault-rules.ts';
import { changeRecipe, createRecipe, type Recipe } from './recipe.ts';

/** A short history of one repository: what it builds, and what goes wrong. Wholly decided by its seed. */
export interface Scenario {
  readonly seed: number;
  /** Of the cache service. */
  readonly protocol: 1 | 2;
  readonly rounds: readonly Round[];
}

/** Jobs that run at the same time, on one service with faults. */
export interface Round {
  readonly before: Disturbance;
  readonly branch: Branch;
  /** One exporter, or two to the same cache scope. */
  readonly recipes: readonly Recipe[];
  /** The input of each exporter: it decides the dialect between BuildKit and the gateway. */
  readonly compressions: readonly Compression[];
  /** Of the clean builds. */
  readonly cleanCompression: Compression;
  readonly faults: readonly FaultDocument[];
  /** Of the first job's gateway. */
  readonly kill: Kill | undefined;
}

export type Compression = 'gzip' | 'zstd';

export type Branch = 'main' | 'pull-request';

/** What happens to the service while no job runs. */
export type Disturbance = 'nothing' | 'evict a pack' | 'evict the newest manifest' | 'tamper with a pack';

/** When kill -9 hits. */
export type Kill =
  /** At that call to the service, before it is answered. */
  | { readonly kind: 'call'; readonly call: CallKind; readonly nth: number }
  /** When main's log says this. */
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'before-post' };

export function createScenario(seed: number): Scenario {
  const dice = new Dice(seed);
  // Of their own, so that a seed tells the same story in either dialect.
  const dialects = new Dice(seed + 1_000_000);
  const pickCompression = () => dialects.pick(['gzip', 'zstd']);
  const protocol = dice.chance(0.75) ? 2 : 1;
  let recipe = createRecipe(dice, dice.chance(0.08));
  const rounds: Round[] = [];
  const count = dice.int(2, 4);
  for (let index = 0; index < count; index++) {
    if (index > 0) recipe = changeRecipe(dice, recipe);
    const isParallel = dice.chance(0.3);
    const recipes = isParallel ? [recipe, changeRecipe(dice, recipe)] : [recipe];
    rounds.push({
      before: index === 0 ? 'nothing' : pickDisturbance(dice),
      branch: index > 0 && dice.chance(0.2) ? 'pull-request' : 'main',
      recipes,
      compressions: recipes.map(pickCompression),
      cleanCompression: pickCompression(),
      faults: dice.chance(0.85) ? pickFaults(dice) : [],
      kill: dice.chance(0.25) ? pickKill(dice) : undefined,
    });
  }
  return { seed, protocol, rounds };
}

function pickDisturbance(dice: Dice): Disturbance {
  if (dice.chance(0.75)) return 'nothing';
  return dice.pick(['evict a pack', 'evict the newest manifest', 'tamper with a pack']);
}

function pickKill(dice: Dice): Kill {
  switch (dice.pick(['call', 'call', 'call', 'log', 'before-post'])) {
    case 'call': {
      const call = dice.pick(['lookup', 'download', 'create', 'upload', 'finalize']);
      return { kind: 'call', call, nth: dice.int(1, call === 'lookup' ? 4 : 2) };
    }
    case 'log':
      return { kind: 'log', text: dice.pick(['importing cache manifest', 'RUN', 'exporting cache']) };
    case 'before-post':
      return { kind: 'before-post' };
  }
}

/** One line: what the scenario does. */
export function describeScenario({ protocol, rounds }: Scenario): string {
  return [`v${protocol}`, ...rounds.map(describeRound)].join(' | ');
}

function describeRound({ before, branch, recipes, compressions, faults, kill }: Round): string {
  return [
    ...(before === 'nothing' ? [] : [`${before},`]),
    `${recipes.length === 1 ? 'a job' : 'two jobs'} of ${branch} (${compressions.join(', ')})`,
    ...(faults.length === 0 ? [] : [`with ${faults.map(describeFault).join(', ')}`]),
    ...(kill === undefined ? [] : [`kill ${describeKill(kill)}`]),
  ].join(' ');
}

function describeKill(kill: Kill): string {
  switch (kill.kind) {
    case 'call':
      return `at ${kill.call} ${kill.nth}`;
    case 'log':
      return `at "${kill.text}"`;
    case 'before-post':
      return 'before post';
  }
}

function describeFault({ name, call, key, skip, count }: FaultDocument): string {
  const where = key === undefined ? call : `${call} of ${key}`;
  return `${name} at ${where} ${skip + 1}${count === 1 ? '' : ` and ${count - 1} more`}`;
}
