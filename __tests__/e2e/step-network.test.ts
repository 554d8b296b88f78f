import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { writeContext } from '../helpers/build-context.ts';
import { rights, TestCache } from '../helpers/cache.ts';
import { findLeftovers } from '../helpers/leftovers.ts';
import { buildkitDirectory, Job } from '../helpers/runner.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** What a step sees of the runner, a line each. It looks for the gateway's port, and for others beside it. */
function toProbe(port: number): string {
  const busybox = '/bin/busybox';
  const ask = (host: string, at: number) =>
    `(printf 'GET /v2/ HTTP/1.0\\r\\n\\r\\n'; sleep 1) | ${busybox} nc -w 3 ${host} ${at} 2>/dev/null | ${busybox} grep -q HTTP && echo "answers ${host}" || echo "silent ${host}"`;
  return [
    `echo "network $(${busybox} readlink /proc/self/ns/net)"`,
    // Sockets that listen on 127.0.0.1, as the kernel lists them for this network.
    `${busybox} grep -c '0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A' /proc/net/tcp | ${busybox} sed 's/^/listed /'`,
    ask('127.0.0.1', port),
    `open=0; for at in $(seq ${port - 20} ${port + 20}); do ${busybox} nc -w 1 127.0.0.1 $at < /dev/null > /dev/null 2>&1 && open=$((open+1)); done; echo "open $open"`,
    `router=$(${busybox} ip route | ${busybox} sed -n 's/^default via \\([0-9.]*\\).*/\\1/p'); echo "router $router"`,
    ask('$router', port),
  ].join('\n');
}

async function probe(network: 'host' | 'bridge') {
  const cache = await TestCache.start();
  cleanUps.push(() => cache.stop());
  const job = await Job.start({ env: await cache.env(rights.main) });
  cleanUps.push(() => job.remove());
  const inputs = {
    'step-network': network,
    'buildkit-path': buildkitDirectory(),
    outputs: 'type=local,dest=out',
  };
  await writeContext(job.workspace, { dockerfile: 'FROM scratch\nCOPY rootfs/ /\n' });
  const first = await job.runMain({ ...inputs, outputs: 'type=cacheonly' });
  expect({ log: first.log, exitCode: first.exitCode }).toEqual({ log: first.log, exitCode: 0 });
  const record = JSON.parse(await readFile(path.join(job.temp, 'hotlayer', 'job.json'), 'utf8'));
  const port = Number(new URL(record.gateway.url).port);
  await writeFile(path.join(job.workspace, 'probe.sh'), toProbe(port));
  await writeFile(
    path.join(job.workspace, 'Dockerfile'),
    'FROM scratch AS probe\nCOPY rootfs/ /\nCOPY probe.sh /\nRUN /bin/sh /probe.sh > /seen\nFROM scratch\nCOPY --from=probe /seen /\n',
  );
  const second = await job.runMain(inputs);
  expect({ log: second.log, exitCode: second.exitCode }).toEqual({ log: second.log, exitCode: 0 });
  const seen = await readFile(path.join(job.workspace, 'out', 'seen'), 'utf8');
  const bridges = (await readdir('/sys/class/net')).filter((name) => name.startsWith('hl'));
  await job.runPosts();
  expect(findLeftovers(job.directory)).toEqual([]);
  const left = (await readdir('/sys/class/net')).filter((name) => bridges.includes(name));
  return { seen, lines: seen.trim().split('\n'), bridges, left };
}

describe('step-network', () => {
  it('host: a step is in the network of the runner, and reaches the gateway', async () => {
    const { seen, lines, bridges } = await probe('host');
    expect(lines).toContain(`network ${readlinkSync('/proc/self/ns/net')}`);
    expect(lines).toContain('answers 127.0.0.1');
    expect(lines).toContain('listed 1');
    expect(Number(/^open (\d+)$/m.exec(seen)?.[1])).toBeGreaterThan(0);
    expect(bridges).toEqual([]);
  });

  it('bridge: a step has another network, where it finds neither the gateway nor a packet of it', async () => {
    const { lines, bridges, left } = await probe('bridge');
    // A packet socket sees the packets of its own network only (packet(7)): there is no stub to sniff here.
    expect(lines[0]).toMatch(/^network net:\[\d+\]$/);
    expect(lines[0]).not.toBe(`network ${readlinkSync('/proc/self/ns/net')}`);
    expect(lines).toContain('listed 0');
    expect(lines).toContain('silent 127.0.0.1');
    expect(lines).toContain('open 0');
    // The runner's end of the bridge is no way either.
    const router = lines.find((line) => line.startsWith('router '))?.slice('router '.length) ?? '';
    expect(router).toMatch(/^10\.\d+\.\d+\.1$/);
    expect(lines).toContain(`silent ${router}`);
    expect(bridges.length).toBeGreaterThan(0);
    expect(left).toEqual([]);
    // Neither do its routes and its firewall rules stay.
    expect(readFileSync('/proc/net/route', 'utf8')).not.toContain(bridges[0]);
    const rules = execFileSync('iptables-save', { encoding: 'utf8' });
    for (const mark of [...bridges, router.replace(/1$/, '')]) expect(rules).not.toContain(mark);
  });

  it('bridge: of a daemon that was killed nothing stays, whether the next step or post finds it', async () => {
    const job = await Job.start();
    cleanUps.push(() => job.remove());
    await writeContext(job.workspace, { dockerfile: 'FROM scratch\nCOPY rootfs/ /\nRUN true\n' });
    /** Runs a step and kills its daemon. Answers the marks of the bridge, and the names of the networks behind it. */
    const buildAndKill = async () => {
      const { log, exitCode } = await job.runMain({
        'step-network': 'bridge',
        'buildkit-path': buildkitDirectory(),
        outputs: 'type=cacheonly',
      });
      expect({ log, exitCode }).toEqual({ log, exitCode: 0 });
      const record = JSON.parse(await readFile(path.join(job.temp, 'hotlayer', 'job.json'), 'utf8'));
      const { bridgeName, bridgeSubnet } = record.spec.keys.worker.oci;
      expect(await readdir('/sys/class/net')).toContain(bridgeName);
      const marks: readonly string[] = [bridgeName, bridgeSubnet.replace(/0\/24$/, '')];
      const lines = readRules().filter((line) => marks.some((mark) => line.includes(mark)));
      process.kill(record.daemon.pid, 'SIGKILL');
      return { marks, networks: lines.flatMap((line) => /id: \\"(\w+)/.exec(line)?.[1] ?? []) };
    };
    const listMarks = async (marks: readonly string[]) => {
      const notes = await readdir('/var/lib/cni/networks/buildkit').catch(() => []);
      const text = [...readRules(), ...notes].join('\n');
      return marks.filter((mark) => text.includes(mark));
    };
    const first = await buildAndKill();
    expect(first.networks.length).toBeGreaterThan(0);
    expect(await listMarks(first.networks)).toEqual(first.networks);
    const second = await buildAndKill();
    expect(await listMarks(first.networks)).toEqual([]);
    expect(await listMarks(second.marks)).toEqual(second.marks);
    await job.runPosts();
    expect(await readdir('/sys/class/net')).not.toContain(second.marks[0]);
    expect(await listMarks([...first.marks, ...second.marks])).toEqual([]);
    expect(findLeftovers(job.directory)).toEqual([]);
  });
});

function readRules(): readonly string[] {
  return execFileSync('iptables-save', { encoding: 'utf8' }).split('\n');
}
