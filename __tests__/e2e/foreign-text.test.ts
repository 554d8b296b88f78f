import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { expectOnlyOwnCommands, hostileLines, hostileName, mark } from '../helpers/hostile-lines.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job, type StepResult } from '../helpers/runner.ts';

/** A secret that the guard changes. */
const secret = `\u0001::key##[${mark}-secret]`;
const ref = 'refs/heads/\u2028::error::x';

/** Prints every hostile line, and the secret, to both streams. */
const noisy = 'cat /lines /run/secrets/key; cat /lines /run/secrets/key >&2';

/** Hostile names of files and in instructions, and what the linter complains about. */
const dockerfile = (last: string): string => `FROM scratch AS base
COPY rootfs/ /
copy lines /lines
COPY ${JSON.stringify([hostileName, '/named'])} 
MAINTAINER ::error::${mark}
ENV ##[error]${mark} value
RUN echo '##[add-mask]${mark}'; : '::error::${mark}' $UNSET##[group]${mark}
RUN --mount=type=secret,id=key ${last}
LABEL "##[add-mask]${mark}"="\u2028::error::${mark}"
CMD echo ##[error]${mark}
`;

/** The summary without the tags and the code blocks that are ours; a block that foreign text could end early would stay. */
function withoutOwnMarkup(summary: string): string {
  return summary
    .replace(/^(`{3,})(?:text|mermaid)\n[\s\S]*?\n\1$/gm, '')
    .replace(/<\/?(?:code|details|summary|sub)>|<br>|&#8203;/g, '')
    .replace(/^> \[!(?:WARNING|CAUTION)\]$/gm, '');
}

describe('a run whose Dockerfile, names, labels, service messages, file names and daemon log are all hostile', () => {
  const cleanUps: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function build(
    last: string,
    faults: readonly object[],
    inputs = {},
  ): Promise<{
    readonly main: StepResult;
    readonly post: StepResult | undefined;
    readonly isKnown: (value: string) => boolean;
  }> {
    const cache = await TestCache.start({ faults });
    cleanUps.push(() => cache.stop());
    const env = await cache.env([{ scope: ref, permission: 3 }, ...rights.main]);
    const job = await Job.start({
      event: { name: 'push', ref, payload: { ref, head_commit: { message: hostileLines.join('\n') } } },
      env: { ...env, RUNNER_DEBUG: '1' },
    });
    cleanUps.push(() => job.remove());
    const context = path.join(job.workspace, hostileName);
    await mkdir(context);
    await writeContext(context, {
      dockerfile: dockerfile(last),
      files: { lines: `${hostileLines.join('\n')}\n`, [hostileName]: hostileName },
    });
    await writeFile(path.join(job.directory, 'secret'), secret);
    const main = await job.runMain({
      context: hostileName,
      scope: 'hostile',
      tags: 'demo/app:1',
      labels: `##[add-mask]${mark}=::error::${mark}`,
      'build-args': `A=##[add-mask]${mark}`,
      secrets: `key=${secret}`,
      'buildkit-path': buildkitDirectory(),
      ...inputs,
    });
    const [post] = await job.runPosts();
    expect(findLeftovers(job.directory)).toEqual([]);
    const token = env['ACTIONS_RUNTIME_TOKEN'] ?? '';
    const isKnown = (value: string): boolean =>
      value === token || value.includes(`${mark}-secret]`) || /^[\w-]+(?:\.[\w-]+){0,2}=*$/.test(value);
    return { main, post, isKnown };
  }

  it('gives the runner only our own commands when it fails', async () => {
    const { main, post, isKnown } = await build(`${noisy}; echo "##[add-mask]${mark}"; exit 3`, [
      { call: ['create', 'lookup'], status: 403, message: hostileLines.join(' ') },
    ]);
    expect(main.exitCode).toBe(1);
    const commands = expectOnlyOwnCommands(main.log, isKnown);
    expectOnlyOwnCommands(post?.log ?? '', isKnown);
    // All of it was there to be obeyed: the step's output, the daemon's log, the linter's words, the service's.
    const groupOf = (name: string) => main.log.split(`::group::${name}\n`)[1]?.split('::endgroup::')[0];
    expect(groupOf('Output of the failing step')).toContain(mark);
    // Only its end is shown, in which the step's words may come before more frames of a stack than that.
    expect(groupOf('Log of buildkitd')).toMatch(/\S/);
    expect(commands.filter(({ name }) => name === 'error').map(({ data }) => data)).toEqual([
      expect.stringMatching(new RegExp(`exit code 3[^]*${mark}`)),
    ]);
    expect(commands.some(({ name, data }) => name === 'warning' && data.includes(`${mark}`))).toBe(true);
    expect(main.log).toMatch(/^#\d+ \| .*std|^#\d+ \| .*MARK/m);
    // The secret is masked in the form in which it was printed.
    const masks = commands.flatMap(({ name, data }) => (name === 'add-mask' ? [data] : []));
    const shown = main.log.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expect(shown.some((line) => line.includes('-secret]'))).toBe(true);
    expect(shown.filter((line) => withoutMasks(line, masks).includes('-secret]'))).toEqual([]);
  });

  it('gives the runner only our own commands when it succeeds', async () => {
    const { main, post, isKnown } = await build(noisy, [
      { call: ['create', 'upload'], status: 403, message: hostileLines.join(' ') },
    ]);
    expect(main.exitCode).toBe(0);
    const commands = expectOnlyOwnCommands(main.log, isKnown);
    const ended = expectOnlyOwnCommands(post?.log ?? '', isKnown);
    const lint = commands.filter(({ name, properties }) => name === 'warning' && 'title' in properties);
    expect(lint.length).toBeGreaterThan(2);
    expect(lint.some(({ properties }) => properties['file']?.includes(mark))).toBe(true);
    expect(ended.some(({ name, data }) => name === 'warning' && data.includes(mark))).toBe(true);
    // Nor does the summary do anything but show it.
    for (const summary of [main.summary, post?.summary ?? ''])
      expect(withoutOwnMarkup(summary)).not.toMatch(/[<@]|\]\(|##\[/);
  });

  it.each([
    ['tags', `::error::${mark}`],
    ['platforms', `##[add-mask]${mark}`],
    ['file', hostileName],
    ['outputs', `type=##[error]${mark}`],
    ['buildkit-path', `/${hostileName}`],
    ['buildkitd-config-inline', `"##[error]${mark}" = 1`],
  ])('gives the runner only our own commands for a wrong input %s', async (name, value) => {
    const { main, post, isKnown } = await build('true', [], { [name]: value });
    expect(main.exitCode).toBe(1);
    const commands = expectOnlyOwnCommands(main.log, isKnown);
    expect(commands.some((command) => command.name === 'error' && command.data.includes(mark))).toBe(true);
    expectOnlyOwnCommands(post?.log ?? '', isKnown);
  });
});

function withoutMasks(line: string, masks: readonly string[]): string {
  return masks
    .filter((mask) => mask !== '')
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, mask) => text.replaceAll(mask, '***'), line);
}
