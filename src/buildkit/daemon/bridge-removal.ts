import path from 'node:path';
import type { ChildEnvironment } from '../../process/command.ts';
import { readOr } from '../../process/identity.ts';
import { findBridgeSubnet, toRuleRemoval } from './bridge-rules.ts';
import { runPrivileged } from './privilege.ts';

/** Another process may change the rules between our look and our change. */
const rounds = 3;
/** Where the CNI programs keep what they made: their own default, which BuildKit does not change. */
const kept = { results: '/var/lib/cni/results', addresses: '/var/lib/cni/networks/buildkit' };

/** Is there a bridge of that name? Asked before a daemon is ended, which removes its bridge and not the rules for it. */
export async function hasBridge(name: string): Promise<boolean> {
  return (await readOr(path.join('/sys/class/net', name, 'ifindex'), '')) !== '';
}

/**
 * Removes the bridge of a daemon that was killed, and the firewall rules that name it or its addresses; a daemon that ends by
 * itself leaves some of the rules. Answers what could not be removed, one sentence each. What hangs on the bridge has gone
 * with the network namespaces of the steps.
 *
 * @param wasThere the bridge was there before the daemon ended
 */
export async function removeBridge(
  name: string,
  wasThere: boolean,
  sudo: boolean,
  env: ChildEnvironment,
): Promise<readonly string[]> {
  const isThere = await hasBridge(name);
  if (!isThere && !wasThere) return [];
  const run = { sudo, env: { ...env, PATH: [env['PATH'], '/usr/sbin', '/sbin'].filter(Boolean).join(':') } };
  // As long as the bridge is there nobody else takes its subnet.
  const subnet = isThere ? findBridgeSubnet(name, await readOr('/proc/net/route', '')) : undefined;
  const areLeft = await removeRules({ bridge: name, subnet }, run);
  if (isThere) await runPrivileged(sudo, ['ip', 'link', 'delete', name], run.env);
  return [
    ...(areLeft ? [`firewall rules for the network bridge ${name} could not be removed (iptables)`] : []),
    ...((await hasBridge(name)) ? [`the network bridge ${name} could not be removed (ip link delete)`] : []),
  ];
}

/** Answers whether some are left. */
async function removeRules(
  network: { readonly bridge: string; readonly subnet: string | undefined },
  { sudo, env }: { readonly sudo: boolean; readonly env: ChildEnvironment },
): Promise<boolean> {
  for (let round = 0; round < rounds; round++) {
    const { stdout, exitCode } = await runPrivileged(sudo, ['iptables-save'], env);
    // Without iptables there were no rules either.
    if (exitCode === undefined) return false;
    const { text, ids } = toRuleRemoval(stdout, network);
    if (text === '') return exitCode !== 0;
    await runPrivileged(sudo, ['iptables-restore', '--noflush', '--wait=5'], env, text);
    await removeKept(ids, network.subnet, { sudo, env });
  }
  const { stdout } = await runPrivileged(sudo, ['iptables-save'], env);
  return toRuleRemoval(stdout, network).text !== '';
}

/** The notes of the CNI programs: which network has which address. */
async function removeKept(
  ids: readonly string[],
  subnet: string | undefined,
  { sudo, env }: { readonly sudo: boolean; readonly env: ChildEnvironment },
): Promise<void> {
  const first = subnet?.replace(/0\/24$/, '');
  if (first === undefined || ids.length === 0) return;
  const files = [
    ...ids.map((id) => path.join(kept.results, `buildkit-${id}-eth0`)),
    ...Array.from({ length: 254 }, (_, index) => path.join(kept.addresses, `${first}${index + 1}`)),
  ];
  await runPrivileged(sudo, ['rm', '-f', '--', ...files], env);
}
