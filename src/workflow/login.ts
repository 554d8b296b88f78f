import { rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import * as core from '@actions/core';
import { ToolError } from '../errors.ts';
import { parseList } from '../inputs/list.ts';
import { type InputEnvironment, readRaw, readTextInput } from '../inputs/reader.ts';
import * as log from '../log.ts';
import { saveStates } from '../runner-files.ts';
import { writeDockerConfig } from '../step/docker-config.ts';
import { listLogins, parseRegistryAuths } from './registry-auths.ts';

const state = 'login-directory';

/**
 * Writes a Docker configuration with the run's logins into a directory of its own, and gives it to the later steps of the
 * job as DOCKER_CONFIG. Throws InputError.
 */
export async function logIn(env: InputEnvironment): Promise<void> {
  const token = readTextInput(env, 'github-token') ?? '';
  const logins = listLogins(parseRegistryAuths(readRaw(env, 'registry-auths') ?? ''), {
    names: parseList('names', readRaw(env, 'names')),
    token,
    actor: env['GITHUB_ACTOR'] ?? '',
  });
  for (const { password } of logins)
    for (const secret of [password, ...password.split(/\r?\n/).filter((line) => line.trim().length > 1)])
      log.mask(secret);
  if (logins.length === 0) {
    log.info('There is no login: registries are asked without.');
    return;
  }
  const { RUNNER_TEMP: temporary } = env;
  if (!temporary)
    throw new ToolError('no-runner', 'RUNNER_TEMP is not set: this runs in a job of GitHub Actions.');
  const cwd = env['GITHUB_WORKSPACE'] || process.cwd();
  const written = await writeDockerConfig({ jobDirectory: temporary, cwd, env, logins });
  if (written.kind === 'unusable')
    throw new ToolError('login', `The logins cannot be kept for the later steps: ${written.reason}.`);
  saveStates([[state, written.directory]], env);
  core.exportVariable('DOCKER_CONFIG', written.directory);
  for (const { host, username } of logins) log.info(`login for ${host} as ${username}`);
}

/** Removes the configuration at the end of the job. Only a directory that `logIn` can have written is touched. */
export async function logOut(env: InputEnvironment): Promise<void> {
  const directory = env[`STATE_${state}`] ?? '';
  const temporary = env['RUNNER_TEMP'] ?? '';
  if (directory === '') return;
  const isOurs =
    path.dirname(directory) === path.resolve(temporary) && /^docker-\w+$/.test(path.basename(directory));
  if (!isOurs) {
    log.warning(`${directory} is not a directory of logins: it is left as it is.`);
    return;
  }
  await rm(directory, { recursive: true, force: true });
  log.info('The logins of this job are removed.');
}
