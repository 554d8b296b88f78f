import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { root } from '../../helpers/runner.ts';

let directory: string;
const at = (...parts: readonly string[]): string => path.join(directory, ...parts);

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'hotlayer-run-'));
  for (const folder of ['scripts', 'bin']) mkdirSync(at(folder));
  cpSync(path.join(root, 'scripts', 'run.mjs'), at('scripts', 'run.mjs'));
  writeFileSync(at('package-lock.json'), 'first');
  // Stands for npm, which would ask a registry: it notes its arguments and makes the folder.
  writeFileSync(
    at('bin', 'npm'),
    `#!/bin/sh\nif [ -e ${at('broken')} ]; then echo 'npm says no' >&2; exit 1; fi\necho "$@" >> ${at('calls')}; /bin/mkdir -p node_modules\n`,
  );
  chmodSync(at('bin', 'npm'), 0o755);
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function run(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [at('scripts', 'run.mjs'), ...args], {
    cwd: tmpdir(),
    encoding: 'utf8',
    env: { PATH: at('bin') },
  });
  return { status, stdout, stderr };
}

function countCalls(): number {
  return existsSync(at('calls')) ? readFileSync(at('calls'), 'utf8').trim().split('\n').length : 0;
}

describe('scripts/run.mjs', () => {
  it('starts a TypeScript file with its flags, and ends as it does', () => {
    writeFileSync(
      at('scripts', 'show.ts'),
      `const flags: readonly string[] = process.argv.slice(2);
console.log(JSON.stringify(flags));
process.exitCode = 3;
`,
    );
    const { status, stdout } = run('show', '--one', 'two words');
    expect(stdout.trim().split('\n').at(-1)).toBe('["--one","two words"]');
    expect(status).toBe(3);
  });

  it('installs the locked packages first, and again only when the lock file is another', () => {
    writeFileSync(at('scripts', 'show.ts'), 'console.log("shown");\n');
    expect(run('show').stdout).toMatch(
      /^Installing the locked npm packages .*\n.*installed in \d+ s\nshown\n$/,
    );
    expect(run('show').stdout).toBe('shown\n');
    expect(countCalls()).toBe(1);
    writeFileSync(at('package-lock.json'), 'second');
    expect(run('show').stdout).toContain('Installing');
    expect(countCalls()).toBe(2);
    expect(readFileSync(at('calls'), 'utf8')).toMatch(/^ci /);
  });

  it('starts nothing where npm fails, and tries again the next time', () => {
    writeFileSync(at('scripts', 'show.ts'), 'console.log("shown");\n');
    writeFileSync(at('broken'), '');
    const { status, stdout, stderr } = run('show');
    expect(status).toBe(1);
    expect(stdout).not.toContain('shown');
    expect(stderr).toContain('npm says no');
    rmSync(at('broken'));
    expect(run('show').stdout).toContain('shown');
  });

  it.each([['nothing'], ['../outside'], ['run.mjs'], []])('says that there is no script %p', (...name) => {
    writeFileSync(at('outside.ts'), 'console.log("shown");\n');
    const { status, stdout, stderr } = run(...name);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`there is no scripts/${name[0] ?? ''}.ts`);
    expect(countCalls()).toBe(0);
  });
});
