import { createHash } from 'node:crypto';
import path from 'node:path';
import { ToolError } from '../../errors.ts';
import type { JsonRecord } from '../../json.ts';
import type { ChildEnvironment } from '../../process/command.ts';
import { readOr } from '../../process/identity.ts';

import { findOnPath, isExecutable } from '../../process/search-path.ts';
import { isAtLeast } from '../install/version.ts';
import { toDaemonPath } from './environment.ts';
import { toBridgeName } from './names.ts';

/** The first with a bridge of its own, whose name and subnet can be chosen. */
const firstWithBridge = 'v0.13.0';
const programs = ['bridge', 'loopback', 'host-local', 'firewall'] as const;
/** Where Debian, Fedora and Kubernetes have the CNI programs. */
const folders = ['/usr/lib/cni', '/opt/cni/bin', '/usr/libexec/cni'] as const;

export interface BridgeRequest {
  readonly jobDirectory: string;
  readonly binaries: { readonly directory: string; readonly version: string };
  readonly env: ChildEnvironment;
  /** Tried first; by default where distributions have them. */
  readonly folders?: readonly string[];
}

/**
 * What buildkitd.toml says for steps with a network of their own. Throws ToolError `step-network` where a program for it is
 * missing: buildkitd would say it in a log, or not before the first step.
 */
export async function planBridge(request: BridgeRequest): Promise<JsonRecord> {
  const { jobDirectory, binaries, env } = request;
  if (!isAtLeast(binaries.version, firstWithBridge)) {
    refuse(
      `BuildKit ${binaries.version} has no bridge of its own, which came with ${firstWithBridge}: choose a newer "buildkit-version"`,
    );
  }
  const searchPath = toDaemonPath(env, binaries.directory);
  const directory = await findPrograms(searchPath, request.folders ?? folders);
  if ((await findOnPath('iptables', searchPath)) === undefined)
    refuse('there is no iptables on PATH (Debian and Ubuntu: apt-get install iptables)');
  const bridgeSubnet = chooseSubnet(jobDirectory, await readOr('/proc/net/route', ''));
  if (bridgeSubnet === undefined) refuse('each of its subnets has a route on this runner already');
  return {
    worker: {
      oci: {
        networkMode: 'bridge',
        ...{ bridgeName: toBridgeName(jobDirectory), bridgeSubnet },
        ...(directory === undefined ? {} : { cniBinaryPath: directory }),
      },
    },
  };
}

/** undefined: BuildKit's own are there, which buildkitd finds by itself (util/network/cniprovider). */
async function findPrograms(searchPath: string, places: readonly string[]): Promise<string | undefined> {
  const own = await Promise.all(programs.map((name) => findOnPath(`buildkit-cni-${name}`, searchPath)));
  if (own.every((file) => file !== undefined)) return undefined;
  for (const folder of places) {
    const there = await Promise.all(programs.map((name) => isExecutable(path.join(folder, name))));
    if (there.every((isThere) => isThere)) return folder;
  }
  return refuse(
    `the CNI programs are neither beside buildkitd (buildkit-cni-bridge and so on, as in BuildKit's releases) nor in ${places.join(', ')} (Debian and Ubuntu: apt-get install containernetworking-plugins)`,
  );
}

/**
 * One of 8192 subnets of 254 addresses that no route of the runner leads to; another job of the same machine, which has
 * another directory, begins to look elsewhere. Pure.
 *
 * @param routes the text of /proc/net/route
 */
export function chooseSubnet(jobDirectory: string, routes: string): string | undefined {
  const taken = routes.split('\n').flatMap((line) => {
    const [, destination = '', , , , , , mask = ''] = line.trim().split(/\s+/);
    const parsed = [destination, mask].map(parseAddress);
    const [network, bits] = parsed;
    // The default route leads everywhere.
    return network === undefined || bits === undefined || bits === 0 ? [] : [{ network, bits }];
  });
  const start = createHash('sha256').update(jobDirectory).digest().readUInt16BE(0);
  for (let step = 0; step < 8192; step += 1) {
    const index = (start + step) % 8192;
    const [second, third] = [224 + (index >> 8), index & 255];
    const network = 10 * 2 ** 24 + second * 2 ** 16 + third * 2 ** 8;
    const isFree = taken.every((route) => {
      const shared = (route.bits & 0xff_ff_ff_00) >>> 0;
      return (network & shared) >>> 0 !== (route.network & shared) >>> 0;
    });
    if (isFree) return `10.${second}.${third}.0/24`;
  }
  return undefined;
}

/** The kernel prints the bytes of an address in the order of this machine, which is little-endian wherever BuildKit has releases but on s390x. */
function parseAddress(hex: string): number | undefined {
  return /^[0-9A-F]{8}$/i.test(hex) ? Buffer.from(hex, 'hex').readUInt32LE(0) : undefined;
}

function refuse(why: string): never {
  throw new ToolError(
    'step-network',
    `Steps cannot have a network of their own ("step-network: bridge"): ${why}.`,
  );
}
