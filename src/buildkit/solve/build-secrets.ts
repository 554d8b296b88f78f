import path from 'node:path';
import type { BuildInputs } from '../../inputs/types.ts';
import { renderCsv } from './csv-fields.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface SecretRequest {
  readonly inputs: Pick<BuildInputs, 'secretEnvs' | 'secrets' | 'secretsYaml' | 'secretFiles'>;
  readonly workspace: string;
  /** The step's own environment. */
  readonly environment: Environment;
  /** Token for the Git context's host; undefined: the repository is read without. */
  readonly gitAuth: { readonly host: string; readonly token: string } | undefined;
}

export interface SecretFlags {
  /** `--secret`; values are never among them. */
  readonly args: readonly string[];
  /** The values, for buildx alone. */
  readonly env: Readonly<Record<string, string>>;
}

interface Source {
  readonly id: string;
  readonly from: { readonly value: string } | { readonly file: string };
}

/**
 * As in docker/build-push-action the order is `secret-envs`, `secrets` (and `secrets-yaml`), `secret-files`, and the last of equal ids counts,
 * which alone is passed on. Every value goes by a variable of its own: what buildx inherits lacks some of the step's.
 */
export function toSecretFlags({ inputs, workspace, environment, gitAuth }: SecretRequest): SecretFlags {
  const given: readonly Source[] = [
    // One that is not set is the empty secret, as with buildx.
    ...inputs.secretEnvs.map(({ id, variable }) => ({ id, from: { value: environment[variable] ?? '' } })),
    // An empty value is what a fork's pull request sees of a secret: as in build-push-action it counts as not given.
    ...[...inputs.secrets, ...inputs.secretsYaml]
      .filter(({ value }) => value !== '')
      .map(({ id, value }) => ({ id, from: { value } })),
    ...inputs.secretFiles.map(({ id, file }) => ({ id, from: { file: path.resolve(workspace, file) } })),
  ];
  const counting = [...new Map(given.map((source) => [source.id, source])).values()];
  const args: string[] = [];
  const env: Record<string, string> = {};
  for (const [index, { id, from }] of counting.entries()) {
    if ('file' in from) {
      args.push('--secret', renderCsv([`id=${id}`, `src=${from.file}`]));
      continue;
    }
    const variable = `HOTLAYER_SECRET_${index}`;
    args.push('--secret', renderCsv([`id=${id}`, `env=${variable}`]));
    env[variable] = from.value;
  }
  if (gitAuth !== undefined && !hasOwnGitAuth(inputs, gitAuth.host)) {
    // Bound to the host, so that BuildKit shows it to no other (source/git: GIT_AUTH_TOKEN.<host> comes first).
    args.push('--secret', renderCsv([`id=GIT_AUTH_TOKEN.${gitAuth.host}`, 'env=HOTLAYER_GIT_AUTH_TOKEN']));
    env['HOTLAYER_GIT_AUTH_TOKEN'] = gitAuth.token;
  }
  return { args, env };
}

/** As there, the other two lists are not asked, unless it is the very same secret. */
function hasOwnGitAuth(
  { secretEnvs, secrets, secretsYaml, secretFiles }: SecretRequest['inputs'],
  host: string,
): boolean {
  return (
    [...secrets, ...secretsYaml].some(({ id, value }) => value !== '' && id.startsWith('GIT_AUTH_')) ||
    [...secretEnvs, ...secretFiles].some(({ id }) => id === `GIT_AUTH_TOKEN.${host}`)
  );
}

/** What a user may not expect of these inputs; one sentence each. */
export function listSecretNotices({ inputs, environment }: SecretRequest): readonly string[] {
  const empty = [...inputs.secrets, ...inputs.secretsYaml]
    .filter(({ value }) => value === '')
    .map(({ id }) => id);
  // The name of the variable is not shown: a value may stand where it belongs.
  const unset = inputs.secretEnvs
    .filter(({ variable }) => environment[variable] === undefined)
    .map(({ id }) => id);
  return [
    ...(empty.length === 0
      ? []
      : [`Secrets without a value are left out: ${empty.join(', ')} (pull requests from forks get none).`]),
    ...(unset.length === 0
      ? []
      : [`Secrets whose variable is not set are empty: ${unset.join(', ')} (input "secret-envs").`]),
  ];
}
