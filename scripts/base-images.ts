// The base images of examples/, which the tests serve in place of Docker Hub's: made once a machine, and kept.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { baseImages, planOrder } from './base-image-order.ts';
import { getBuildkit } from './buildkit-tool.ts';
import { decideLead } from './jest-program.ts';
import { lastLines, startProgram } from './program.ts';

/** A directory of images for docker-registry. Throws one sentence that says what is missing. */
export async function getBaseImages(directory: string, log: (line: string) => void): Promise<string> {
  const order = await planOrder();
  const makers = ['make-base-images.ts', 'base-images.dockerfile'].map((name) =>
    readFileSync(path.join(import.meta.dirname, name), 'utf8'),
  );
  const key = createHash('sha256')
    .update(JSON.stringify([makers, baseImages, order]))
    .digest('hex')
    .slice(0, 16);
  const images = path.join(directory, 'base-images', key);
  if (existsSync(images)) return images;
  log('Making the base images of examples/ (debootstrap, BuildKit) …');
  const started = performance.now();
  // In a file: the authorities alone are more than an argument may hold.
  const orderFile = `${images}.json`;
  mkdirSync(path.dirname(images), { recursive: true });
  writeFileSync(orderFile, JSON.stringify(order));
  const script = path.join(import.meta.dirname, 'make-base-images.ts');
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', script];
  // debootstrap and buildkitd need root.
  const [file = '', ...args] = [...decideLead(), 'env', `PATH=${process.env['PATH'] ?? ''}`, ...node];
  const { exitCode, output } = await startProgram(
    file,
    [...args, await getBuildkit(directory, log), images, orderFile],
    { env: process.env },
  ).ended;
  if (exitCode !== 0) throw new Error(`the base images of examples/: ${lastLines(output, 4)}`);
  log(`  base images in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return images;
}
