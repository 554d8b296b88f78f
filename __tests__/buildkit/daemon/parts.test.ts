import { describe, expect, it } from '@jest/globals';
import { dropStackFrames } from '../../../src/buildkit/daemon/daemon.ts';
import {
  checkLogLimits,
  renderExports,
  toDaemonEnvironment,
} from '../../../src/buildkit/daemon/environment.ts';
import { parseStat } from '../../../src/process/identity.ts';
import { listCgroupDirectories, parseMounts, selectMountsBelow } from '../../../src/process/mounts.ts';

describe('parseStat', () => {
  const fields = (state: string, start: string): string =>
    `${state} 1 77 77 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 ${start} 9 9`;

  it.each([
    ['plain', `77 (buildkitd) ${fields('S', '12345')}\n`, { pid: 77, state: 'S', startTime: 12345 }],
    ['brackets in the name', `77 (a) S 1 (b) ${fields('Z', '5')}`, { pid: 77, state: 'Z', startTime: 5 }],
  ])('%s', (_, line, expected) => {
    expect(parseStat(line)).toEqual(expected);
  });

  it.each([[''], ['77'], ['77 (sh) S 1 2'], [`1 (init) ${fields('S', '3')}`], ['x (sh) S']])(
    'takes %j for no process of ours',
    (line) => {
      expect(parseStat(line)).toBeUndefined();
    },
  );
});

describe('mounts', () => {
  const mountinfo = `22 1 0:20 / / rw - overlay overlay rw
30 22 0:26 / /sys/fs/cgroup/memory rw shared:9 - cgroup cgroup rw,memory
31 22 0:27 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
40 22 0:40 / /job/state rw - tmpfs t rw
41 40 0:41 / /job/state/a\\040b rw - overlay overlay rw
42 40 0:42 / /job/state-of-another rw - overlay overlay rw
`;

  it('are unmounted from the top down, and only those of the directory', () => {
    expect(selectMountsBelow(parseMounts(mountinfo), '/job/state')).toEqual(['/job/state/a b', '/job/state']);
  });

  it('say where a cgroup can be, in both versions', () => {
    expect(listCgroupDirectories(parseMounts(mountinfo), 'hotlayer-1')).toEqual([
      '/sys/fs/cgroup/memory/hotlayer-1',
      '/sys/fs/cgroup/unified/hotlayer-1',
    ]);
  });
});

describe('the environment of the daemon', () => {
  const places = { binDirectory: '/tools/bin', tempDirectory: '/job/tmp', home: '/job' };

  it('has programs, proxies and certificates, and nothing else', () => {
    const env = {
      PATH: '/usr/bin',
      https_proxy: 'http://p:1',
      NO_PROXY: 'a,b',
      SSL_CERT_FILE: '/ca.pem',
      ACTIONS_RUNTIME_TOKEN: 'secret',
      INPUT_SECRETS: 'secret',
      MY_HTTP_PROXY: 'x',
    };
    expect(toDaemonEnvironment(env, places)).toEqual({
      PATH: '/tools/bin:/usr/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/job',
      TMPDIR: '/job/tmp',
      https_proxy: 'http://p:1',
      NO_PROXY: 'a,b',
      SSL_CERT_FILE: '/ca.pem',
    });
  });

  it("has the limits of a step's output", () => {
    const limits = { BUILDKIT_STEP_LOG_MAX_SIZE: '-1', BUILDKIT_STEP_LOG_MAX_SPEED: '1048576' };
    expect(toDaemonEnvironment(limits, places)).toMatchObject(limits);
    expect(toDaemonEnvironment({ BUILDKIT_STEP_LOG_MAX_SIZE: '' }, places)).not.toHaveProperty(
      'BUILDKIT_STEP_LOG_MAX_SIZE',
    );
  });

  it.each(['', '-1', '0', '1', '+5', '2147483647'])("takes %j for a limit of a step's output", (value) => {
    expect(() => checkLogLimits({ BUILDKIT_STEP_LOG_MAX_SIZE: value })).not.toThrow();
  });

  it.each([
    '-2',
    '2MiB',
    ' 5',
    '1e6',
    '0x10',
    '1_000',
    '2147483648',
    '1.5',
    'unlimited',
    '-',
    '9'.repeat(40),
  ])('refuses %j, by the name of the variable, before buildkitd passes over it', (value) => {
    for (const name of ['BUILDKIT_STEP_LOG_MAX_SIZE', 'BUILDKIT_STEP_LOG_MAX_SPEED']) {
      expect(() => checkLogLimits({ [name]: value })).toThrow(
        expect.objectContaining({ code: 'input', message: expect.stringContaining(`${name} is "${value}"`) }),
      );
    }
  });

  it('is quoted for the shell', () => {
    expect(renderExports({ A: "it's $HOME `x`" })).toBe("export A='it'\\''s $HOME `x`'\n");
  });
});

describe('dropStackFrames', () => {
  it('keeps the messages', () => {
    expect(
      dropStackFrames(['level=info', 'unknown snapshotter', 'main.main', '\tmain.go:1', 'x.y', '\tz.s:2']),
    ).toEqual(['level=info', 'unknown snapshotter']);
  });
});
