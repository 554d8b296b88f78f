import { parseArgs } from 'node:util';
import { InputError, toMessage } from '../errors.ts';
import { listRows } from '../inputs/definitions.ts';
import type { Action, RowFacts } from '../inputs/row.ts';
import { renderFlags } from './flags.ts';
import { type EventFlags, eventFlagSpecs } from './played-event.ts';

export interface BuildFlags extends EventFlags {
  readonly help: boolean;
  /** The inputs that were given, as the action would read them: lists with one entry a line. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly cacheDirectory: string | undefined;
  /** Path of a JSON file that gets the step's outputs and the service's statistics. */
  readonly report: string | undefined;
}

/** The actions that build. */
export type BuildAction = Exclude<Action, 'cleanup' | 'setup'>;

/** No flag, but what is given without a name: the context of a build, the targets of a bake. */
const positionalNames = { main: 'context', bake: 'targets' } as const;

function listInputFlags(action: BuildAction): readonly RowFacts[] {
  return listRows(action).filter(({ name }) => name !== positionalNames[action]);
}

const ownFlags = ['event', 'ref', 'payload', 'cache-dir', 'report'] as const;

/** Reads the flags of `hotlayer build` and `hotlayer bake`; a list input's flag may be given more than once. */
export function parseBuildFlags(argv: readonly string[], action: BuildAction = 'main'): BuildFlags {
  const inputFlags = listInputFlags(action);
  const names = [...inputFlags.map(({ name }) => name), ...ownFlags];
  const options = Object.fromEntries(
    names.map((name) => [name, { type: 'string', multiple: true } as const]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: argv.map((argument) => toExplicitBoolean(argument, inputFlags)),
      options: { ...options, help: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new InputError(
      'flags',
      `${toMessage(error)} (hotlayer ${action === 'main' ? 'build' : action} --help lists the flags.)`,
      {
        cause: error,
      },
    );
  }
  const { values, positionals } = parsed;
  if (action === 'main' && positionals.length > 1) {
    throw new InputError(
      'context',
      `one CONTEXT is built at a time, but ${positionals.length} were given: ${positionals.join(' ')}.`,
    );
  }
  const list = (name: string): readonly string[] => {
    const value = values[name];
    return Array.isArray(value) ? value.map(String) : [];
  };
  const text = (name: string): string | undefined => {
    const [value, ...more] = list(name);
    if (more.length === 0) return value;
    throw new InputError(name, `--${name} is given ${more.length + 1} times; once is allowed.`);
  };
  const inputs = new Map<string, string>();
  if (positionals.length > 0) inputs.set(positionalNames[action], positionals.join('\n'));
  for (const row of inputFlags) {
    const value = isList(row) ? list(row.name).join('\n') : text(row.name);
    if (value !== undefined && value !== '') inputs.set(row.name, value);
  }
  return {
    help: values['help'] === true,
    inputs,
    event: text('event'),
    ref: text('ref'),
    payload: text('payload'),
    cacheDirectory: text('cache-dir'),
    report: text('report'),
  };
}

export function isList({ kind }: RowFacts): boolean {
  return kind === 'csv' || kind === 'lines' || kind === 'raw' || kind === 'secrets';
}

/** `--push` stands for `--push=true`. */
export function toExplicitBoolean(argument: string, inputFlags: readonly RowFacts[]): string {
  const name = argument.slice(2);
  return argument.startsWith('--') && inputFlags.some((row) => row.kind === 'flag' && row.name === name)
    ? `${argument}=true`
    : argument;
}

export function renderBuildHelp(action: BuildAction = 'main'): string {
  const flags = listInputFlags(action).map(({ name }) => `--${name}`);
  return `${action === 'main' ? 'hotlayer build [flags] CONTEXT' : 'hotlayer bake [flags] [TARGET…]'}

Runs the action on this machine, with a real BuildKit daemon and an embedded cache service.

${renderFlags({
  ...eventFlagSpecs,
  'cache-dir': { value: 'DIR', help: 'where the embedded cache service keeps its entries' },
  report: {
    value: 'FILE',
    help: "write outputs, the job summary and the cache service's statistics there as JSON",
  },
})}
All inputs of the action are flags too; a list's flag may be given more than once:
  ${flags.join(' ')}
`;
}
