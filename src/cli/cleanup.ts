import { tmpdir } from 'node:os';
import { renderCleanupLog } from '../cleanup/report.ts';
import { type CleanupPlace, readService, runCleanup } from '../cleanup/run.ts';
import { mintToken } from '../embedded/signed-token.ts';
import { InputError } from '../errors.ts';
import { listRows } from '../inputs/definitions.ts';
import { parseCleanupInputs } from '../inputs/inputs.ts';
import { toInputVariables } from '../inputs/reader.ts';
import { toPrintable } from '../printable.ts';
import { isList, toExplicitBoolean } from './build-flags.ts';
import { type FlagSpec, parseFlags, readFlagText, renderFlags } from './flags.ts';
import type { Environment, Write } from './types.ts';

/** The log is the report here. */
const rows = listRows('cleanup').filter(({ name }) => name !== 'summary');

const flags: Readonly<Record<string, FlagSpec>> = {
  url: {
    value: 'URL',
    help: 'address of `hotlayer serve`, or of an API like https://HOST/api/v3 (default: GITHUB_API_URL)',
  },
  repository: { value: 'OWNER/NAME', help: 'whose caches they are (default: GITHUB_REPOSITORY)' },
  ...Object.fromEntries(
    rows.map((row) => [
      row.name,
      { value: row.kind === 'flag' ? 'true|false' : 'TEXT', isRepeated: isList(row), help: row.description },
    ]),
  ),
  help: { value: undefined, help: 'this text' },
};

/** `hotlayer cleanup`: the action `cleanup` from anywhere, also for `hotlayer serve`. */
export async function runCleanupCommand(
  argv: readonly string[],
  env: Environment,
  write: Write,
): Promise<number> {
  const values = parseFlags(
    argv.map((argument) => toExplicitBoolean(argument, rows)),
    flags,
  );
  if (values['help'] !== undefined) {
    write(
      `hotlayer cleanup [flags]: removes caches that nobody can read any more, see docs/cleanup.md\n\nWithout --github-token the token is GITHUB_TOKEN. Without both, and with --url, it is one for \`hotlayer serve\`, signed with\nHOTLAYER_SECRET if that is set.\n\n${renderFlags(flags)}`,
    );
    return 0;
  }
  const given = rows.flatMap(({ name }): readonly (readonly [string, string])[] => {
    const value = values[name];
    return value === undefined ? [] : [[name, value.map(String).join('\n')]];
  });
  const { cleanup } = parseCleanupInputs(toInputVariables(given));
  const place = await openPlace(env, {
    url: readFlagText(values, 'url'),
    repository: readFlagText(values, 'repository'),
    token: cleanup.githubToken,
  });
  const say = (line: string): void => write(`${toPrintable(line)}\n`);
  // Ctrl-C ends the process: nothing is half done then.
  const facts = await runCleanup(place, cleanup, { signal: new AbortController().signal, onWait: say });
  const { notes, warnings, failure } = facts.verdict;
  for (const line of renderCleanupLog(facts)) say(line);
  for (const note of notes) say(note);
  for (const warning of warnings) say(`warning: ${warning}`);
  if (failure !== undefined) say(`error: ${failure}`);
  return failure === undefined ? 0 : 1;
}

interface PlaceFlags {
  readonly url: string | undefined;
  readonly repository: string | undefined;
  readonly token: string | undefined;
}

async function openPlace(env: Environment, flags: PlaceFlags): Promise<CleanupPlace> {
  const repository = flags.repository ?? env['GITHUB_REPOSITORY'] ?? '';
  if (!/^[^/\s]+\/[^/\s]+$/.test(repository))
    throw new InputError('repository', '--repository is missing: say whose caches they are, as OWNER/NAME.');
  const url = flags.url;
  if (url !== undefined && !/^https?:\/\/[^/]/.test(url))
    throw new InputError('url', '--url is no address: give one such as http://127.0.0.1:3010.');
  const apiUrl = url ?? (env['GITHUB_API_URL'] || 'https://api.github.com');
  const base = { apiUrl, repository, event: { eventName: undefined, payload: undefined } };
  const token = flags.token ?? (env['GITHUB_TOKEN'] || undefined);
  if (token !== undefined)
    return { ...base, token, openService: () => Promise.resolve(readService(env, tmpdir())) };
  if (url === undefined)
    throw new InputError(
      'github-token',
      'there is no token: set GITHUB_TOKEN, or name `hotlayer serve` with --url.',
    );
  const secret = env['HOTLAYER_SECRET'] || undefined;
  const permissions = { actions: 'write', contents: 'read', pull_requests: 'read' } as const;
  return {
    ...base,
    token: await mintToken({ scopes: [], repository, permissions, secret }),
    // Of its own service one may read every manifest.
    openService: async (refs) => ({
      ...{ protocol: 2, url: apiUrl, directory: tmpdir(), env },
      token: await mintToken({
        scopes: refs.map((scope) => ({ scope, permission: 1 })),
        ...{ repository, secret },
      }),
    }),
  };
}
