import { InputError } from '../errors.ts';
import type { Environment, Write } from './types.ts';

const help = `hotlayer: container builds that start warm

  hotlayer build [flags] CONTEXT   run the action on this machine, against an embedded cache service
  hotlayer bake [flags] [TARGET…]  the same for the targets of a bake file
  hotlayer plan [flags]            what would this event import and export, and why
  hotlayer serve --dir DIR         the cache service, for self-hosted runners and for tests
  hotlayer cleanup [flags]         remove caches that nobody can read any more, from GitHub or from serve
  hotlayer token --scope REF:rw    a token for it

\`hotlayer COMMAND --help\` lists a command's flags.
`;

/** Runs one command; answers its exit code. */
export async function runCliCommand(
  argv: readonly string[],
  env: Environment,
  write: Write,
): Promise<number> {
  const [command, ...rest] = argv;
  // Each command is loaded when it is asked for: plan and token start fast.
  switch (command) {
    case 'build':
      return (await import('./build.ts')).runLocalBuild(rest, env, write);
    case 'bake':
      return (await import('./build.ts')).runLocalBuild(rest, env, write, 'bake');
    case 'plan':
      return (await import('./plan.ts')).runPlan(rest, env, write);
    case 'serve':
      return (await import('./serve.ts')).runServe(rest, env, write);
    case 'token':
      return (await import('./token.ts')).runToken(rest, env, write);
    case 'cleanup':
      return (await import('./cleanup.ts')).runCleanupCommand(rest, env, write);
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      write(help);
      return command === undefined ? 2 : 0;
    default:
      throw new InputError(
        'command',
        `unknown command "${command}": build, bake, plan, serve, cleanup and token are there (hotlayer --help).`,
      );
  }
}
