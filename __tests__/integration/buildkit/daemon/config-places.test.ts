import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'smol-toml';
import { checkDaemonConfig, renderDaemonConfig } from '../../../../src/buildkit/daemon/config.ts';
import { InputError } from '../../../../src/errors.ts';

let workspace: string;

beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'hotlayer-config-'));
  await mkdir(path.join(workspace, 'certs', 'dir'), { recursive: true });
  await writeFile(path.join(workspace, 'certs', 'file.pem'), '');
  await symlink('file.pem', path.join(workspace, 'certs', 'link.pem'));
  await symlink('gone.pem', path.join(workspace, 'certs', 'dangling.pem'));
});

afterEach(async () => {
  await rm(workspace, { recursive: true, force: true });
});

async function refusal(toml: string): Promise<string> {
  const error = await checkDaemonConfig(toml, workspace, undefined).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) return '';
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ input: 'buildkitd-config-inline' });
  return String(error);
}

const registry = (key: string, place: string) =>
  `[registry."r.example:5000"]\n${key} = [${JSON.stringify(place)}]`;
const name = 'registry."r.example:5000"';

/** Each key that names a file or a directory, with a path in its place. */
const files: readonly (readonly [key: string, write: (place: string) => string])[] = [
  [`${name}.ca`, (place) => registry('ca', place)],
  [
    `${name}.keypair.key`,
    (place) =>
      `[[registry."r.example:5000".keypair]]\nkey = ${JSON.stringify(place)}\ncert = "certs/file.pem"`,
  ],
  [
    `${name}.keypair.cert`,
    (place) =>
      `[[registry."r.example:5000".keypair]]\ncert = ${JSON.stringify(place)}\nkey = "certs/file.pem"`,
  ],
  ['worker.oci.binary', (place) => `[worker.oci]\nbinary = ${JSON.stringify(place)}`],
  ['worker.oci.cniConfigPath', (place) => `worker.oci.cniConfigPath = ${JSON.stringify(place)}`],
  ['cache.gha.sign.command', (place) => `cache.gha.sign.command = [${JSON.stringify(place)}, "--x"]`],
];
const directories: typeof files = [
  [`${name}.tlsconfigdir`, (place) => registry('tlsconfigdir', place)],
  ['worker.oci.cniBinaryPath', (place) => `worker.oci.cniBinaryPath = ${JSON.stringify(place)}`],
  ['provenanceEnvDir', (place) => `provenanceEnvDir = ${JSON.stringify(place)}`],
];

describe.each(files)('%s', (key, write) => {
  it.each(['certs/file.pem', './certs/file.pem', 'certs/../certs/link.pem'])('may be %j', async (place) => {
    expect(await refusal(write(place))).toBe('');
    const toml = renderDaemonConfig({ ...base, inline: write(place), workspace });
    expect(JSON.stringify(parse(toml))).toContain(JSON.stringify(path.join(workspace, place)).slice(1, -1));
  });

  it.each([
    ['certs/gone.pem', 'does not exist'],
    ['certs/dangling.pem', 'does not exist'],
    ['certs/file.pem/x', 'does not exist'],
    ['certs/dir', 'is a directory'],
  ])('must not be %j', async (place, fault) => {
    const told = await refusal(write(place));
    expect(told).toContain(
      `the key ${key} has the path "${place}", which ${fault} (${path.join(workspace, place)})`,
    );
  });

  it('is told to be absolute when it begins with "~"', async () => {
    expect(await refusal(write('~/file.pem'))).toMatch(
      /the key .* has the path "~\/file\.pem".*only a shell/,
    );
  });
});

describe.each(directories)('%s', (key, write) => {
  it('may be a directory of the workspace', async () => {
    expect(await refusal(write('certs/dir'))).toBe('');
  });

  it.each([
    ['certs/gone', 'does not exist'],
    ['certs/file.pem', 'is not a directory'],
  ])('must not be %j', async (place, fault) => {
    expect(await refusal(write(place))).toContain(`the key ${key} has the path "${place}", which ${fault}`);
  });
});

describe('the places of the daemon’s configuration', () => {
  it('are all looked at, not only the first', async () => {
    const toml = '[registry."a"]\nca = ["certs/file.pem", "certs/second.pem"]';
    expect(await refusal(toml)).toContain('registry.a.ca has the path "certs/second.pem"');
  });

  it('may be absolute', async () => {
    expect(await refusal(registry('ca', path.join(workspace, 'certs/file.pem')))).toBe('');
    expect(await refusal(registry('ca', '/nowhere/ca.pem'))).toContain('does not exist (/nowhere/ca.pem)');
  });

  it.each(['', ' '])('are not empty: %j', async (place) => {
    expect(await refusal(registry('ca', place))).toContain('has an empty path');
  });

  it('leave a program that is looked up on PATH alone', async () => {
    const inline = '[worker.oci]\nbinary = "crun"\ncniConfigPath = ""';
    expect(await refusal(inline)).toBe('');
    expect(parse(renderDaemonConfig({ ...base, inline, workspace }))).toMatchObject({
      worker: { oci: { binary: 'crun', cniConfigPath: '' } },
    });
  });

  it('that come into being later need not be there', async () => {
    expect(await refusal('[cdi]\nspecDirs = ["run/cdi"]')).toBe('');
  });
});

const base = {
  ...{ root: '/job/root', socket: '/job/s', traceSocket: '/job/t', owner: undefined, runc: '/usr/sbin/runc' },
  ...{ cgroupParent: 'hotlayer-1', debug: false },
} as const;
