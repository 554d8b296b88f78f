import { toMessage } from '../errors.ts';
import * as log from '../log.ts';
import { writeSetupOutputs } from '../outputs.ts';
import { toPrintableJson } from '../printable.ts';
import { maxSummaryBytes } from '../report/fit.ts';
import { renderSetupSummary } from '../report/setup-summary.ts';
import { renderTimes } from '../report/times.ts';
import { addPath, appendWhole, measureRoom, setVariables } from '../runner-files.ts';
import type { HandedScope } from './setup-caches.ts';
import type { SetupStep } from './setup-step.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Hands over by the runner's files. Throws where later steps would not find the daemon. */
export function reportSetup(step: SetupStep, env: Environment): void {
  const { scopes, endpoint, builder, programs, variables, degradations, inputs, phases } = step;
  setVariables(Object.entries(variables), env);
  addPath(programs, env);
  const [first] = scopes;
  if (first === undefined) throw new Error('there is no cache scope');
  const own = toValues(first);
  writeSetupOutputs(
    {
      'buildkit-host': endpoint.address,
      builder,
      ...own,
      caches: toPrintableJson(Object.fromEntries(scopes.map((scope) => [scope.name, toValues(scope)]))),
      'cache-plan': toPrintableJson(
        scopes.length === 1 ? first.plan : Object.fromEntries(scopes.map(({ name, plan }) => [name, plan])),
      ),
    },
    env,
  );
  log.info(
    `Later steps build with \`docker buildx build\`, \`buildctl\` and others at ${endpoint.address}, builder ${builder}.`,
  );
  log.info(renderTimes(phases.done, performance.now() / 1000));
  const summaryFile = env['GITHUB_STEP_SUMMARY'];
  if (!inputs.report.summary || summaryFile === undefined || summaryFile === '') return;
  try {
    const report = {
      ...{ scopes, address: endpoint.address, version: endpoint.version },
      degradations: degradations.sentences,
    };
    appendWhole(summaryFile, renderSetupSummary(report, measureRoom(summaryFile, maxSummaryBytes)));
  } catch (error) {
    log.warning(
      `The job summary does not show this step: GITHUB_STEP_SUMMARY (${summaryFile}) could not be written (${toMessage(error)}).`,
    );
  }
}

/** The same of each cache, as outputs and in the output `caches`. */
function toValues({ cacheFrom, cacheTo, cacheFromGha, cacheToGha }: HandedScope) {
  return {
    'cache-from': cacheFrom.join('\n'),
    'cache-to': cacheTo.join('\n'),
    'cache-from-gha': cacheFromGha.join('\n'),
    'cache-to-gha': cacheToGha.join('\n'),
    'build-flags': [
      ...cacheFrom.map((entry) => `--cache-from ${entry}`),
      ...cacheTo.map((entry) => `--cache-to ${entry}`),
    ].join(' '),
  };
}
