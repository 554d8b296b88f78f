import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseSubnet, planBridge } from '../../../../src/buildkit/daemon/bridge.ts';
import { toBridgeName } from '../../../../src/buildkit/daemon/names.ts';

const header = 'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n';
const toHex = (address: string) =>
  Buffer.from(address.split('.').map(Number).reverse()).toString('hex').toUpperCase();
const toRoute = (network: string, mask: string) =>
  `eth0\t${toHex(network)}\t00000000\t0001\t0\t0\t0\t${toHex(mask)}\t0\t0\t0\n`;

describe('the subnet of the steps', () => {
  it('is free on this runner, and the same each time', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 224, max: 255 }), (directory, second) => {
        const routes = header + toRoute('0.0.0.0', '0.0.0.0') + toRoute(`10.${second}.0.0`, '255.255.0.0');
        const subnet = chooseSubnet(directory, routes);
        expect(subnet).toMatch(/^10\.(?:22[4-9]|2[345]\d)\.\d+\.0\/24$/);
        expect(subnet).not.toContain(`10.${second}.`);
        expect(chooseSubnet(directory, routes)).toBe(subnet);
      }),
    );
  });

  it('moves on when it is taken, to a host too', () => {
    const first = chooseSubnet('/job', header) ?? '';
    const host = first.replace('.0/24', '.7');
    for (const route of [
      toRoute(first.replace('/24', ''), '255.255.255.0'),
      toRoute(host, '255.255.255.255'),
    ])
      expect(chooseSubnet('/job', header + route)).not.toBe(first);
  });

  it('is none where all of them are taken', () => {
    expect(chooseSubnet('/job', header + toRoute('10.0.0.0', '255.0.0.0'))).toBeUndefined();
  });
});

describe('a bridge', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hotlayer-bridge-'));
    for (const name of ['buildkit', 'path', 'cni']) await mkdir(path.join(directory, name));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function make(folder: string, names: readonly string[]): Promise<void> {
    for (const name of names) {
      await writeFile(path.join(directory, folder, name), '');
      await chmod(path.join(directory, folder, name), 0o755);
    }
  }

  const plan = (version = 'v0.33.1') =>
    planBridge({
      jobDirectory: '/job',
      binaries: { directory: path.join(directory, 'buildkit'), version },
      env: { PATH: path.join(directory, 'path') },
      folders: [path.join(directory, 'cni')],
    });
  const programs = ['bridge', 'loopback', 'host-local', 'firewall'];
  const named = { networkMode: 'bridge', bridgeName: toBridgeName('/job') };

  it('has a name that the kernel takes', () => {
    expect(Buffer.byteLength(toBridgeName('/home/runner/work/_temp/hotlayer'))).toBeLessThanOrEqual(15);
    expect(toBridgeName('/a')).not.toBe(toBridgeName('/b'));
  });

  it('is made by the programs of a BuildKit release', async () => {
    await make(
      'buildkit',
      programs.map((name) => `buildkit-cni-${name}`),
    );
    await make('path', ['iptables']);
    const keys = await plan();
    expect(keys).toMatchObject({ worker: { oci: named } });
    expect(JSON.stringify(keys)).not.toContain('cniBinaryPath');
  });

  it('is made by those of the distribution', async () => {
    await make('cni', programs);
    await make('path', ['iptables']);
    expect(await plan()).toMatchObject({
      worker: { oci: { ...named, cniBinaryPath: path.join(directory, 'cni') } },
    });
  });

  it('needs all of them', async () => {
    await make('path', ['iptables']);
    await make('cni', programs.slice(1));
    await make('buildkit', ['buildkit-cni-bridge']);
    await expect(plan()).rejects.toMatchObject({
      code: 'step-network',
      message: expect.stringContaining('apt-get install containernetworking-plugins'),
    });
  });

  it('needs a BuildKit that has one', async () => {
    await expect(plan('v0.12.5')).rejects.toThrow(/v0\.12\.5.*v0\.13\.0/);
  });
});
