import path from 'node:path';
import type { ChildEnvironment } from './command.ts';

/** What buildkitd needs of the runner: where programs, proxies and certificates are. Nothing else is handed on. */
const passed =
  /^(HTTPS?_PROXY|ALL_PROXY|FTP_PROXY|NO_PROXY|SSL_CERT_FILE|SSL_CERT_DIR|LANG|LC_ALL|TZ|GODEBUG)$/i;

/** The variables of a step that a daemon gets which this step starts. */
export function selectPassed(env: ChildEnvironment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      passed.test(name) && value !== undefined ? [[name, value] as const] : [],
    ),
  );
}

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The whole environment of buildkitd. Its programs are looked for next to it first (buildkit-qemu-*); its temporary
 * files and mounts go below the job's directory, where they are found when it is killed.
 */
export function toDaemonEnvironment(
  env: ChildEnvironment,
  places: { readonly binDirectory: string; readonly tempDirectory: string; readonly home: string },
): Readonly<Record<string, string>> {
  return {
    ...selectPassed(env),
    PATH: [places.binDirectory, env['PATH'] ?? '', systemPath]
      .filter((part) => part !== '')
      .join(path.delimiter),
    HOME: places.home,
    TMPDIR: places.tempDirectory,
  };
}

/** Shell commands that set this environment. It goes over a pipe: sudo drops the one it inherits, and arguments can be read by all. */
export function renderExports(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`)
    .join('');
}
