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
  installation: Installation<Found>,
  directory: string,
  isKept = true,
): Promise<Found | string> {
  const { product, options } = installation;
  const { version, env } = options;
  const toolCacheDirectory = isKept ? options.toolCacheDirectory : undefined;
  const odd = await findOddity(directory);
  const target =
    odd === undefined && toolCacheDirectory !== undefined
      ? await moveToToolCache(product, options, directory, toolCacheDirectory)
      : undefined;
  const place = target ?? directory;
  // Where it will stay: these programs are large, and take their time to say what they are.
  const found = odd ?? (await product.probe(path.join(place, 'bin'), version, env));
  if (typeof found === 'string') {
    await rm(place, { recursive: true, force: true });
    return found;
  }
  if (target !== undefined) await markComplete(product, options, target);
  if (target !== undefined || toolCacheDirectory === undefined) return found;
  return copyToToolCache(installation, directory, found);
}

/**
 * To the directory that `toolCache.find` looks in, without its mark. A rename: the programs are large, and never half there.
 * undefined: it cannot be renamed there.
 */
async function moveToToolCache(
  product: ProductFacts,
  { version }: InstallOptions,
  directory: string,
  toolCacheDirectory: string,
): Promise<string | undefined> {
  const target = path.join(toolCacheDirectory, toToolName(product), version.slice(1), process.arch);
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await rm(toMark(target), { force: true });
    await rm(target, { recursive: true, force: true });
    // It was made for this user alone; the tool cache is for all.
    await chmod(directory, 0o755);
    await rename(directory, target);
    return target;
  } catch {
    // Another file system, or another job's directory in the way: the toolkit copies, or says what is wrong.
    return undefined;
  }
}

async function markComplete(product: ProductFacts, { log }: InstallOptions, target: string): Promise<void> {
  await writeFile(toMark(target), '').catch((error: unknown) => {
    log(`${product.name} will not be found in the tool cache: ${toMessage(error)}`);
  });
}

function toMark(target: string): string {
  return `${target}.complete`;
}

/** Answers what is there, or what was found in `directory` where it cannot be kept. */
async function copyToToolCache<Found>(
  { product, options }: Installation<Found>,
  directory: string,
  found: Found,
): Promise<Found> {
  const { version, env, log } = options;
  try {
    const kept = await toolCache.cacheDir(directory, toToolName(product), version.slice(1));
    const copied = await product.probe(path.join(kept, 'bin'), version, env);
    if (typeof copied === 'string') throw new Error(copied);
    await rm(directory, { recursive: true, force: true });
    return copied;
  } catch (error) {
    log(`${product.name} was not kept in the tool cache: ${toMessage(error)}`);
    return found;
  }
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
