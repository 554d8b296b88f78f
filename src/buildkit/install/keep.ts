import { chmod, lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as toolCache from '@actions/tool-cache';
import { toMessage } from '../../errors.ts';
import { type Installation, type InstallOptions, type LinkResult, warn } from './options.ts';
import type { ProductFacts } from './product.ts';

/**
 * Checks what was unpacked or built, and moves it to the tool cache for the next job where there is one. A string says why
 * it is of no use; it is gone then.
 *
 * @param isKept false: nothing vouches for it beyond this job
 */
export async function keep<Found>(
  { product, options }: Installation<Found>,
  directory: string,
  isKept = true,
): Promise<Found | string> {
  const { version, env, toolCacheDirectory } = options;
  const odd = await findOddity(directory);
  const found = odd ?? (await product.probe(path.join(directory, 'bin'), version, env));
  if (typeof found === 'string') await rm(directory, { recursive: true, force: true });
  if (typeof found === 'string' || toolCacheDirectory === undefined || !isKept) return found;
  try {
    const kept = await moveToToolCache(product, options, directory, toolCacheDirectory);
    const moved = await product.probe(path.join(kept, 'bin'), version, env);
    if (typeof moved === 'string') throw new Error(moved);
    return moved;
  } catch (error) {
    options.log(`${product.name} was not kept in the tool cache: ${toMessage(error)}`);
    return found;
  }
}

/** The directory that `toolCache.find` looks in, with its mark. A rename: the programs are large, and never half there. */
async function moveToToolCache(
  product: ProductFacts,
  { version, log }: InstallOptions,
  directory: string,
  toolCacheDirectory: string,
): Promise<string> {
  const name = toToolName(product);
  const target = path.join(toolCacheDirectory, name, version.slice(1), process.arch);
  const mark = `${target}.complete`;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await rm(mark, { force: true });
    await rm(target, { recursive: true, force: true });
    // It was made for this user alone; the tool cache is for all.
    await chmod(directory, 0o755);
    await rename(directory, target);
  } catch {
    // Another file system, or another job's directory in the way: the toolkit copies, or says what is wrong.
    const kept = await toolCache.cacheDir(directory, name, version.slice(1));
    await rm(directory, { recursive: true, force: true });
    return kept;
  }
  await writeFile(mark, '').catch((error: unknown) => {
    log(`${product.name} will not be found in the tool cache: ${toMessage(error)}`);
  });
  return target;
}

function toToolName({ id }: ProductFacts): string {
  return `hotlayer-${id}`;
}

export async function findInToolCache<Found>({
  product,
  options,
}: Installation<Found>): Promise<LinkResult<Found>> {
  const { version, toolCacheDirectory, env } = options;
  if (toolCacheDirectory === undefined) return 'the tool cache (RUNNER_TOOL_CACHE is not set)';
  const directory = toolCache.find(toToolName(product), version.slice(1));
  if (directory === '') return 'the tool cache (not there)';
  const odd = await findOddity(directory);
  const found = odd ?? (await product.probe(path.join(directory, 'bin'), version, env));
  if (typeof found !== 'string') return { ...found, source: 'tool-cache' };
  warn(
    options,
    `${product.name} in the tool cache (${directory}) is not used: ${found}. It will be replaced.`,
  );
  return `the tool cache (${found})`;
}

/** A release holds programs and nothing else: no links to other places, no programs that run as somebody else. */
async function findOddity(directory: string): Promise<string | undefined> {
  const bin = path.join(directory, 'bin');
  try {
    if (!(await lstat(bin)).isDirectory()) return `${bin} is not a directory`;
    for (const name of await readdir(bin)) {
      const file = path.join(bin, name);
      const found = await lstat(file);
      if (!found.isFile()) return `${file} is not a file`;
      if ((found.mode & 0o6000) !== 0) return `${file} would run as another user`;
    }
    return undefined;
  } catch (error) {
    return `${directory} cannot be read (${toMessage(error)})`;
  }
}
