import { mkdir } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { startProgram } from '../scripts/program.ts';
import { createPacer, type Pacer } from '../src/embedded/simulator/pacer.ts';
import { shapeStream } from '../src/embedded/simulator/shaped-stream.ts';

/** What lies between a client and the store; megabytes are 1,000,000 bytes. */
export interface S3Profile {
  readonly latencyMs: number;
  readonly streamMbps: number;
  readonly totalMbps: number;
}

/** A bucket in the same region, from a machine of some size. */
export const s3Profile: S3Profile = { latencyMs: 30, streamMbps: 90, totalMbps: 400 };

export interface BenchS3 {
  /** With the line of the profile before it. */
  readonly url: string;
  readonly user: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** So far. */
  readonly calls: () => number;
  stop(): Promise<void>;
}

/** An S3 server (versitygw) on a directory with one bucket, behind a line of that profile. */
export async function startS3(program: string, directory: string, profile: S3Profile): Promise<BenchS3> {
  await mkdir(path.join(directory, 'data', 'caches'), { recursive: true });
  await mkdir(path.join(directory, 'sidecar'));
  const user = { accessKeyId: 'BENCHKEY', secretAccessKey: 'bench-secret' };
  const port = await findFreePort();
  const { child, ended } = startProgram(
    program,
    [
      ...['--port', `127.0.0.1:${port}`, '--region', 'us-east-1', '--quiet', '--keep-alive'],
      ...['posix', '--sidecar', path.join(directory, 'sidecar'), path.join(directory, 'data')],
    ],
    {
      env: {
        PATH: process.env['PATH'],
        ROOT_ACCESS_KEY_ID: user.accessKeyId,
        ROOT_SECRET_ACCESS_KEY: user.secretAccessKey,
      },
    },
  );
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`versitygw did not start: ${(await ended).output}`);
    await delay(20);
  }
  const line = await startLine(port, profile);
  return {
    ...{ url: line.url, user, calls: line.calls },
    stop: async () => {
      await line.stop();
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function startLine(port: number, profile: S3Profile) {
  let calls = 0;
  const agent = new http.Agent({ keepAlive: true });
  const toLine = createLines(profile);
  const server = http.createServer((request, response) => {
    calls += 1;
    const { up, down } = toLine(request.socket);
    const shape = { breakAfterBytes: undefined, manner: 'reset', corruptAtByte: undefined } as const;
    const onBytes = () => undefined;
    request.on('error', () => undefined);
    setTimeout(() => {
      const { method, headers, url = '/' } = request;
      const upstream = http.request(
        { host: '127.0.0.1', port, path: url, method, headers, agent },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          shapeStream(answer, { ...shape, pacers: down, onBytes }).pipe(response);
        },
      );
      upstream.on('error', () => request.socket.destroy());
      shapeStream(request, { ...shape, pacers: up, onBytes }).pipe(upstream);
    }, profile.latencyMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${toPort(server.address())}`,
    calls: () => calls,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

/** Speeds are kept for each connection as long as it lives, and for all of them together. */
function createLines({ streamMbps, totalMbps }: S3Profile) {
  const total = { up: createPacer(totalMbps * 1e6), down: createPacer(totalMbps * 1e6) };
  const known = new WeakMap<object, { readonly up: readonly Pacer[]; readonly down: readonly Pacer[] }>();
  return (connection: object) => {
    const line = known.get(connection) ?? {
      up: [total.up, createPacer(streamMbps * 1e6)],
      down: [total.down, createPacer(streamMbps * 1e6)],
    };
    known.set(connection, line);
    return line;
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, agent: false }, (response) => {
      response.resume();
      resolve(true);
    });
    request.once('error', () => resolve(false));
  });
}

async function findFreePort(): Promise<number> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = toPort(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function toPort(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
