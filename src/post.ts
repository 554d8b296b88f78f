import process from 'node:process';
import * as core from '@actions/core';
import { cleanUp } from './clean-up.ts';
import { confineSecrets } from './confinement.ts';
import { toFailureMessage } from './errors.ts';

process.env = confineSecrets(process.env);

try {
  await cleanUp(process.env);
} catch (error) {
  core.warning(`Clean-up: ${toFailureMessage(error)}`);
  if (error instanceof Error && error.stack !== undefined) core.debug(error.stack);
}
process.exit();
