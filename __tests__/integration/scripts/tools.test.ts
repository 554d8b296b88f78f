import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pipPrograms } from '../../../scripts/pip-program.ts';
import { root } from '../../helpers/runner.ts';

const run = promisify(execFile);
let directory: string;
let bin: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-tools-'));
  bin = path.join(directory, 'bin');
  await mkdir(bin);
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function writeProgram(name: string, script: string): Promise<void> {
  await writeFile(path.join(bin, name), `#!/bin/sh\n${script}\n`);
  await chmod(path.join(bin, name), 0o755);
}

/** Each call is a line of `calls`, each `go install` makes the program that its module is named after. */
async function writeGo(): Promise<void> {
  await writeProgram(
    'go',
    `echo "$@" >> ${directory}/calls
for last; do :; done
name=$(/usr/bin/basename "\${last%@*}")
/bin/sleep 0.2
printf '#!/bin/sh\\n' > "$GOBIN/$name"; /bin/chmod 755 "$GOBIN/$name"`,
  );
}

/** ensureTools in a process of its own; what it answers, or the message of its error, and what it logged. */
async function ensure(...names: string[]): Promise<{ answer: string; log: string }> {
  const script = `
    const { ensureTools } = await import(${JSON.stringify(path.join(root, 'scripts', 'tools.ts'))});
    const tools = await ensureTools(${JSON.stringify(names)}, { log: (line) => console.error(line) })
      .catch((error) => ({ error: error.message }));
    console.log(JSON.stringify(tools));`;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: bin, HOME: directory, HOTLAYER_TOOLS: path.join(directory, 'tools') },
  });
  return { answer: stdout.trim(), log: stderr };
}

describe('ensureTools', () => {
  it('compiles Go programs once, in versioned directories, and puts them on PATH', async () => {
    await writeGo();
    const { answer, log } = await ensure('act', 'actionlint');
    const tools = JSON.parse(answer);
    expect(tools.act).toBe(path.join(directory, 'tools', 'act', 'v0.2.89', 'act'));
    expect(tools.env.PATH.split(':').slice(0, 2)).toEqual([
      path.dirname(tools.act),
      path.dirname(tools.actionlint),
    ]);
    expect(log).toMatch(/Compiling act v0\.2\.89 .*\n {2}act v0\.2\.89 in \d+ s\n/);
    expect((await ensure('act', 'actionlint')).log).toBe('');
    expect((await readFile(path.join(directory, 'calls'), 'utf8')).trim().split('\n')).toEqual([
      'install github.com/nektos/act@v0.2.89',
      'install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12',
    ]);
    expect((await readdir(path.join(directory, 'tools'))).sort()).toEqual(['act', 'actionlint']);
  });

  it('tells buildx its version and takes that from PATH', async () => {
    await writeGo();
    await writeProgram('buildx', '[ "$1" = version ] && echo github.com/docker/buildx v0.36.0 1a2b');
    const compiled = path.join(directory, 'tools', 'buildx', 'v0.37.2', 'buildx');
    const tools = JSON.parse((await ensure('buildx')).answer);
    expect(tools.buildx).toBe(compiled);
    expect(tools.env.PATH.split(':')[0]).toBe(path.dirname(compiled));
    expect((await readFile(path.join(directory, 'calls'), 'utf8')).trim()).toBe(
      'install -ldflags -s -w -X github.com/docker/buildx/version.Version=v0.37.2 github.com/docker/buildx/cmd/buildx@v0.37.2',
    );
    await writeProgram('buildx', '[ "$1" = version ] && echo github.com/docker/buildx v0.37.2 1a2b');
    expect(JSON.parse((await ensure('buildx')).answer).buildx).toBe(path.join(bin, 'buildx'));
  });

  it('lets one process at a time fill the tool directory', async () => {
    await writeGo();
    const [first, second] = await Promise.all([ensure('act'), ensure('act')]);
    expect(first.answer).toBe(second.answer);
    expect((await readFile(path.join(directory, 'calls'), 'utf8')).trim().split('\n')).toHaveLength(1);
  });

  it('does not wait for a process that is gone', async () => {
    await writeGo();
    await mkdir(path.join(directory, 'tools'));
    const lock = JSON.stringify({ pid: 4_194_305, startedAt: '1', nonce: 'gone' });
    await writeFile(path.join(directory, 'tools', 'lock'), lock);
    expect(JSON.parse((await ensure('act')).answer).act).toContain('v0.2.89');
  });

  it('takes the pinned version from PATH, and no other', async () => {
    await writeGo();
    await writeProgram('act', 'echo act version 0.2.89');
    expect(JSON.parse((await ensure('act')).answer).act).toBe(path.join(bin, 'act'));
    await writeProgram('act', 'echo act version 0.2.8');
    expect(JSON.parse((await ensure('act')).answer).act).toContain(path.join('tools', 'act'));
  });

  it('installs zizmor with pip, once, and takes that version from PATH', async () => {
    await writeProgram(
      'python3',
      `[ "$2" = venv ] || exit 0
/bin/mkdir -p "$3/bin"
printf '#!/bin/sh\\necho "$@" >> ${directory}/calls; printf "" > "%s/bin/zizmor"\\n' "$3" > "$3/bin/pip"; /bin/chmod 755 "$3/bin/pip"`,
    );
    const { answer, log } = await ensure('zizmor');
    const tools = JSON.parse(answer);
    expect(tools.zizmor).toBe(path.join(directory, 'tools', 'zizmor', pipPrograms.zizmor, 'zizmor'));
    expect(tools.env.PATH.split(':')[0]).toBe(path.dirname(tools.zizmor));
    expect(log).toMatch(/^Installing zizmor [\d.]+ \(pip\) …\n {2}zizmor [\d.]+ in \d+ s\n$/);
    expect((await ensure('zizmor')).log).toBe('');
    expect((await readFile(path.join(directory, 'calls'), 'utf8')).trim()).toBe(
      `install --quiet --no-deps --only-binary=:all: zizmor==${pipPrograms.zizmor}`,
    );
    expect(await readdir(path.join(directory, 'tools'))).toEqual(['zizmor']);
    await writeProgram('zizmor', `echo zizmor ${pipPrograms.zizmor}`);
    expect(JSON.parse((await ensure('zizmor')).answer).zizmor).toBe(path.join(bin, 'zizmor'));
  });

  it('says what zizmor needs where there is no Python', async () => {
    expect(JSON.parse((await ensure('zizmor')).answer).error).toMatch(
      /zizmor [\d.]+: install Python 3 with venv \(Debian and Ubuntu: apt-get install python3-venv\)/,
    );
  });

  it('installs missing packages, all in one call', async () => {
    await writeProgram(
      'apt-get',
      `echo "$@" >> ${directory}/calls
[ "$1" = install ] && printf '#!/bin/sh\\n' > ${bin}/runc && /bin/chmod 755 ${bin}/runc; exit 0`,
    );
    await writeProgram('sudo', 'shift; exec "$@"');
    const { log } = await ensure('runc', 'busybox');
    expect(log).toContain('Installing runc, busybox-static (apt-get)');
    expect((await readFile(path.join(directory, 'calls'), 'utf8')).trim().split('\n')).toEqual([
      'update -qq',
      'install -y -qq --no-install-recommends runc busybox-static',
    ]);
    expect(JSON.parse((await ensure('runc')).answer).runc).toBe(path.join(bin, 'runc'));
  });

  it('says of all missing tools at once how to get them', async () => {
    const { answer } = await ensure('runc', 'busybox', 'act');
    expect(JSON.parse(answer).error).toMatch(
      /these tools are missing:\n {2}- runc: install it .*\n {2}- a static busybox: .*HOTLAYER_BUSYBOX.*\n {2}- act v0\.2\.89: install Go/,
    );
  });

  it('says which Go is needed where this one is too old', async () => {
    await writeProgram(
      'go',
      `echo 'go: github.com/nektos/act@v0.2.89 requires go >= 1.26.8 (running go 1.24.1)' >&2; exit 1`,
    );
    expect(JSON.parse((await ensure('act')).answer).error).toMatch(
      /act v0\.2\.89: it needs Go 1\.26\.8 or newer/,
    );
  });
});
