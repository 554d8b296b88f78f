import { cp, link, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { lastLines, startProgram } from '../scripts/program.ts';
import { createDeferred } from '../src/async/deferred.ts';
import { isRecord, parseJson, readField, readNumber, readString } from '../src/json.ts';
import { toServeFlags } from './profiles.ts';
import type { Profile, Run } from './results.ts';

const cli = path.join(import.meta.dirname, '..', 'dist', 'cli', 'index.js');
const repository = 'o/r';

/** `hotlayer serve` on a directory. */
export interface BenchService {
  readonly url: string;
  /** A runtime token that reads and writes refs/heads/main. */
  readonly token: string;
  /** Ends it and answers its statistics. */
  stop(): Promise<ServiceFigures>;
}

export type ServiceFigures = Pick<
  Run,
  'totalCalls' | 'calls' | 'failedCalls' | 'bytesUp' | 'bytesDown' | 'storedEntries' | 'storedBytes'
>;

export async function startService(node: string, directory: string, profile: Profile): Promise<BenchService> {
  const announced = createDeferred<string>();
  const args = [cli, 'serve', '--dir', directory, ...toServeFlags(profile)];
  const { child, ended } = startProgram(node, args, {
    env: { PATH: process.env['PATH'] },
    onLine: announced.resolve,
  });
  const line = await Promise.race([announced.promise, ended.then(() => undefined)]);
  const stop = async (): Promise<ServiceFigures> => {
    child.kill('SIGTERM');
    const { exitCode, output } = await ended;
    if (exitCode !== 0) throw new Error(`hotlayer serve ended with ${exitCode}: ${lastLines(output)}`);
    return toServiceFigures(parseJson(lastLines(output, 1)));
  };
  const url = readString(parseJson(line ?? ''), 'url');
  if (url === undefined) {
    child.kill('SIGTERM');
    throw new Error(`hotlayer serve did not start: ${(await ended).output}`);
  }
  try {
    return { url, token: await mintToken(node), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function mintToken(node: string): Promise<string> {
  const args = [cli, 'token', '--scope', 'refs/heads/main:rw', '--repository', repository];
  const { exitCode, output } = await startProgram(node, args, { env: { PATH: process.env['PATH'] } }).ended;
  if (exitCode !== 0) throw new Error(`hotlayer token: ${output}`);
  return output.trim();
}

/** A copy of a service's directory. Blobs never change, so they are linked: no time, and nothing left for the disk to write. */
export async function copyServiceDirectory(from: string, to: string): Promise<void> {
  await cp(from, to, {
    recursive: true,
    filter: (source) => source !== path.join(from, 'blobs') && source !== path.join(from, 'lock'),
  });
  await mkdir(path.join(to, 'blobs'), { recursive: true });
  for (const name of await readdir(path.join(from, 'blobs')))
    await link(path.join(from, 'blobs', name), path.join(to, 'blobs', name));
}

/** Calls by kind, failed ones, and bytes each way, of the service's own statistics. Throws where they are not these. */
export function toServiceFigures(statistics: unknown): ServiceFigures {
  const read = (...keys: readonly string[]): number => {
    const number = readNumber(statistics, ...keys);
    if (number === undefined) throw new Error(`the statistics of hotlayer serve have no ${keys.join('.')}`);
    return number;
  };
  const calls = readField(statistics, 'calls');
  const kinds = isRecord(calls) ? Object.keys(calls).filter((kind) => read('calls', kind, 'count') > 0) : [];
  const sum = (field: string): number => kinds.reduce((total, kind) => total + read('calls', kind, field), 0);
  return {
    totalCalls: read('totalCalls'),
    calls: Object.fromEntries(kinds.map((kind) => [kind, read('calls', kind, 'count')])),
    failedCalls: sum('failed'),
    bytesUp: sum('bytesIn'),
    bytesDown: sum('bytesOut'),
    storedEntries: read('storage', 'entries'),
    storedBytes: read('storage', 'bytes'),
  };
}
