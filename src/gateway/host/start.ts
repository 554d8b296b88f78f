import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { createDeferred } from '../../async/deferred.ts';
import { ToolError, toMessage } from '../../errors.ts';
import { parseJson, readString } from '../../json.ts';
import type { GatewayPlan } from '../access/plan.ts';
import type { GatewayProtocol } from '../access/protocols.ts';
import { deriveStubToken } from '../access/stub-token.ts';
import { type GatewayUpstream, renderStartMessage } from '../control/start-message.ts';
import { toGatewayEnvironment } from './process-environment.ts';

/** What the steps of a job keep of the gateway. Nothing in it is secret. */
export interface GatewayRecord {
  readonly url: string;
  readonly pid: number;
  /** With the runtime token it gives the stub: see `deriveStubToken`. */
  readonly nonce: string;
  /** The place of a cache that is not the runner's: see `toJobToken`. */
  readonly place?: string | undefined;
}

export interface StartGatewayOptions {
  /** Path of dist/gateway/index.js. */
  readonly entry: string;
  readonly nodePath: string;
  readonly jobDirectory: string;
  /** Relative to the job's directory or absolute; the log of the gateway, without secrets. */
  readonly logFile: string;
  readonly token: string;
  readonly upstream: GatewayUpstream;
  /** GitHub's run id and attempt. */
  readonly run: { readonly id: string; readonly attempt: string };
  readonly plan: GatewayPlan;
  /** What this step offers its BuildKit: nothing else is served. */
  readonly protocols: readonly GatewayProtocol[];
  /** The process with which the job ends; undefined: not watched. */
  readonly runnerPid: number | undefined;
  /** Of main; only a few variables of it are passed on. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** 1 s. */
  readonly pollMs?: number;
  /** Longer than any job: those of self-hosted runners may take five days. */
  readonly maxLifetimeMs?: number;
  /** 20 s. */
  readonly readyTimeoutMs?: number;
}

export type StartGatewayResult =
  | { readonly kind: 'started'; readonly record: GatewayRecord; readonly stub: string }
  /** Nobody could use the cache with that: build without cache, and say the reason. */
  | {
      readonly kind: 'refused';
      readonly code: 'token-opaque' | 'token-expired' | 'token-stub' | 'store-refused';
      readonly reason: string;
    };

/** A job ends with its runner or its directory; this is for what notices neither. */
const defaultLifetimeMs = (5 * 24 + 6) * 3_600_000;

/** Bytes pass through in buffers of V8's young generation: a small one keeps 4 GiB on the way within 200 MiB of memory. */
export const gatewayFlags: readonly string[] = ['--max-semi-space-size=1'];

/**
 * Starts the gateway as a process of its own that outlives main. The token goes over its standard input and nowhere
 * else. Throws ToolError `gateway-start`.
 */
export async function startGateway(options: StartGatewayOptions): Promise<StartGatewayResult> {
  const { jobDirectory, token, run, plan, protocols, upstream, runnerPid } = options;
  const nonce = randomBytes(16).toString('hex');
  const stub = deriveStubToken(token, nonce, Date.now());
  if (stub.kind === 'refused') return stub;

  await mkdir(jobDirectory, { recursive: true, mode: 0o700 });
  const logPath = path.resolve(jobDirectory, options.logFile);
  const log = await open(logPath, 'a', 0o600);
  try {
    const child = spawn(options.nodePath, [...gatewayFlags, options.entry], {
      // A group of its own, so that the signals by which a runner cancels main do not end the uploads.
      detached: true,
      cwd: jobDirectory,
      env: toGatewayEnvironment(options.env),
      stdio: ['pipe', 'pipe', log.fd],
    });
    const { stdin, stdout } = child;
    if (stdin === null || stdout === null) throw new Error('a child with piped streams has none');
    const started = createDeferred<never>();
    child.once('error', started.reject);
    child.once('exit', (code, signal) =>
      started.reject(new Error(`it ended with ${signal ?? `code ${code}`}`)),
    );
    // A gateway that ends at once breaks the pipe; its exit tells more than that.
    stdin.on('error', () => undefined);
    stdin.end(
      renderStartMessage({
        token,
        nonce,
        jobDirectory,
        upstream,
        run,
        plan,
        protocols,
        runnerPid,
        pollMs: options.pollMs ?? 1000,
        maxLifetimeMs: options.maxLifetimeMs ?? defaultLifetimeMs,
      }),
    );
    const ready = await settle(
      Promise.race([started.promise, readLine(stdout)]),
      options.readyTimeoutMs ?? 20_000,
    );
    stdout.destroy();
    child.unref();
    const refused = ready.kind === 'ok' ? readString(parseJson(ready.value), 'refused') : undefined;
    if (refused !== undefined) {
      child.kill('SIGKILL');
      return { kind: 'refused', code: 'store-refused', reason: `the bucket cannot be used: ${refused}` };
    }
    const url = ready.kind === 'ok' ? readString(parseJson(ready.value), 'url') : undefined;
    if (url === undefined || child.pid === undefined) {
      child.kill('SIGKILL');
      const why = ready.kind === 'ok' ? 'its first line is not the message that was expected' : ready.why;
      throw new ToolError(
        'gateway-start',
        `the gateway (${options.entry}) did not start: ${why}. Its log: ${logPath}`,
      );
    }
    return { kind: 'started', record: { url, pid: child.pid, nonce }, stub: stub.token };
  } finally {
    await log.close();
  }
}

async function readLine(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes('\n')) return text;
  }
  // The exit that follows says why.
  return await new Promise<never>(() => undefined);
}

type Settled<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'failed'; readonly why: string };

async function settle<T>(work: Promise<T>, timeoutMs: number): Promise<Settled<T>> {
  const late = createDeferred<Settled<T>>();
  const timer = setTimeout(
    () => late.resolve({ kind: 'failed', why: `no answer in ${timeoutMs / 1000} s` }),
    timeoutMs,
  );
  const done = work.then(
    (value): Settled<T> => ({ kind: 'ok', value }),
    (error): Settled<T> => ({ kind: 'failed', why: toMessage(error) }),
  );
  const settled = await Promise.race([done, late.promise]);
  clearTimeout(timer);
  return settled;
}
