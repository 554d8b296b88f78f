import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readLocalCheckout } from '../../../src/cli/local-checkout.ts';
import { runPlan } from '../../../src/cli/plan.ts';
import { parseInputs } from '../../../src/inputs/inputs.ts';
import { planRun } from '../../../src/plan/plan-run.ts';
import { readTokenRights } from '../../../src/policy/token-rights.ts';
import { commit, git } from '../../helpers/git-repository.ts';
import {
  createPrograms,
  plantConfiguration,
  plantHooks,
  toHostileVariables,
} from '../../helpers/hostile-git.ts';

/** A workspace with something planted, and the context in it that a build names. */
interface Place {
  readonly workspace: string;
  readonly context: string;
  /** The git directory with the planted configuration. */
  readonly planted: string;
}

const missingSha = '5'.repeat(40);
const scopes = JSON.stringify([{ Scope: 'refs/heads/main', Permission: 3 }]);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = `${encode({ alg: 'none' })}.${encode({ ac: scopes })}.c2ln`;
let root: string;
let event: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'hotlayer-hostile-'));
  event = path.join(root, 'event.json');
  await writeFile(event, '{"repository":{"id":1,"default_branch":"main"}}');
});

afterAll(() => rm(root, { recursive: true, force: true }));

/** A repository with one commit, whose files a bare repository of plain files is made of. */
async function createRepository(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await git(directory, 'init', '-q', '-b', 'main');
  await commit(directory, 'one');
}

async function createBare(directory: string, scratch: string): Promise<void> {
  await createRepository(scratch);
  await cp(path.join(scratch, '.git'), directory, { recursive: true });
  await rm(scratch, { recursive: true });
}

const places: Readonly<Record<string, (home: string) => Promise<Place>>> = {
  'a bare repository of plain files in the context': async (workspace) => {
    await createRepository(workspace);
    const planted = path.join(workspace, 'app');
    await createBare(planted, path.join(workspace, 'scratch'));
    return { workspace, context: 'app', planted };
  },
  'a bare repository of plain files as the workspace': async (workspace) => {
    await mkdir(workspace);
    await createBare(workspace, path.join(workspace, 'scratch'));
    return { workspace, context: '.', planted: workspace };
  },
  'the .git of the workspace': async (workspace) => {
    await createRepository(workspace);
    return { workspace, context: '.', planted: path.join(workspace, '.git') };
  },
  'a .git in the context': async (workspace) => {
    await createRepository(workspace);
    await createRepository(path.join(workspace, 'app'));
    return { workspace, context: 'app', planted: path.join(workspace, 'app/.git') };
  },
  'a .git file that leads to plain files': async (workspace) => {
    await createRepository(workspace);
    const planted = path.join(workspace, 'planted');
    await createBare(planted, path.join(workspace, 'scratch'));
    await mkdir(path.join(workspace, 'app'));
    await writeFile(path.join(workspace, 'app/.git'), 'gitdir: ../planted\n');
    return { workspace, context: 'app', planted };
  },
  'a .git file of a submodule': async (workspace) => {
    await createRepository(workspace);
    const planted = path.join(workspace, '.git/modules/app');
    await mkdir(path.dirname(planted));
    await createBare(planted, path.join(workspace, 'scratch'));
    await mkdir(path.join(workspace, 'app'));
    await writeFile(path.join(workspace, 'app/.git'), 'gitdir: ../.git/modules/app\n');
    return { workspace, context: 'app', planted };
  },
  'a .git that is a symbolic link to plain files': async (workspace) => {
    await createRepository(workspace);
    const planted = path.join(workspace, 'planted');
    await createBare(planted, path.join(workspace, 'scratch'));
    await mkdir(path.join(workspace, 'app'));
    await symlink('../planted', path.join(workspace, 'app/.git'));
    return { workspace, context: 'app', planted };
  },
  'a context that is a link to a bare repository of plain files': async (workspace) => {
    await createRepository(workspace);
    const planted = path.join(workspace, 'planted');
    await createBare(planted, path.join(workspace, 'scratch'));
    await symlink('planted', path.join(workspace, 'app'));
    return { workspace, context: 'app', planted };
  },
  'a worktree whose commondir leads to plain files': async (workspace) => {
    await createRepository(workspace);
    const planted = path.join(workspace, 'planted');
    await createBare(planted, path.join(workspace, 'scratch'));
    const worktree = path.join(workspace, '.git/worktrees/app');
    await mkdir(worktree, { recursive: true });
    await mkdir(path.join(workspace, 'app'));
    await writeFile(path.join(workspace, 'app/.git'), `gitdir: ${worktree}\n`);
    await writeFile(path.join(worktree, 'HEAD'), 'ref: refs/heads/main\n');
    await writeFile(path.join(worktree, 'commondir'), '../../../planted\n');
    await writeFile(path.join(worktree, 'gitdir'), `${path.join(workspace, 'app/.git')}\n`);
    return { workspace, context: 'app', planted };
  },
};

const origins: Readonly<Record<string, readonly [origin: string, server: string]>> = {
  https: ['https://127.0.0.1:1/o/r.git', 'https://127.0.0.1:1'],
  ssh: ['ssh://git@127.0.0.1/o/r.git', 'https://127.0.0.1'],
  scp: ['git@127.0.0.1:o/r.git', 'https://127.0.0.1'],
  git: ['git://127.0.0.1:1/o/r.git', 'https://127.0.0.1:1'],
  path: ['/nowhere/o/r.git', 'file:///nowhere'],
};

const cases = Object.keys(places).flatMap((place) =>
  place === 'the .git of the workspace'
    ? Object.keys(origins).flatMap((origin) =>
        [false, true].map((isWholesale) => ({ place, origin, isWholesale })),
      )
    : [
        { place, origin: 'ssh', isWholesale: false },
        { place, origin: 'https', isWholesale: true },
      ],
);

async function prepare({ place, origin, isWholesale }: (typeof cases)[number]) {
  const home = await mkdtemp(path.join(root, 'case-'));
  const marks = path.join(home, 'marks');
  const programs = createPrograms(path.join(home, 'programs'), marks);
  const [url = '', server = ''] = origins[origin] ?? [];
  const made = await places[place]?.(path.join(home, 'workspace'));
  if (made === undefined) throw new Error(place);
  await plantConfiguration(path.join(made.planted, 'config'), { origin: url, programs, isWholesale });
  await plantHooks(made.planted, programs);
  const hostile = toHostileVariables(programs, made.planted);
  await programs.write();
  const env = {
    PATH: `${process.env['PATH']}:${programs.directory}`,
    HOME: home,
    RUNNER_TEMP: home,
    GITHUB_WORKSPACE: made.workspace,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: event,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: missingSha,
    GITHUB_REPOSITORY: 'o/r',
    GITHUB_SERVER_URL: server,
    ACTIONS_RUNTIME_TOKEN: token,
    INPUT_CONTEXT: made.context,
  };
  return { ...made, env, hostile, home, listMarks: () => readdir(marks) };
}

/** All that asks git: main, `hotlayer plan` and `hotlayer build`. */
async function askEverything(
  { workspace, context }: Place,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { plan } = await planRun(env, parseInputs(env), {
    cwd: workspace,
    defaultPlatform: 'linux/amd64',
    rights: readTokenRights(env),
  });
  const remote = { ...env, INPUT_CONTEXT: `${env['GITHUB_SERVER_URL']}/o/r.git#v1` };
  if (remote.INPUT_CONTEXT.startsWith('https'))
    await planRun(remote, parseInputs(remote), {
      cwd: workspace,
      defaultPlatform: 'linux/amd64',
      rights: readTokenRights(remote),
    });
  await runPlan([], env, () => undefined);
  await readLocalCheckout(path.join(workspace, context), env);
  return plan.code;
}

describe("a repository's configuration runs nothing on the runner", () => {
  it.each(cases)('$place, origin by $origin, wholesale $isWholesale', async (row) => {
    const prepared = await prepare(row);
    const code = await askEverything(prepared, prepared.env);
    expect(await prepared.listMarks()).toEqual([]);
    expect(['foreign-context', 'context-unknown', 'own-branch']).toContain(code);
    await askEverything(prepared, { ...prepared.env, ...prepared.hostile });
    expect(await prepared.listMarks()).toEqual([]);
    expect((await readdir(prepared.home)).filter((name) => name.startsWith('hotlayer-git-'))).toEqual([]);
  });
});

describe('the planted programs', () => {
  it.each(Object.keys(places))('run when plain git is asked: %s', async (place) => {
    const prepared = await prepare({ place, origin: 'ssh', isWholesale: false });
    const { PATH, HOME } = prepared.env;
    // safe.directory is not in the way here, and the repository is discovered, as git was asked once.
    const options = {
      cwd: path.join(prepared.workspace, prepared.context),
      env: { PATH, HOME },
      timeout: 10_000,
    };
    await promisify(execFile)('git', ['ls-remote', 'origin'], options).catch(() => undefined);
    expect(await prepared.listMarks()).not.toEqual([]);
  });

  it('run when the variables reach plain git', async () => {
    const prepared = await prepare({
      place: 'the .git of the workspace',
      origin: 'https',
      isWholesale: false,
    });
    const env = { ...prepared.env, ...prepared.hostile };
    await promisify(execFile)('git', ['ls-remote', 'origin'], { cwd: prepared.workspace, env }).catch(
      () => undefined,
    );
    expect(await prepared.listMarks()).not.toEqual([]);
  });
});

describe('what a planted repository says', () => {
  const codeOf = async (place: string) => {
    const prepared = await prepare({ place, origin: 'path', isWholesale: false });
    return askEverything(prepared, prepared.env);
  };

  it.each([
    ['a .git file that leads to plain files', 'context-unknown'],
    ['a .git that is a symbolic link to plain files', 'context-unknown'],
    ['a worktree whose commondir leads to plain files', 'context-unknown'],
    // Its own files are no checkout; the one around it, or none, is.
    ['a bare repository of plain files in the context', 'foreign-context'],
    ['a context that is a link to a bare repository of plain files', 'foreign-context'],
    ['a bare repository of plain files as the workspace', 'own-branch'],
    ['a .git in the context', 'foreign-context'],
    ['a .git file of a submodule', 'foreign-context'],
  ])('%s: %s', async (place, code) => {
    expect(await codeOf(place)).toBe(code);
  });
});
