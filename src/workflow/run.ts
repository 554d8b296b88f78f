import { toFailureMessage } from '../errors.ts';
import type { InputEnvironment } from '../inputs/reader.ts';
import * as log from '../log.ts';
import { reportLeg } from './leg.ts';
import { logIn, logOut } from './login.ts';
import { merge } from './merge.ts';
import { planWorkflow } from './plan.ts';

type Act = (env: InputEnvironment, signal: AbortSignal) => Promise<void> | void;

/** The actions in workflow/, and the clean-up of one of them, by the names of their entries in dist/workflow. */
const acts: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['plan', planWorkflow],
  ['login', logIn],
  ['logout', logOut],
  ['leg', reportLeg],
  ['merge', merge],
]);

/** A step of the reusable workflow that is no build, with one plain sentence for whatever made it fail. */
export async function runWorkflowStep(
  name: string,
  env: InputEnvironment,
  cancelled: AbortSignal,
): Promise<void> {
  try {
    const act = acts.get(name);
    if (act === undefined) throw new Error(`workflow/ has no action ${name}`);
    await act(env, cancelled);
    cancelled.throwIfAborted();
  } catch (error) {
    log.fail(toFailureMessage(cancelled.aborted ? cancelled.reason : error));
  }
}
