import type { Inputs } from './types.ts';

/** Are the findings of build checks annotations? The variable is that of docker/build-push-action. */
export function annotatesChecks(
  { report }: Pick<Inputs, 'report'>,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const variable = env['DOCKER_BUILD_CHECKS_ANNOTATIONS']?.trim() ?? '';
  return report.checkAnnotations && !/^(?:0|f|false|n|no|off)$/i.test(variable);
}
