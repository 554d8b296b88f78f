import { readUpstream, type ServiceFacts } from '../cache/service.ts';
import { ToolError } from '../errors.ts';

/** What the runner gives a step, apart from the event. */
export interface Runner extends ServiceFacts {
  readonly workspace: string;
  /** RUNNER_TEMP: emptied by the runner before each job. */
  readonly tempDirectory: string;
  /** RUNNER_TOOL_CACHE; undefined: there is none. */
  readonly toolCacheDirectory: string | undefined;
  /** For example https://github.com; empty where the runner does not say, and then no token is shown to any server. */
  readonly serverUrl: string;
  /** `owner/name`; empty when unknown. */
  readonly repository: string;
  /** Step debug logging is on. */
  readonly debug: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function readRunner(env: Environment): Runner {
  const tempDirectory = env['RUNNER_TEMP'];
  if (!tempDirectory) {
    throw new ToolError(
      'no-runner',
      'RUNNER_TEMP is not set: this is started by a GitHub Actions runner. On your own machine run `hotlayer build` instead.',
    );
  }
  return {
    workspace: env['GITHUB_WORKSPACE'] || process.cwd(),
    tempDirectory,
    toolCacheDirectory: env['RUNNER_TOOL_CACHE'] || undefined,
    upstream: readUpstream(env),
    token: env['ACTIONS_RUNTIME_TOKEN']?.trim() || undefined,
    run: { id: toKeyPart(env['GITHUB_RUN_ID']), attempt: toKeyPart(env['GITHUB_RUN_ATTEMPT']) },
    serverUrl: env['GITHUB_SERVER_URL'] ?? '',
    repository: env['GITHUB_REPOSITORY'] ?? '',
    debug: env['RUNNER_DEBUG'] === '1',
  };
}

/** Digits on GitHub; emulators may say anything, or nothing: then it is `0`. */
function toKeyPart(text: string | undefined): string {
  return text?.replace(/[^A-Za-z0-9_.-]/g, '').slice(0, 40) || '0';
}

/** Throws where BuildKit cannot run, with what works there. */
export function checkRunnerPlatform(platform: string): void {
  if (platform === 'linux') return;
  const name = platform === 'win32' ? 'Windows' : platform === 'darwin' ? 'macOS' : platform;
  throw new ToolError(
    'platform',
    `Hotlayer builds on Linux runners, and this runner is ${name}: use \`runs-on: ubuntu-latest\` (here only \`hotlayer plan\`, \`serve\` and \`token\` work).`,
  );
}
