import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseCommandFile } from '../../../src/cli/workflow-commands.ts';
import { defaultBuildxVersion } from '../../../src/inputs/single-values.ts';
import { toInputVariables } from '../../helpers/input-variables.ts';
import { runNode } from '../../helpers/run-node.ts';
import { root } from '../../helpers/runner.ts';

let directory: string;
const file = (name: string): string => path.join(directory, name);

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-merge-'));
  for (const name of ['output', 'summary']) await writeFile(file(name), '');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const legs = ['linux/amd64', 'linux/arm64'].map((platform, index) => ({ index, platform }));
const results = Object.fromEntries(
  ['a', 'b'].map((letter, index) => [
    `leg-${index}`,
    JSON.stringify({ digest: digest(letter), cachePlan: {} }),
  ]),
);
const inputs = {
  legs: JSON.stringify(legs),
  results: JSON.stringify(results),
  tags: 'one.example/app:1\ntwo.example/app:1\none.example/app:2',
  annotations: 'index:title=x',
};

/** A buildx whose `imagetools create` is the script; a leg is served as its own digest, a tag as `index.json`. */
async function merge(create: string, given: Readonly<Record<string, string>> = {}) {
  const index = {
    manifests: [{ digest: digest('c') }, { digest: digest('d') }],
    annotations: { title: 'x' },
  };
  await writeFile(file('index.json'), JSON.stringify(index));
  await writeFile(
    file('buildx'),
    `#!/bin/sh
echo "$*" >> ${directory}/calls
case "$1 $2" in
version*) echo github.com/docker/buildx ${defaultBuildxVersion} 1a2b ;;
"imagetools create") ${create} ;;
"imagetools inspect")
  case "$4" in
  *@${digest('a')}) printf '{"manifests":[{"digest":"${digest('c')}"}]}' ;;
  *@${digest('b')}) printf '{"manifests":[{"digest":"${digest('d')}"}]}' ;;
  *) cat ${directory}/index.json ;;
  esac ;;
esac
`,
  );
  await chmod(file('buildx'), 0o755);
  const { exitCode, output: log } = await runNode(path.join(root, 'src', 'main.ts'), ['workflow', 'merge'], {
    PATH: `${directory}:${process.env['PATH'] ?? ''}`,
    HOME: directory,
    RUNNER_TEMP: directory,
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    ...toInputVariables({ ...inputs, ...given }),
  });
  const calls = (await readFile(file('calls'), 'utf8').catch(() => '')).trim().split('\n');
  return {
    ...{ exitCode, log },
    creates: calls.filter((call) => call.startsWith('imagetools create')),
    outputs: parseCommandFile(await readFile(file('output'), 'utf8')),
  };
}

describe('workflow/merge', () => {
  it('makes one index a name, with all of its tags, reads it back, and says what to pull', async () => {
    const { exitCode, log, creates, outputs } = await merge('true');
    expect([exitCode, log]).toEqual([0, log]);
    const flags = 'imagetools create --progress=plain';
    expect(creates).toEqual([
      `${flags} --tag one.example/app:1 --tag one.example/app:2 --annotation index:title=x one.example/app@${digest('a')} one.example/app@${digest('b')}`,
      `${flags} --tag two.example/app:1 --annotation index:title=x two.example/app@${digest('a')} two.example/app@${digest('b')}`,
    ]);
    const index = outputs.get('digest') ?? '';
    expect(index).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(outputs.get('image')).toBe(`one.example/app@${index}`);
    expect(outputs.get('tags')).toBe('one.example/app:1\ntwo.example/app:1\none.example/app:2');
    for (const text of [log, await readFile(file('summary'), 'utf8')])
      expect(text).toContain(`docker pull two.example/app@${index}`);
  });

  it('tries again what the registry holds up', async () => {
    const fault = `test -e ${directory}/tried || { touch ${directory}/tried; echo 'ERROR: publish x: unexpected status from PUT request to https://one.example/v2/: 503 Service Unavailable' >&2; exit 1; }`;
    const { exitCode, log, creates } = await merge(fault, { tags: 'one.example/app:1' });
    expect([exitCode, log]).toEqual([0, expect.stringContaining('Once more in 2 s: ended with exit code 1')]);
    expect(creates).toHaveLength(2);
  });

  it.each([
    [
      'a registry says no',
      "echo 'ERROR: denied: ::error::x' >&2; exit 1",
      /buildx imagetools create ended with exit code 1: ERROR: denied: ::error::x/,
    ],
    [
      'an index that lacks a platform is served',
      `echo '{"manifests":[{"digest":"${digest('c')}"}]}' > ${'$'}{0%/*}/index.json`,
      /The index was pushed, and is not what it should be: one\.example\/app:1 lacks sha256:dddd/,
    ],
  ])('fails with one sentence where %s', async (_, create, message) => {
    const { exitCode, log, creates, outputs } = await merge(create, { tags: 'one.example/app:1' });
    expect([exitCode, creates.length, outputs.size]).toEqual([1, 1, 0]);
    expect(log.split('\n').filter((line) => line.startsWith('::error::'))).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it('makes nothing where a platform pushed nothing', async () => {
    const { exitCode, log, creates } = await merge('true', { results: '{}' });
    expect([exitCode, creates]).toEqual([1, []]);
    expect(log).toContain(
      'input "results" has no digest for linux/amd64 (output leg-0): its job pushed nothing',
    );
  });
});
