// How long a runner that has nothing takes until daemon and client are ready, with all bytes from a release host on loopback
// whose line has a limit: `sudo env "PATH=$PATH" node scripts/run.mjs cold-runner [--rate MB/s] [--runs N]`.
// The release archive has the layout of the real one; CNI plug-ins and emulators in it are stand-ins of about their size.
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { startDaemon } from '../src/buildkit/daemon/daemon.ts';
import type { DaemonRecord } from '../src/buildkit/daemon/record.ts';
import { stopDaemon } from '../src/buildkit/daemon/stop.ts';
import { installTools } from '../src/buildkit/install/install.ts';
import { toReleasePlatform } from '../src/buildkit/install/version.ts';
import { defaultBuildkitVersion, defaultBuildxVersion } from '../src/inputs/single-values.ts';
import { ensureTools } from './tools.ts';

const versions = { buildkit: defaultBuildkitVersion, buildx: defaultBuildxVersion };
const platform = toReleasePlatform(process.arch);
const [mode = '', ...rest] = process.argv.slice(2);

if (mode === 'serve') serve(rest);
else if (mode === 'once') await measureOnce(rest);
else await measure(process.argv.slice(2));

async function measure(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { rate: { type: 'string', default: '84' }, runs: { type: 'string', default: '5' } },
  });
  const tools = await ensureTools(['buildkit', 'buildx', 'runc']);
  const scratch = mkdtempSync(path.join(tmpdir(), 'hotlayer-cold-'));
  const children: ChildProcess[] = [];
  try {
    writeRelease(scratch, tools.buildkit, tools.buildx, tools.runc);
    const server = fork(import.meta.filename, ['serve', scratch, values.rate]);
    children.push(server);
    const [origin] = await once(server, 'message');
    console.log(`line of ${values.rate} MB/s, seconds from the first line`);
    for (let count = 1; count <= Number(values.runs); count++) {
      const run = fork(import.meta.filename, ['once', scratch, String(origin)], {
        // The toolkit tells there what it looks for.
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      children.push(run);
      const [answer] = await once(run, 'message');
      await once(run, 'exit');
      console.log(String(answer));
    }
    server.send('bytes');
    const [bytes] = await once(server, 'message');
    console.log(`${(Number(bytes) / Number(values.runs) / 1e6).toFixed(1)} MB a run`);
  } finally {
    for (const child of children) child.kill();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** One runner: nothing on its PATH, an empty tool cache, no Actions cache. */
async function measureOnce([scratch = '', origin = '']: string[]): Promise<void> {
  const directory = mkdtempSync(path.join(scratch, 'runner-'));
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: directory };
  const toolCacheDirectory = path.join(directory, 'tools');
  process.env['RUNNER_TOOL_CACHE'] = toolCacheDirectory;
  process.env['RUNNER_TEMP'] = directory;
  const started = performance.now();
  const marks: string[] = [];
  const mark = (what: string): void => {
    marks.push(`${what} ${((performance.now() - started) / 1000).toFixed(2)}`);
  };
  const request = { exact: false, path: undefined, sha256: undefined };
  const installing = installTools(
    {
      buildkit: { ...request, version: versions.buildkit },
      buildx: { ...request, version: versions.buildx },
    },
    {
      ...{ githubToken: undefined, tempDirectory: directory, toolCacheDirectory, cache: 'none', env },
      hosts: { apiUrl: `${origin}/api`, downloadUrl: origin },
      log: () => undefined,
    },
  );
  const client = installing.buildx.then(() => mark('client'));
  const binaries = await installing.buildkit;
  mark('daemon installed');
  let record: DaemonRecord | undefined;
  try {
    await startDaemon({
      ...{
        jobDirectory: path.join(directory, 'job'),
        binaries,
        privilege: 'root',
        env,
      },
      owner: { uid: 0, gid: 0 },
      debug: false,
      onRecord: async (planned) => {
        record = planned;
      },
    });
    mark('daemon ready');
    await client;
    mark('both');
  } finally {
    if (record !== undefined) await stopDaemon(record, { env });
  }
  process.send?.(marks.join(', '));
  process.disconnect();
}

function writeRelease(scratch: string, buildkit: string, buildx: string, runc: string): void {
  const bin = path.join(scratch, 'release', 'bin');
  mkdirSync(bin, { recursive: true });
  for (const name of ['buildkitd', 'buildctl']) copyFileSync(path.join(buildkit, name), path.join(bin, name));
  copyFileSync(runc, path.join(bin, 'buildkit-runc'));
  const code = readFileSync(path.join(buildkit, 'buildkitd'));
  const fill = (name: string, bytes: number, index: number): void => {
    writeFileSync(path.join(bin, name), code.subarray(index * 5e6, index * 5e6 + bytes));
  };
  for (const [index, name] of ['bridge', 'firewall', 'host-local', 'loopback'].entries())
    fill(`buildkit-cni-${name}`, 4.2e6, index);
  for (const [index, name] of ['aarch64', 'arm', 'i386', 'ppc64le', 'riscv64', 's390x'].entries())
    fill(`buildkit-qemu-${name}`, 5.5e6, index + 4);
  execFileSync('chmod', ['-R', '755', bin]);
  const archive = path.join(scratch, `buildkit-${versions.buildkit}.${platform}.tar.gz`);
  execFileSync('tar', ['-czf', archive, '--sort=name', '-C', path.dirname(bin), 'bin']);
  const client = path.join(scratch, `buildx-${versions.buildx}.${platform}`);
  copyFileSync(buildx, client);
  chmodSync(client, 0o644);
}

/** GitHub's API and its files; all connections share one line. */
function serve([scratch = '', rate = '']: string[]): void {
  const bytesPerMs = Number(rate) * 1000;
  const files = [
    ['moby/buildkit', versions.buildkit, `buildkit-${versions.buildkit}.${platform}.tar.gz`],
    ['docker/buildx', versions.buildx, `buildx-${versions.buildx}.${platform}`],
  ].map(([repository = '', version = '', name = '']) => {
    const body = readFileSync(path.join(scratch, name));
    return { repository, version, name, body, sha256: createHash('sha256').update(body).digest('hex') };
  });
  const open = new Map<ServerResponse, Buffer>();
  let sent = 0;
  let before = performance.now();
  setInterval(() => {
    const now = performance.now();
    // A line that nobody uses saves nothing up.
    const budget = Math.min(now - before, 20) * bytesPerMs;
    before = now;
    const ready = [...open].filter(([response]) => !response.writableNeedDrain);
    for (const [response, left] of ready) {
      const part = left.subarray(0, Math.ceil(budget / ready.length));
      sent += part.length;
      response.write(part);
      open.set(response, left.subarray(part.length));
      if (part.length < left.length) continue;
      open.delete(response);
      response.end();
    }
  }, 2);
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const file = files.find(({ repository }) => url.includes(repository));
    if (file === undefined) response.writeHead(404).end();
    else if (url.startsWith('/api/')) {
      const { port } = toAddress(server.address());
      const place = `http://127.0.0.1:${port}/${file.repository}/releases/download/${file.version}/${file.name}`;
      const asset = { name: file.name, browser_download_url: place, digest: `sha256:${file.sha256}` };
      response.end(JSON.stringify({ assets: [asset] }));
    } else {
      response.writeHead(200, { 'Content-Length': file.body.length });
      response.once('close', () => open.delete(response));
      open.set(response, file.body);
    }
  });
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${toAddress(server.address()).port}`));
  process.on('message', () => process.send?.(sent));
  process.once('disconnect', () => process.exit());
}

function toAddress(address: ReturnType<ReturnType<typeof createServer>['address']>): { port: number } {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address;
}
