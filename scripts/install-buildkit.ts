// Gets BuildKit for development by the very chain of the action. Arguments: version, temporary directory.
// RUNNER_TOOL_CACHE says where to keep it. Prints what it got as JSON.
import process from 'node:process';
import { buildkit } from '../src/buildkit/install/buildkit.ts';
import { installProduct } from '../src/buildkit/install/install.ts';
import { toMessage } from '../src/errors.ts';

const [version = '', tempDirectory = ''] = process.argv.slice(2);
process.env['RUNNER_TEMP'] = tempDirectory;
try {
  const { found } = await installProduct(buildkit, {
    version,
    exact: true,
    path: undefined,
    sha256: undefined,
    githubToken: undefined,
    tempDirectory,
    toolCacheDirectory: process.env['RUNNER_TOOL_CACHE'],
    cache: 'none',
    env: process.env,
    log: (line) => console.error(line),
  });
  console.log(JSON.stringify(found));
} catch (error) {
  console.error(toMessage(error));
  process.exitCode = 1;
}
