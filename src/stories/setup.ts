import process from 'node:process';
import { parseSetupInputs } from '../inputs/inputs.ts';
import { saveNoOwnership } from '../state.ts';
import { Beside } from '../step/beside.ts';
import { checkRunnerPlatform } from '../step/runner.ts';
import { reportSetup } from '../step/setup-report.ts';
import { openSetupStep } from '../step/setup-step.ts';
import { endBeside } from './story.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Main of the action `setup`: get BuildKit and the way to the caches, and hand both to later steps. Post reports. */
export async function setup(env: Environment, signal: AbortSignal): Promise<void> {
  const unsaved = saveNoOwnership(env);
  checkRunnerPlatform(process.platform);
  const beside = new Beside();
  try {
    reportSetup(await openSetupStep(env, parseSetupInputs(env), { signal, beside, unsaved }), env);
  } finally {
    await endBeside(beside, signal);
  }
}
