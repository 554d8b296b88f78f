import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { hasErrorCode, toMessage } from '../../errors.ts';
import { type ChildEnvironment, runCommand } from '../../process/command.ts';
import type { Packaging, ProductFacts } from './product.ts';

/** An archive that has come: `directory` is for the caller, who may use it once `sha256` is the right one. */
export interface Received {
  readonly directory: string;
  readonly sha256: string;
  /** Why it could not be unpacked, whatever its bytes are; undefined: its programs lie in `bin/` of the directory. */
  readonly fault: string | undefined;
}

export interface Receiving {
  readonly product: Pick<ProductFacts, 'id'>;
  readonly packaging: Packaging;
  /** Below it the directory is made. */
  readonly parent: string;
  /** Where the bytes are kept as they came; undefined: nowhere. */
  readonly copy: string | undefined;
  readonly env: ChildEnvironment;
  readonly signal?: AbortSignal | undefined;
  /** The line is free: all bytes are here, and some of them are still being unpacked. */
  readonly onLastByte?: () => void;
}

/** zlib's own 16 KiB are a round trip to another thread each: with these an archive takes half the processor. */
const gunzipOptions = { chunkSize: 256 * 1024 };

/**
 * Takes an archive's bytes as they come: each is hashed and unpacked while the next one is on its way. Throws when the
 * source breaks off, and leaves nothing then.
 */
export async function receiveArchive(source: Readable, receiving: Receiving): Promise<Received> {
  const { product, packaging, parent, copy, env, signal, onLastByte } = receiving;
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(path.join(parent, `hotlayer-${product.id}-`));
  const kept = copy === undefined ? undefined : await open(copy, 'w', 0o600);
  const unpacking = startUnpacking(packaging, directory, product.id, env);
  try {
    const hash = createHash('sha256');
    for await (const chunk of source) {
      signal?.throwIfAborted();
      hash.update(chunk);
      await Promise.all([kept?.appendFile(chunk), unpacking.write(chunk)]);
    }
    onLastByte?.();
    const fault = await unpacking.end();
    return { directory, sha256: hash.digest('hex'), fault };
  } catch (error) {
    await unpacking.abandon();
    await rm(directory, { recursive: true, force: true });
    throw error;
  } finally {
    await kept?.close();
  }
}

interface Unpacking {
  /** Does not fail: the bytes after a fault must be hashed all the same. */
  readonly write: (chunk: Buffer) => Promise<void>;
  /** Answers what went wrong. */
  readonly end: () => Promise<string | undefined>;
  readonly abandon: () => Promise<void>;
}

function startUnpacking(
  packaging: Packaging,
  directory: string,
  program: string,
  env: ChildEnvironment,
): Unpacking {
  const input = new PassThrough({ highWaterMark: 1024 * 1024 });
  let hasEnded = false;
  const ended = unpack(input, packaging, directory, program, env).then(
    () => undefined,
    (error: unknown) => toMessage(error),
  );
  void ended.then(() => {
    hasEnded = true;
  });
  // It is told by `ended`.
  input.on('error', () => undefined);
  return {
    write: async (chunk) => {
      if (hasEnded || input.destroyed || input.write(chunk)) return;
      const drained = once(input, 'drain').catch(() => undefined);
      await Promise.race([drained, ended]);
    },
    end: () => {
      input.end();
      return ended;
    },
    abandon: async () => {
      input.destroy(new Error('the source broke off'));
      await ended;
    },
  };
}

async function unpack(
  input: Readable,
  packaging: Packaging,
  directory: string,
  program: string,
  env: ChildEnvironment,
): Promise<void> {
  switch (packaging) {
    case 'program': {
      const file = path.join(directory, 'bin', program);
      await mkdir(path.dirname(file));
      await pipeline(input, createWriteStream(file));
      await chmod(file, 0o755);
      return;
    }
    case 'tar.gz':
      return untar(directory, env, (stdin) => pipeline(input, createGunzip(gunzipOptions), stdin));
    case 'tar':
      return untar(directory, env, (stdin) => pipeline(input, stdin));
    default:
      return packaging satisfies never;
  }
}

/** tar with what is written to its standard input. Its own words go before a broken pipe. */
async function untar(
  directory: string,
  env: ChildEnvironment,
  feed: (stdin: Writable) => Promise<void>,
): Promise<void> {
  let broken: unknown;
  const { exitCode, outcome } = await runCommand(
    'tar',
    ['-x', '-f', '-', '-C', directory, '--no-same-owner'],
    {
      env,
      feed: async (stdin) => {
        try {
          await feed(stdin);
        } catch (error) {
          broken = error;
          throw error;
        }
      },
    },
  );
  if (broken !== undefined && !pipeCodes.some((code) => hasErrorCode(broken, code))) throw broken;
  if (exitCode !== 0) throw new Error(`tar, which must be on PATH, ${outcome}`);
}

/** tar went away first: it failed, or it had seen the end of the archive, after which only padding comes. */
const pipeCodes = ['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED'] as const;
