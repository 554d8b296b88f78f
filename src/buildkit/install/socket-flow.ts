import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ToolError } from '../../errors.ts';

export interface FlowLimits {
  /** So often it is looked; without `leastBytes` since the last look the work is left. */
  readonly windowMs: number;
  readonly leastBytes: number;
  /** For work of which nothing can be seen. */
  readonly blindMs: number;
}

/** A library that retries for minutes, waiting between its tries for up to 10 s, moves next to nothing meanwhile. */
const defaultLimits: FlowLimits = { windowMs: 10_000, leastBytes: 64 * 1024, blindMs: 60_000 };

/**
 * The result of work on the network that another library does, as long as bytes flow on the connections that it opens;
 * a transfer that goes on is not cut. Throws ToolError `stalled` otherwise: the work is left to itself then.
 */
export async function whileBytesFlow<T>(
  work: () => Promise<T>,
  limits: FlowLimits = defaultLimits,
): Promise<T> {
  const sockets = new Set<Socket>();
  const onSocket = (message: unknown) => {
    const socket = typeof message === 'object' && message !== null && 'socket' in message && message.socket;
    if (socket instanceof Socket) sockets.add(socket);
  };
  const countBytes = () => {
    let sum = 0;
    for (const { bytesRead, bytesWritten } of sockets) sum += bytesRead + (bytesWritten ?? 0);
    return sum;
  };
  const ended = new AbortController();
  const watch = async (): Promise<never> => {
    const { windowMs, leastBytes, blindMs } = limits;
    let waitedMs = 0;
    for (let before = 0; ; before = countBytes()) {
      await delay(windowMs, undefined, { signal: ended.signal });
      waitedMs += windowMs;
      const moved = countBytes() - before;
      // Node 20 does not tell of connections with TLS.
      const isBlind = sockets.size === 0 && waitedMs < blindMs;
      if (moved >= leastBytes || isBlind) continue;
      throw new ToolError('stalled', `only ${moved} bytes in ${windowMs / 1000} s`);
    }
  };
  subscribe('net.client.socket', onSocket);
  try {
    const running = work();
    // Left to itself, it may fail later.
    running.catch(() => undefined);
    return await Promise.race([running, watch()]);
  } finally {
    ended.abort();
    unsubscribe('net.client.socket', onSocket);
  }
}
