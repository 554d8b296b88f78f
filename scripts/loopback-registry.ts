import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChildEnvironment } from '../src/process/command.ts';
import { lastLines, startProgram } from './program.ts';

export interface LoopbackRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  stop(): Promise<void>;
}

export interface RegistryOptions {
  /** Holds the images; nobody may write there with `isReadOnly`. */
  readonly images: string;
  readonly isReadOnly: boolean;
  /** For its configuration. */
  readonly scratch: string;
  readonly env: ChildEnvironment;
}

/** Starts docker-registry on a directory of images, and answers once it serves them. */
export async function startLoopbackRegistry(options: RegistryOptions): Promise<LoopbackRegistry> {
  const { images, isReadOnly, scratch, env } = options;
  const host = `127.0.0.1:${await findFreePort()}`;
  const config = path.join(scratch, 'registry.yml');
  const maintenance = isReadOnly ? ', maintenance: {readonly: {enabled: true}}' : '';
  mkdirSync(scratch, { recursive: true });
  writeFileSync(
    config,
    `version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: "${images}"}${maintenance}}\nhttp: {addr: "${host}"}\n`,
  );
  const { child, ended } = startProgram('docker-registry', ['serve', config], { env });
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  while (!(await answers(host))) {
    if (hasEnded) throw new Error(`docker-registry did not start: ${lastLines((await ended).output, 1)}`);
    await delay(20);
  }
  return {
    host,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** What buildkitd.toml says where this registry stands for Docker Hub. */
export function renderMirror(host: string): string {
  return `[registry."docker.io"]\nmirrors = ["${host}"]\n[registry."${host}"]\nhttp = true\n`;
}

export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function answers(host: string): Promise<boolean> {
  try {
    return (await fetch(`http://${host}/v2/`)).ok;
  } catch {
    // Not listening yet.
    return false;
  }
}
