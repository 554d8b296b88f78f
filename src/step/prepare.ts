import path from 'node:path';
import { checkNamedContexts } from '../inputs/context-files.ts';
import { checkFiles, checkSourcePolicy } from '../inputs/files.ts';
import { listRunnerFiles } from '../inputs/guarded-places.ts';
import { listNamedSecrets, listSecretValues } from '../inputs/inputs.ts';
import { checkNamedFiles } from '../inputs/named-files.ts';
import { checkPlaces, prepareDestinations } from '../inputs/places.ts';
import { readSecretFiles } from '../inputs/secret-files.ts';
import type { Inputs } from '../inputs/types.ts';
import { listWithoutEffect } from '../inputs/without-effect.ts';
import * as log from '../log.ts';
import { checkLoad } from './docker-engine.ts';
import { toJobDirectory } from './job-directory.ts';
import type { Runner } from './runner.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Masks what is secret, and looks at all that the inputs name on this machine. Throws InputError. */
export async function prepareRunner(env: Environment, inputs: Inputs, runner: Runner): Promise<void> {
  const { token, workspace, tempDirectory } = runner;
  for (const secret of [
    ...(token === undefined ? [] : [token]),
    ...listSecretValues(inputs),
    ...listNamedSecrets(inputs.build, env),
    ...(await readSecretFiles(inputs.build.secretFiles.map(({ file }) => path.resolve(workspace, file)))),
  ])
    log.mask(secret);
  await checkPlaces(inputs, workspace, {
    jobDirectory: await toJobDirectory(tempDirectory),
    runnerFiles: listRunnerFiles(env),
  });
  await checkFiles(inputs.build, workspace);
  await checkNamedContexts(inputs.build, workspace);
  await checkNamedFiles(inputs.build, env, workspace);
  await checkLoad(inputs, env, workspace);
  await checkSourcePolicy(env, workspace);
  await prepareDestinations(inputs.image, workspace);
  for (const sentence of listWithoutEffect(inputs)) log.notice(sentence);
}
