/** The network of a job's steps. */
export interface BridgeNetwork {
  readonly bridge: string;
  /** For example `10.242.175.0/24`; undefined: it is not known whose addresses they are. */
  readonly subnet: string | undefined;
}

export interface RuleRemoval {
  /** What iptables-restore is to read; empty: there is nothing to remove. */
  readonly text: string;
  /** The names that the CNI programs have for the networks of the steps. */
  readonly ids: readonly string[];
}

/**
 * How the rules go that the CNI programs `bridge` and `firewall` made for a network: those that name its bridge, which the
 * programs never remove, and those that name an address of its subnet, which stay behind a killed daemon. The chains that all
 * networks of a machine share stay. Pure.
 *
 * @param saved what iptables-save printed
 */
export function toRuleRemoval(saved: string, network: BridgeNetwork): RuleRemoval {
  const ids = new Set<string>();
  const tables = saved.split(/^\*/m).slice(1);
  const removals = tables.map((text) => {
    const [table = '', ...lines] = text.split('\n');
    const own = lines.flatMap((line) => findOwnRule(line, network) ?? []);
    for (const { id } of own) if (id !== undefined) ids.add(id);
    const chains = [...new Set(own.flatMap(({ chain }) => chain ?? []))];
    const commands = [
      ...own.map(({ rule }) => `-D ${rule}`),
      // A chain can go when it is empty and nothing leads there.
      ...chains.flatMap((chain) => [`-F ${chain}`, `-X ${chain}`]),
    ];
    return commands.length === 0 ? '' : `*${table.trim()}\n${commands.join('\n')}\nCOMMIT\n`;
  });
  return { text: removals.join(''), ids: [...ids] };
}

interface OwnRule {
  /** As it stands behind `-A`. */
  readonly rule: string;
  /** Of the network of one step, where the rule leads to a chain of its own. */
  readonly chain?: string | undefined;
  readonly id?: string | undefined;
}

function findOwnRule(line: string, { bridge, subnet }: BridgeNetwork): OwnRule | undefined {
  const [, rule = '', chain = '', rest = ''] = /^-A ((\S+) (.*))$/.exec(line) ?? [];
  if (/^CNI-ISOLATION-STAGE-[12]$/.test(chain)) {
    const words = rest.split(' ');
    const isOwn = ['-i', '-o'].some((flag) => words[words.indexOf(flag) + 1] === bridge);
    return isOwn ? { rule } : undefined;
  }
  const address = /^-[sd] (\d+\.\d+\.\d+\.)\d+\/32 /.exec(rest)?.[1];
  if (address === undefined || subnet !== `${address}0/24`) return undefined;
  if (chain === 'CNI-FORWARD') return { rule };
  const masquerade = /--comment "name: \\"buildkit\\" id: \\"([a-z0-9]+)\\"" -j (CNI-[0-9a-f]+)$/.exec(rest);
  if (chain !== 'POSTROUTING' || masquerade === null) return undefined;
  return { rule, id: masquerade[1], chain: masquerade[2] };
}

/**
 * The subnet of 254 addresses that a bridge of this machine leads to. Pure.
 *
 * @param routes the text of /proc/net/route, whose numbers have the order of bytes of this machine
 */
export function findBridgeSubnet(bridge: string, routes: string): string | undefined {
  for (const line of routes.split('\n')) {
    const [name, destination = '', , , , , , mask] = line.trim().split(/\s+/);
    if (name !== bridge || mask !== '00FFFFFF' || !/^00[0-9A-F]{6}$/.test(destination)) continue;
    const [, third, second, first] = Buffer.from(destination, 'hex');
    return `${first}.${second}.${third}.0/24`;
  }
  return undefined;
}
