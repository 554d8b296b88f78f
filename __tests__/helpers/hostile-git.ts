import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Everything in a Git configuration that names a program, each with a program of its own that leaves a marker file.
 * `origin` is the address of the remote; `isWholesale` adds what replaces the transport, which hides the rest.
 */
export async function plantConfiguration(
  file: string,
  { origin, programs, isWholesale }: { origin: string; programs: Programs; isWholesale: boolean },
): Promise<void> {
  const script = programs.add;
  const included = `${file}.included`;
  await writeFile(included, `[core]\n\tsshCommand = ${script('include')}\n`);
  const lines = [
    ...['[core]', 'repositoryformatversion = 1', 'logAllRefUpdates = true'],
    ...['sshCommand', 'fsmonitor', 'pager', 'editor', 'askPass', 'gitProxy', 'alternateRefsCommand'].map(
      (key) => `${key} = ${script(key)}`,
    ),
    `hooksPath = ${programs.directory}`,
    ...['[credential]', `helper = !${script('credential')}`],
    ...['[credential "https://127.0.0.1:1"]', `helper = ${script('credential-url')}`],
    ...['[remote "origin"]', `url = ${origin}`, 'fetch = +refs/heads/*:refs/remotes/origin/*'],
    ...['promisor = true', `uploadpack = ${script('uploadpack')}`, `receivepack = ${script('receivepack')}`],
    ...['[extensions]', 'partialClone = origin', 'worktreeConfig = true'],
    ...['[protocol]', 'allow = always', '[protocol "ext"]', 'allow = always'],
    ...['[uploadpack]', `packObjectsHook = ${script('packobjects')}`],
    ...['[include]', `path = ${included}`, '[includeIf "gitdir:**"]', `path = ${included}`],
    ...['[diff]', `external = ${script('diff')}`, '[diff "x"]', `command = ${script('diff-x')}`],
    `textconv = ${script('textconv')}`,
    ...['[merge "x"]', `driver = ${script('merge')}`, '[filter "x"]', 'required = true'],
    ...['clean', 'smudge', 'process'].map((key) => `${key} = ${script(key)}`),
    ...['[gpg]', `program = ${script('gpg')}`, '[gpg "ssh"]', `program = ${script('gpg-ssh')}`],
    `defaultKeyCommand = ${script('gpg-key')}`,
    '[alias]',
    ...['rev-parse', 'config', 'ls-remote', 'merge-base', 'cat-file', 'symbolic-ref'].map(
      (key) => `${key} = !${script(`alias-${key}`)}`,
    ),
    '[pager]',
    ...['config', 'ls-remote'].map((key) => `${key} = ${script(`pager-${key}`)}`),
    ...['[sequence]', `editor = ${script('sequence')}`],
    ...['[trailer "x"]', `command = ${script('trailer')}`, `cmd = ${script('trailer-cmd')}`],
    ...['[interactive]', `diffFilter = ${script('interactive')}`],
    ...['[submodule "x"]', `update = !${script('submodule')}`, '[tar "x"]', `command = ${script('tar')}`],
    ...['[hook "x"]', `command = ${script('hook')}`, 'event = reference-transaction'],
    ...['[browser "x"]', `cmd = ${script('browser')}`, '[difftool "x"]', `cmd = ${script('difftool')}`],
    ...['[init]', `templateDir = ${programs.directory}`, '[imap]', `tunnel = ${script('imap')}`],
    ...(isWholesale
      ? [
          ...['[remote "origin"]', `vcs = ${programs.helper}`],
          ...[`[url "ext::${script('ext')} "]`, `insteadOf = ${origin}`],
        ]
      : []),
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  await writeFile(
    path.join(path.dirname(file), 'config.worktree'),
    `[core]\nsshCommand = ${script('worktree')}\n`,
  );
}

const hooks =
  'reference-transaction post-index-change post-checkout pre-commit pre-push fsmonitor-watchman pre-auto-gc'.split(
    ' ',
  );

export async function plantHooks(gitDirectory: string, programs: Programs): Promise<void> {
  const directory = path.join(gitDirectory, 'hooks');
  await mkdir(directory, { recursive: true });
  for (const name of hooks) {
    await rm(path.join(directory, name), { force: true });
    await symlink(programs.add(`hook-${name}`), path.join(directory, name));
  }
}

/** Variables of the job that would have git do something. GIT_SSH_COMMAND is not among them: that is the user's own. */
export function toHostileVariables(programs: Programs, planted: string): Readonly<Record<string, string>> {
  const command = programs.add('env-ssh');
  return {
    ...{ GIT_DIR: planted, GIT_COMMON_DIR: planted, GIT_WORK_TREE: path.dirname(planted) },
    GIT_OBJECT_DIRECTORY: path.join(planted, 'objects'),
    ...{ GIT_CONFIG_COUNT: '2', GIT_CONFIG_KEY_0: 'core.sshCommand', GIT_CONFIG_VALUE_0: command },
    ...{ GIT_CONFIG_KEY_1: 'core.fsmonitor', GIT_CONFIG_VALUE_1: command },
    GIT_CONFIG_PARAMETERS: `'core.sshCommand'='${command}'`,
    ...{ GIT_CONFIG: path.join(planted, 'config'), GIT_CONFIG_GLOBAL: path.join(planted, 'config') },
    GIT_CONFIG_SYSTEM: path.join(planted, 'config'),
    ...{ GIT_EXEC_PATH: programs.directory, GIT_TEMPLATE_DIR: programs.directory },
    ...{ GIT_PROXY_COMMAND: command, GIT_EXTERNAL_DIFF: command, GIT_PAGER: command, PAGER: command },
    ...{ GIT_EDITOR: command, GIT_ASKPASS: command, SSH_ASKPASS: command, SSH_ASKPASS_REQUIRE: 'force' },
    ...{ DISPLAY: ':0', GIT_ALLOW_PROTOCOL: 'ext:file:https:ssh', GIT_TRACE: programs.mark('trace') },
    ...{ GIT_TRACE2: programs.mark('trace2'), GIT_TRACE_CURL: programs.mark('trace-curl') },
  };
}

export interface Programs {
  readonly directory: string;
  /** The name of a remote helper that lies in `directory`. */
  readonly helper: string;
  /** Path of the program of a name; it is there once `write` has run. */
  add(name: string): string;
  /** Path of a file that counts as a marker. */
  mark(name: string): string;
  write(): Promise<void>;
}

/** Programs that leave a file in `marks`, and fail. */
export function createPrograms(directory: string, marks: string): Programs {
  const helper = 'evil';
  const names = new Set([
    `git-remote-${helper}`,
    'git-remote-https',
    'git-remote-ext',
    'git-upload-pack',
    ...hooks,
  ]);
  return {
    directory,
    helper,
    add: (name) => {
      names.add(`run-${name}`);
      return path.join(directory, `run-${name}`);
    },
    mark: (name) => path.join(marks, name),
    write: async () => {
      await mkdir(directory, { recursive: true });
      await mkdir(marks, { recursive: true });
      for (const name of names) {
        const file = path.join(directory, name);
        await writeFile(file, `#!/bin/sh\n: > '${path.join(marks, name)}'\nexit 1\n`);
        await chmod(file, 0o755);
      }
    },
  };
}
