import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { checkRefs } from '../embedded/repository-refs.ts';
import type { FaultRule } from '../embedded/simulator/fault.ts';
import { parseFaults } from '../embedded/simulator/fault-file.ts';
import { type EmbeddedServiceOptions, startEmbeddedService } from '../embedded/start.ts';
import { InputError, toMessage } from '../errors.ts';
import { toPrintable, toPrintableJson } from '../printable.ts';
import { type FlagSpec, parseFlags, readFlagText, readNumberFlag, renderFlags } from './flags.ts';

const bytesPerMegabyte = 1_000_000;

const flags: Readonly<Record<string, FlagSpec>> = {
  dir: { value: 'DIR', help: 'directory of the entries; made if need be, one process at a time' },
  port: { value: 'N', help: 'port on 127.0.0.1 (default: any free one)' },
  secret: {
    value: 'S',
    help: 'accept only tokens that `hotlayer token --secret S` signed (or HOTLAYER_SECRET)',
  },
  'max-size-mb': { value: 'N', help: 'remove the entries not used for longest beyond so many MB' },
  'latency-ms': { value: 'N', help: 'wait before every call' },
  'blob-latency-ms': { value: 'N', help: 'the same for blob URLs, in place of --latency-ms' },
  'stream-mbps': { value: 'N', help: 'megabytes a second on one connection, each way' },
  'total-mbps': { value: 'N', help: 'megabytes a second on all connections together, each way' },
  'creates-per-minute': { value: 'N', help: 'reservations a minute and repository, then 429' },
  'api-calls-per-hour': { value: 'N', help: "calls of GitHub's REST an hour and repository, then 403" },
  refs: {
    value: 'FILE',
    help: 'JSON file of branches, tags and pull requests for `hotlayer cleanup`, see docs/embedded-service.md',
  },
  faults: { value: 'FILE', help: 'JSON file of faults, see docs/embedded-service.md' },
  seed: { value: 'N', help: "seed of the faults' probabilities (default 1)" },
  help: { value: undefined, help: 'this text' },
};

/** `hotlayer serve`: serves a directory until SIGTERM or SIGINT, then prints statistics as one line of JSON. */
export async function runServe(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  write: (text: string) => void,
): Promise<number> {
  const values = parseFlags(argv, flags);
  if (values['help'] !== undefined) {
    write(
      `hotlayer serve --dir DIR [flags]: the cache service of GitHub Actions, v1, v2 and the REST of caches, from a directory\n\n${renderFlags(flags)}`,
    );
    return 0;
  }
  const options = {
    directory: readDirectory(readFlagText(values, 'dir')),
    port: readNumberFlag(values, 'port', { min: 0, max: 65_535 }) ?? 0,
    secret: readSecret(readFlagText(values, 'secret'), env['HOTLAYER_SECRET']),
    maxSizeBytes: toBytes(readNumberFlag(values, 'max-size-mb', { min: 1 })),
    latencyMs: readNumberFlag(values, 'latency-ms', { min: 0, isWhole: false }),
    blobLatencyMs: readNumberFlag(values, 'blob-latency-ms', { min: 0, isWhole: false }),
    streamBytesPerSecond: toBytes(readNumberFlag(values, 'stream-mbps', { min: 0.001, isWhole: false })),
    totalBytesPerSecond: toBytes(readNumberFlag(values, 'total-mbps', { min: 0.001, isWhole: false })),
    createsPerMinute: readNumberFlag(values, 'creates-per-minute', { min: 0 }),
    apiCallsPerHour: readNumberFlag(values, 'api-calls-per-hour', { min: 0 }),
    readRefs: await openRefs(readFlagText(values, 'refs')),
    faults: await readFaults(readFlagText(values, 'faults')),
    seed: readNumberFlag(values, 'seed', { min: 0 }),
    onError: (error) => process.stderr.write(toPrintable(`hotlayer serve: ${toMessage(error)}\n`)),
  } satisfies EmbeddedServiceOptions;

  // Listened for first: a signal that comes while the directory is read must not kill the process without a word.
  const signalled = waitForSignal();
  const service = await startEmbeddedService(options);
  write(`${toPrintableJson({ url: service.url })}\n`);
  await signalled;
  await service.close();
  write(`${toPrintableJson(service.statistics())}\n`);
  return 0;
}

function waitForSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

function readDirectory(text: string | undefined): string {
  if (text !== undefined && text.trim() !== '') return path.resolve(text);
  throw new InputError(
    'dir',
    '--dir is missing: name the directory that holds the entries (hotlayer serve --dir DIR).',
  );
}

/** The environment keeps a secret out of the argument list, which every user of the machine can read. */
function readSecret(flag: string | undefined, fromEnv: string | undefined): string | undefined {
  const secret = flag ?? (fromEnv === '' ? undefined : fromEnv);
  if (secret === '')
    throw new InputError('secret', '--secret is empty: give some text, or leave the flag out.');
  return secret;
}

function toBytes(megabytes: number | undefined): number | undefined {
  return megabytes === undefined ? undefined : megabytes * bytesPerMegabyte;
}

/** Looks at the file once, so that a fault in it is told at once; it may change later. */
async function openRefs(file: string | undefined): Promise<(() => Promise<unknown>) | undefined> {
  if (file === undefined) return undefined;
  const read = async (): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));
  try {
    checkRefs(await read());
  } catch (error) {
    throw new InputError('refs', `--refs ${file}: ${toMessage(error)}`, { cause: error });
  }
  return read;
}

async function readFaults(file: string | undefined): Promise<readonly FaultRule[]> {
  if (file === undefined) return [];
  try {
    return parseFaults(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new InputError('faults', `--faults ${file}: ${toMessage(error)}`, { cause: error });
  }
}
