import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The static busybox that stands for a base image: nothing can be pulled where the tests run. */
export function findBusybox(): string {
  return (
    process.env['HOTLAYER_BUSYBOX'] ??
    execFileSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).trim()
  );
}

export interface ContextFiles {
  readonly dockerfile: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** Writes a build context with `rootfs/` (busybox and sh), a Dockerfile and more files. */
export async function writeContext(
  directory: string,
  { dockerfile, files = {} }: ContextFiles,
): Promise<void> {
  const bin = path.join(directory, 'rootfs', 'bin');
  await rm(bin, { recursive: true, force: true });
  await mkdir(bin, { recursive: true });
  await mkdir(path.join(directory, 'rootfs', 'tmp'), { recursive: true });
  await copyFile(findBusybox(), path.join(bin, 'busybox'));
  await chmod(path.join(bin, 'busybox'), 0o755);
  for (const applet of [
    'sh',
    'sleep',
    'cat',
    'dd',
    'echo',
    'wget',
    'seq',
    'mkdir',
    'false',
    'true',
    'env',
    'date',
    'ls',
  ]) {
    await symlink('busybox', path.join(bin, applet));
  }
  await writeFile(path.join(directory, 'Dockerfile'), dockerfile);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(directory, name)), { recursive: true });
    await writeFile(path.join(directory, name), text);
  }
}

/** A small build of five steps; `salt` makes it another build. */
export function toDockerfile(salt: string): string {
  return `FROM scratch AS base
COPY rootfs/ /
RUN echo ${salt} > /one
RUN dd if=/dev/urandom of=/two bs=1024 count=300
FROM base
RUN cat /one /two > /three
COPY message /message
`;
}
