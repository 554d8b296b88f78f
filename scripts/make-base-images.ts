// Makes the base images of examples/ as root. Arguments: directory of BuildKit, directory for the images, the file of the order.
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { startDaemon } from '../src/buildkit/daemon/daemon.ts';
import type { DaemonRecord } from '../src/buildkit/daemon/record.ts';
import { stopDaemon } from '../src/buildkit/daemon/stop.ts';
import { toMessage } from '../src/errors.ts';
import { defaultBuildkitVersion } from '../src/inputs/single-values.ts';
import { type BaseImageOrder, baseImages, parseOrder } from './base-image-order.ts';
import { findProgram } from './find-program.ts';
import { startLoopbackRegistry } from './loopback-registry.ts';
import { findScratch } from './memory.ts';
import { lastLines, startProgram } from './program.ts';

/** What debian:bookworm-slim does not have either. */
const leftOut = ['dev/*', 'usr/share/doc/*', 'usr/share/man/*', 'usr/share/locale/*', 'usr/share/info/*'];
const caches = ['var/cache/apt/archives/*', 'var/lib/apt/lists/*', 'var/log/*'];

const [buildkit = '', images = '', orderFile = ''] = process.argv.slice(2);
const scratch = mkdtempSync(path.join(findScratch(), 'hotlayer-base-'));
const env = process.env;
try {
  const order = parseOrder(readFileSync(orderFile, 'utf8'));
  if (order === undefined) throw new Error('make-base-images.ts: the order is not what planOrder writes.');
  const context = path.join(scratch, 'context');
  mkdirSync(context);
  await writeContext(context, order);
  await build(context, order);
} catch (error) {
  console.error(toMessage(error));
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function writeContext(context: string, { mirror, node, texts }: BaseImageOrder): Promise<void> {
  const system = path.join(scratch, 'debian');
  await run('debootstrap', '--variant=minbase', 'bookworm', system, mirror);
  const excluded = [...leftOut, ...caches].map((name) => `--exclude=./${name}`);
  const archive = path.join(context, 'debian.tar');
  await run('tar', '--numeric-owner', ...excluded, '-C', system, '-cf', archive, '.');
  rmSync(system, { recursive: true });
  copyFileSync(node, path.join(context, 'node'));
  for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(context, name), text);
  copyFileSync(path.join(import.meta.dirname, 'base-images.dockerfile'), path.join(context, 'Dockerfile'));
}

async function build(context: string, { npm, go }: BaseImageOrder): Promise<void> {
  const made = path.join(scratch, 'images');
  const registry = await startLoopbackRegistry({ images: made, isReadOnly: false, scratch, env });
  let record: DaemonRecord | undefined;
  try {
    const { socket } = await startDaemon({
      ...{ jobDirectory: path.join(scratch, 'job'), configInline: undefined, privilege: 'root', env },
      binaries: {
        directory: buildkit,
        buildkitd: path.join(buildkit, 'buildkitd'),
        buildctl: path.join(buildkit, 'buildctl'),
        runc: (await findProgram('runc')) ?? 'runc',
        version: defaultBuildkitVersion,
      },
      owner: { uid: 0, gid: 0 },
      debug: false,
      onRecord: async (planned) => {
        record = planned;
      },
    });
    for (const [stage, name] of Object.entries(baseImages)) {
      const output = `type=image,name=${registry.host}/${name},push=true,registry.insecure=true`;
      await run(
        ...[path.join(buildkit, 'buildctl'), '--addr', `unix://${socket}`, 'build', '--progress=plain'],
        ...['--frontend', 'dockerfile.v0', '--opt', `target=${stage}`, '--output', output],
        ...['--local', `context=${context}`, '--local', `dockerfile=${context}`],
        ...['--opt', 'context:npm=local:npm', '--local', `npm=${npm}`],
        ...['--opt', 'context:go=local:go', '--local', `go=${go}`],
      );
    }
  } finally {
    if (record !== undefined) await stopDaemon(record, { env });
    await registry.stop();
  }
  mkdirSync(path.dirname(images), { recursive: true });
  // From another file system, and never half of it.
  const partial = `${images}.partial`;
  await run('cp', '-r', made, partial);
  renameSync(partial, images);
}

async function run(...[file = '', ...args]: readonly string[]): Promise<void> {
  const { exitCode, output } = await startProgram(file, args, { env }).ended;
  if (exitCode !== 0)
    throw new Error(`${path.basename(file)} ended with ${exitCode}: ${lastLines(output, 4)}`);
}
