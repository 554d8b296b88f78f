import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toDaemonPlaces, toJobPrefix } from '../../src/buildkit/daemon/names.ts';
import { parseJobRecord } from '../../src/step/record-parser.ts';

const directory = '/home/runner/work/_temp/hotlayer';
const id = '0123456789ab';
const daemon = { ...toDaemonPlaces(directory, id, undefined), sudo: true, pid: 77, pidStartTime: 12_345 };
const binaries = {
  ...{ directory: '/opt/bin', buildkitd: '/opt/bin/buildkitd', buildctl: '/opt/bin/buildctl' },
  ...{ runc: '/usr/bin/runc', version: 'v0.33.1' },
};
const spec = {
  ...{ binaries, workspace: '/home/runner/work/r/r', privilege: 'sudo', debug: false },
  config: { input: 'buildkitd-config', toml: '[dns]\nnameservers = ["10.0.0.1"]' },
  keys: { worker: { oci: { 'max-parallelism': 4 } } },
  flags: ['--debug'],
  asked: {
    version: 'v0.33.1',
    given: { 'max-parallelism': '4' },
    variables: { HTTP_PROXY: 'a'.repeat(64) },
    drainTimeoutMs: 600_000,
  },
};
const record = {
  daemon,
  spec,
  client: { buildx: '/opt/bin/buildx' },
  gateway: { url: 'http://127.0.0.1:40000', pid: 78, nonce: 'a'.repeat(32) },
  seen: { scopes: ['a', 'b'], zstd: true },
};

describe('the record of a job', () => {
  it.each([
    ['whole', record],
    ['empty', {}],
    [
      'of a daemon that is about to start',
      { daemon: { ...toDaemonPlaces(directory, id, undefined), sudo: false } },
    ],
    [
      'with a socket elsewhere',
      { daemon: { ...toDaemonPlaces(directory, id, `/tmp/${toJobPrefix(directory)}${id}`), sudo: false } },
    ],
  ])('%s is read as it was written', (_, written) => {
    const text = JSON.stringify(written);
    expect(parseJobRecord(JSON.parse(text), directory)).toEqual({ record: written, refused: [] });
  });

  it.each([[null], [[]], ['text'], [7], [true], [undefined]])('is not %j', (value) => {
    expect(parseJobRecord(value, directory)).toBeUndefined();
  });

  it.each([
    ['a process id of init', { pid: 1 }],
    ['a process id of the own group', { pid: 0 }],
    ['a process id of everything', { pid: -1 }],
    ['a process id of a group', { pid: -4242 }],
    ['a process id that is no integer', { pid: 7.5 }],
    ['a process id beyond the safe integers', { pid: 2 ** 60 }],
    ['a process id as text', { pid: '77' }],
    ['a process id without a start time', { pidStartTime: undefined }],
    ['a start time without a process id', { pid: undefined }],
    ['a start time of 0', { pidStartTime: 0 }],
    ['another state directory', { stateDirectory: '/' }],
    ['a state directory of another job', { stateDirectory: `/other/hotlayer/buildkit-${id}` }],
    ['a state directory that climbs out', { stateDirectory: `${directory}/buildkit-${id}/../../..` }],
    ['the directory of the job as state', { stateDirectory: directory }],
    ['a state directory of another form', { stateDirectory: `${directory}/buildkit-home` }],
    ['a root elsewhere', { root: '/home' }],
    ['a socket elsewhere', { socket: '/run/docker.sock' }],
    ['a socket directory elsewhere', { socketDirectory: '/home/runner' }],
    ['a socket directory that climbs', { socketDirectory: `/tmp/x/../${toJobPrefix(directory)}${id}` }],
    ['a relative socket directory', { socketDirectory: `${toJobPrefix(directory)}${id}` }],
    ['a cgroup of the system', { cgroupParent: 'system.slice' }],
    ['a cgroup that climbs', { cgroupParent: '..' }],
    ['no cgroup', { cgroupParent: '' }],
    ['a log elsewhere', { logFile: '/etc/shadow' }],
    ['a pid file elsewhere', { pidFile: '/proc/self/stat' }],
    ['sudo as text', { sudo: 'yes' }],
  ])('refuses a daemon with %s, and keeps the rest', (_, over) => {
    const { daemon: _daemon, ...others } = record;
    expect(parseJobRecord({ ...record, daemon: { ...daemon, ...over } }, directory)).toEqual({
      record: others,
      refused: ['daemon'],
    });
  });

  it.each([
    ['gateway', { url: 'http://evil.example:80' }],
    ['gateway', { url: 'http://127.0.0.1:80@evil.example/' }],
    ['gateway', { url: 'http://127.0.0.1.evil.example:80' }],
    ['gateway', { url: 'http://127.0.0.1:99999' }],
    ['gateway', { url: 'http://127.0.0.1:0' }],
    ['gateway', { url: 'https://127.0.0.1:80' }],
    ['gateway', { url: 'http://127.0.0.1:80/path' }],
    ['gateway', { pid: -1 }],
    ['gateway', { nonce: 'A' }],
    ['client', { buildx: 'buildx' }],
    ['client', { buildx: undefined }],
    ['spec', { binaries: { ...binaries, buildctl: 'buildctl' } }],
    ['spec', { binaries: { ...binaries, buildkitd: '/opt/../bin/sh' } }],
    ['spec', { binaries: { ...binaries, runc: undefined } }],
    ['spec', { binaries: { ...binaries, version: 'v1\n::error::x' } }],
    ['spec', { workspace: 'r' }],
    ['spec', { privilege: 'nobody' }],
    ['spec', { debug: 'yes' }],
    ['spec', { config: 7 }],
    ['spec', { asked: {} }],
    ['seen', { scopes: [1] }],
    ['seen', { zstd: 'yes' }],
  ] as const)('refuses %s with %j', (part, over) => {
    const parsed = parseJobRecord({ ...record, [part]: { ...record[part], ...over } }, directory);
    expect(parsed?.refused).toEqual([part]);
    expect(parsed?.record[part]).toBeUndefined();
  });

  it('names no path outside the job and no process that is none, whatever the file says', () => {
    const value = fc.jsonValue();
    const keys = Object.keys(daemon);
    const planted = fc.record({ key: fc.constantFrom(...keys), value });
    fc.assert(
      fc.property(planted, value, ({ key, value: given }, whole) => {
        for (const daemonPart of [{ ...daemon, [key]: given }, whole]) {
          const found = parseJobRecord({ daemon: daemonPart }, directory)?.record.daemon;
          if (found === undefined) continue;
          const { pid = 2, pidStartTime = 1, sudo, socketDirectory, ...places } = found;
          expect(places).toEqual(toDaemonPlaces(directory, id, undefined));
          expect(socketDirectory).toBeUndefined();
          expect([typeof sudo, Number.isSafeInteger(pid), pid > 1, pidStartTime > 0]).toEqual([
            'boolean',
            true,
            true,
            true,
          ]);
        }
      }),
    );
  });

  const handed = {
    login: { directory: '/home/runner/.docker', host: '127.0.0.1:40000' },
    builder: { configDirectory: '/home/runner/.docker/buildx', name: 'hotlayer-0123456789ab' },
    plugin: '/home/runner/.docker/cli-plugins/docker-buildx',
    sinceMs: 1,
    exports: ['a'],
  };
  const kept = { directory: '/opt/tools/hotlayer-kept/0123456789ab-1', claim: '{}' };

  it('has what later steps got, and the daemon that outlives the job', () => {
    expect(parseJobRecord({ handed, kept }, directory)).toEqual({ record: { handed, kept }, refused: [] });
  });

  it.each([
    ['a login at another host', { handed: { ...handed, login: { ...handed.login, host: 'ghcr.io' } } }],
    ['a login in no whole path', { handed: { ...handed, login: { ...handed.login, directory: '../x' } } }],
    [
      'a builder of somebody else',
      { handed: { ...handed, builder: { ...handed.builder, name: 'default' } } },
    ],
    ['a builder above its directory', { handed: { ...handed, builder: { ...handed.builder, name: '..' } } }],
    ['another link than the plug-in', { handed: { ...handed, plugin: '/home/runner/.bashrc' } }],
    ['a daemon that is kept elsewhere', { kept: { ...kept, directory: '/home/runner/work' } }],
    ['a daemon that is kept by a way up', { kept: { ...kept, directory: '/x/hotlayer-kept/../y' } }],
  ])('is not used where it names %s', (_name, written) => {
    expect(parseJobRecord(written, directory)).toEqual({ record: {}, refused: Object.keys(written) });
  });
});
