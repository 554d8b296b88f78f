import { describe, expect, it } from '@jest/globals';
import { parse } from 'smol-toml';
import { checkDaemonConfig, renderDaemonConfig } from '../../../src/buildkit/daemon/config.ts';

const inline = `
trace = true
[log]
  level = "debug"
[history]
  maxEntries = 3
[worker.OCI]
  minfreespace = "1GB"
  [[worker.OCI.gcpolicy]]
    maxUsedSpace = "1GB"
  [[worker.OCI.gcpolicy]]
    maxUsedSpace = "2GB"
[system]
  maxRegistryConcurrency = 2
`;

function render(version: string, debug = false): unknown {
  const places = {
    root: '/job/root',
    socket: '/job/sock',
    traceSocket: '/job/trace.sock',
    runc: '/usr/bin/runc',
  };
  const options = { ...places, owner: undefined, cgroupParent: 'job', debug, inline: undefined, version };
  return parse(renderDaemonConfig(options));
}

describe('keys that a BuildKit is too old for', () => {
  it.each([
    [
      'v0.10.6',
      ['trace', 'log', 'history', 'worker.oci.minFreeSpace', 'worker.oci.gcpolicy.maxUsedSpace', 'system'],
    ],
    [
      'v0.16.0',
      [
        'log.level',
        'worker.oci.minFreeSpace',
        'worker.oci.gcpolicy.maxUsedSpace',
        'system.maxRegistryConcurrency',
      ],
    ],
    ['v0.29.0', ['log.level', 'system.maxRegistryConcurrency']],
    ['v0.31.0', []],
    ['v0.33.1', []],
    ['v0.0.0+unknown', []],
  ])('%s: %j', async (version, names) => {
    const warnings = await checkDaemonConfig(inline, '/', version);
    const named = warnings.map((warning) => /the key (\S+) has no effect/.exec(warning)?.[1] ?? '');
    expect([...named].sort()).toEqual([...names].sort());
    for (const warning of warnings) expect(warning).toContain(version);
  });

  it('are not told while the version is not known', async () => {
    expect(await checkDaemonConfig(inline, '/', undefined)).toEqual([]);
  });
});

describe('the configuration of an old BuildKit', () => {
  it('throws no cache away before the disk is full', () => {
    expect(render('v0.16.0')).toMatchObject({ worker: { oci: { gc: true, gckeepstorage: 1e15 } } });
    expect(render('v0.16.0')).not.toHaveProperty('worker.oci.minFreeSpace');
    expect(render('v0.17.0')).toMatchObject({ worker: { oci: { gc: true, minFreeSpace: '2GB' } } });
  });

  it.each([true, false])('logs as it can be told to (debug: %s)', (debug) => {
    expect(render('v0.29.0', debug)).toMatchObject({ debug });
    expect(render('v0.29.0', debug)).not.toHaveProperty('log');
    expect(render('v0.30.0', debug)).toMatchObject({ log: { level: debug ? 'debug' : 'info' } });
  });
});
