import path from 'node:path';
import { InputError } from '../../errors.ts';
import type { ChildEnvironment } from '../../process/command.ts';

/** What buildkitd needs of the runner: where programs, proxies and certificates are. Nothing else is handed on. */
const passed =
  /^(HTTPS?_PROXY|ALL_PROXY|FTP_PROXY|NO_PROXY|SSL_CERT_FILE|SSL_CERT_DIR|LANG|LC_ALL|TZ|GODEBUG)$/i;

/** How much of a step's output buildkitd passes on: bytes, and bytes a second. -1 is no limit. */
const logLimits = ['BUILDKIT_STEP_LOG_MAX_SIZE', 'BUILDKIT_STEP_LOG_MAX_SPEED'] as const;
const maxLogLimit = 2 ** 31 - 1;

/** The variables of a step that a daemon gets which this step starts. */
export function selectPassed(env: ChildEnvironment): Readonly<Record<string, string>> {
  const limits = logLimits.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  const kept = Object.entries(env).flatMap(([name, value]) =>
    passed.test(name) && value !== undefined ? [[name, value] as const] : [],
  );
  return Object.fromEntries([...kept, ...limits]);
}

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Where buildkitd looks for programs. */
export function toDaemonPath(env: ChildEnvironment, binDirectory: string): string {
  return [binDirectory, env['PATH'] ?? '', systemPath].filter((part) => part !== '').join(path.delimiter);
}

/**
 * The whole environment of buildkitd. Its programs are looked for next to it first (buildkit-qemu-*); its temporary
 * files and mounts go below the job's directory, where they are found when it is killed.
 */
export function toDaemonEnvironment(
  env: ChildEnvironment,
  places: {
    readonly binDirectory: string;
    readonly tempDirectory: string;
    readonly home: string;
    /** The `buildkitd-env` input, which goes before the step's own variables. */
    readonly variables?: Readonly<Record<string, string>>;
  },
): Readonly<Record<string, string>> {
  return {
    ...selectPassed(env),
    ...places.variables,
    PATH: toDaemonPath(env, places.binDirectory),
    HOME: places.home,
    TMPDIR: places.tempDirectory,
  };
}

/** Throws InputError for a limit that buildkitd would pass over without a word, or with a crash (one below -1). */
export function checkLogLimits(env: ChildEnvironment): void {
  for (const name of logLimits) {
    const value = env[name] ?? '';
    if (value === '' || value === '-1') continue;
    // As strconv.ParseInt with 32 bits.
    if (/^\+?\d{1,15}$/.test(value) && Number(value) <= maxLogLimit) continue;
    throw new InputError(
      name,
      `the environment variable ${name} is "${value}": allowed are a whole number of bytes from 0 to ${maxLogLimit}, and -1 for no limit.`,
    );
  }
}

/** Shell commands that set this environment. It goes over a pipe: sudo drops the one it inherits, and arguments can be read by all. */
export function renderExports(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`)
    .join('');
}
