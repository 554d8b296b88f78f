import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { hasErrorCode, InputError, quote, toMessage } from '../../errors.ts';
import type { DaemonInputs } from '../../inputs/types.ts';
import type { ConfigInput } from './config-words.ts';

/** The user's part of buildkitd.toml, and the input that gives it. */
export interface ConfigText {
  readonly input: ConfigInput;
  readonly toml: string;
}

/** The file goes before the text, as in docker/setup-buildx-action. Throws InputError for a file that cannot be read. */
export async function readConfigText(
  { buildkitdConfig, buildkitdConfigInline }: Pick<DaemonInputs, 'buildkitdConfig' | 'buildkitdConfigInline'>,
  workspace: string,
): Promise<ConfigText | undefined> {
  if (buildkitdConfig === undefined) {
    return buildkitdConfigInline === undefined
      ? undefined
      : { input: 'buildkitd-config-inline', toml: buildkitdConfigInline };
  }
  const file = path.resolve(workspace, buildkitdConfig);
  try {
    return { input: 'buildkitd-config', toml: await readFile(file, 'utf8') };
  } catch (error) {
    const why = hasErrorCode(error, 'ENOENT')
      ? 'does not exist'
      : hasErrorCode(error, 'EISDIR')
        ? 'is a directory'
        : `cannot be read (${toMessage(error)})`;
    throw new InputError(
      'buildkitd-config',
      `input "buildkitd-config": ${quote(buildkitdConfig)} ${why} (${file}); allowed is the path of a file with TOML, absolute or from the workspace`,
      { cause: error },
    );
  }
}
