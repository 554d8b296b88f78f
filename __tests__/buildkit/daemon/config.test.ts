import { describe, expect, it } from '@jest/globals';
import { parse } from 'smol-toml';
import { type DaemonConfigOptions, renderDaemonConfig } from '../../../src/buildkit/daemon/config.ts';
import { InputError } from '../../../src/errors.ts';

const base: DaemonConfigOptions = {
  root: '/job/root',
  socket: '/job/buildkitd.sock',
  traceSocket: '/job/trace.sock',
  owner: undefined,
  runc: '/usr/sbin/runc',
  cgroupParent: 'hotlayer-1',
  debug: false,
  inline: undefined,
};

function render(inline: string | undefined, over: Partial<DaemonConfigOptions> = {}): unknown {
  return parse(renderDaemonConfig({ ...base, ...over, inline }));
}

function catchError(inline: string): unknown {
  try {
    render(inline);
  } catch (error) {
    return error;
  }
  return undefined;
}

const plain = {
  root: '/job/root',
  'insecure-entitlements': ['network.host', 'security.insecure'],
  log: { level: 'info' },
  grpc: { address: ['unix:///job/buildkitd.sock'] },
  otel: { socketPath: '/job/trace.sock' },
  // Of 50 that BuildKit keeps, a job may have more.
  history: { maxEntries: 1000 },
  worker: {
    oci: {
      enabled: true,
      binary: '/usr/sbin/runc',
      defaultCgroupParent: 'hotlayer-1',
      gc: true,
      minFreeSpace: '2GB',
    },
    containerd: { enabled: false },
  },
};

describe('renderDaemonConfig', () => {
  it('keeps everything in the job and grants no entitlement', () => {
    expect(render(undefined)).toEqual(plain);
  });

  it('gives the socket to the user who started it by sudo', () => {
    expect(render(undefined, { owner: { uid: 1001, gid: 118 } })).toMatchObject({
      grpc: { uid: 1001, gid: 118 },
    });
  });

  it('logs more when debugging', () => {
    expect(render(undefined, { debug: true })).toMatchObject({ log: { level: 'debug' } });
  });

  it.each([
    [
      'parallelism',
      '[worker.oci]\nmax-parallelism = 4',
      { worker: { oci: { ...plain.worker.oci, 'max-parallelism': 4 } } },
    ],
    ['another runtime', '[worker.oci]\nbinary = "crun"', { worker: { oci: { binary: 'crun' } } }],
    [
      'an entitlement',
      'insecure-entitlements = ["network.host"]',
      { 'insecure-entitlements': ['network.host'] },
    ],
    ['another log level', '[log]\nlevel = "trace"', { log: { level: 'trace' } }],
    [
      'deprecated keys',
      'debug = true\n[worker.oci]\ngckeepstorage = 9000',
      { debug: true, worker: { oci: { gckeepstorage: 9000 } } },
    ],
    [
      'keys in any case, as BuildKit reads them',
      '[worker.oci]\nGCKeepStorage = "9GB"\nMax-Parallelism = 2',
      { worker: { oci: { gckeepstorage: '9GB', 'max-parallelism': 2 } } },
    ],
    [
      'gc policies',
      '[[worker.oci.gcpolicy]]\nkeepDuration = "48h"\nfilters = ["type==source.local"]\n[[worker.oci.gcpolicy]]\nall = true\nreservedSpace = 1024',
      {
        worker: {
          oci: {
            gcpolicy: [
              { keepDuration: '48h', filters: ['type==source.local'] },
              { all: true, reservedSpace: 1024 },
            ],
          },
        },
      },
    ],
    [
      'labels of any name',
      '[worker.oci.labels]\n"my.own/label" = "x"',
      { worker: { oci: { labels: { 'my.own/label': 'x' } } } },
    ],
    [
      'a free table',
      '[worker.oci.stargzSnapshotter]\nno_prefetch = true',
      { worker: { oci: { stargzSnapshotter: { no_prefetch: true } } } },
    ],
    [
      'frontends',
      '[frontend."gateway.v0"]\nallowedRepositories = ["docker.io/docker/dockerfile"]',
      { frontend: { 'gateway.v0': { allowedRepositories: ['docker.io/docker/dockerfile'] } } },
    ],
    [
      'history, dns, cdi, system',
      'provenanceEnvDir = "/x"\n[history]\nmaxAge = 172800\nmaxEntries = 50\n[dns]\nnameservers = ["1.1.1.1"]\n[cdi]\ndisabled = true\n[system]\nmaxRegistryConcurrency = 2',
      {
        history: { maxAge: 172800, maxEntries: 50 },
        dns: { nameservers: ['1.1.1.1'] },
        cdi: { disabled: true },
      },
    ],
    [
      'signatures of the gha cache',
      '[cache.gha.verify]\nrequired = true\n[cache.gha.verify.policy]\ntimestampThreshold = 1',
      { cache: { gha: { verify: { required: true, policy: { timestampThreshold: 1 } } } } },
    ],
    [
      'values that change nothing',
      '[worker.oci]\nenabled = true\n[worker.containerd]\nenabled = false',
      plain,
    ],
  ])('takes %s', (_, inline, expected) => {
    expect(render(inline)).toMatchObject(expected);
  });

  it('hands registry settings through: mirrors, http, insecure, certificates', () => {
    const inline = `
[registry."docker.io"]
  mirrors = ["mirror.example:5000/proxy", "mirror.gcr.io"]
[registry."mirror.example:5000"]
  http = true
  insecure = true
  ca = ["/etc/config/myca.pem"]
  tlsconfigdir = ["/etc/docker/certs.d"]
  [[registry."mirror.example:5000".keypair]]
    key = "/etc/config/key.pem"
    cert = "/etc/config/cert.pem"
`;
    expect(render(inline)).toEqual({
      ...plain,
      registry: {
        'docker.io': { mirrors: ['mirror.example:5000/proxy', 'mirror.gcr.io'] },
        'mirror.example:5000': {
          http: true,
          insecure: true,
          ca: ['/etc/config/myca.pem'],
          tlsconfigdir: ['/etc/docker/certs.d'],
          keypair: [{ key: '/etc/config/key.pem', cert: '/etc/config/cert.pem' }],
        },
      },
    });
  });

  it.each([
    ['at the top', 'rot = "/x"', 'unknown key rot; did you mean root?'],
    ['a whole table', '[wrker.oci]\ngc = true', 'unknown key wrker; did you mean worker?'],
    [
      'nested',
      '[worker.oci]\nmaxParalelism = 4',
      'unknown key worker.oci.maxParalelism; did you mean worker.oci.max-parallelism?',
    ],
    [
      'below a registry',
      '[registry."docker.io"]\nmirror = ["x"]',
      'unknown key registry."docker.io".mirror; did you mean registry."docker.io".mirrors?',
    ],
    [
      'in a list of tables',
      '[[worker.oci.gcpolicy]]\nkeepDurations = "1h"',
      'unknown key worker.oci.gcpolicy.keepDurations; did you mean worker.oci.gcpolicy.keepDuration?',
    ],
    ['not like any other', '[log]\nzzz = 1', 'unknown key log.zzz; allowed there: format, level'],
    [
      'named like a property of objects',
      'constructor = 1',
      'unknown key constructor; allowed there: debug, trace',
    ],
  ])('reports an unknown key %s', (_, inline, message) => {
    const error = catchError(inline);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ input: 'buildkitd-config-inline' });
    expect(String(error)).toContain(`input "buildkitd-config-inline": ${message}`);
  });

  it.each([
    ['root', 'root = "/var/lib/buildkit"', 'the key root cannot be set: each job has'],
    ['grpc', '[grpc]\naddress = ["tcp://0.0.0.0:1234"]', 'the key grpc cannot be set: the daemon listens'],
    ['the worker', '[worker.oci]\nenabled = false', 'the key worker.oci.enabled cannot be set'],
    [
      'in another case',
      '[worker.OCI]\nDefaultCgroupParent = "x"',
      'the key worker.oci.defaultCgroupParent cannot be set',
    ],
    ['containerd', '[worker.containerd]\nenabled = true', 'the key worker.containerd cannot be set'],
    ['rootless', '[worker.oci]\nrootless = true', 'the key worker.oci.rootless cannot be set'],
    ['otel', '[otel]\nsocketPath = "/x"', 'the key otel.socketPath cannot be set'],
  ])('refuses what Hotlayer owns: %s', (_, inline, message) => {
    expect(catchError(inline)).toBeInstanceOf(InputError);
    expect(String(catchError(inline))).toContain(message);
  });

  it.each([
    ['a string', '[log]\nlevel = 5', 'log.level must be a string'],
    [
      'a list',
      '[registry."docker.io"]\nmirrors = "x"',
      'registry."docker.io".mirrors must be a list of strings',
    ],
    ['a flag', '[worker.oci]\ngc = "yes"', 'worker.oci.gc must be true or false'],
    ['an integer', '[worker.oci]\nmax-parallelism = 1.5', 'worker.oci.max-parallelism must be an integer'],
    ['an amount', '[worker.oci]\nreservedSpace = [1]', 'worker.oci.reservedSpace must be a string such as'],
    ['a table', 'worker = 1', 'worker must be a table'],
    ['a table a registry', 'registry = { "docker.io" = 1 }', 'registry."docker.io" must be a table'],
    ['a list of tables', '[worker.oci.gcpolicy]\nall = true', 'worker.oci.gcpolicy must be a list of tables'],
    ['given once', '[worker.oci]\ngc = true\nGC = false', 'worker.oci.gc is given twice'],
  ])('says that a value must be %s', (_, inline, message) => {
    expect(String(catchError(inline))).toContain(message);
  });

  it('says where TOML is malformed', () => {
    const error = catchError('[worker.oci]\ngc = true\nmax-parallelism = \n');
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(/input "buildkitd-config-inline" is not TOML: line 3, column \d+: \S+/);
  });
});
