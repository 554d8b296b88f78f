import process from 'node:process';
import { text } from 'node:stream/consumers';
import { readProxies } from './cache-client/proxy.ts';
import { toMessage } from './errors.ts';
import { runGateway } from './gateway/run-gateway.ts';
import { parseStartMessage } from './gateway/start-message.ts';
import { toPrintable } from './printable.ts';

const ended = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => ended.abort());
// Left alone, this signal opens node's inspector on loopback, and with it this process's memory to anyone there.
process.on('SIGUSR1', () => undefined);
// Main may be gone before it read that we are ready; that ends the job, and so us, in another way.
process.stdout.on('error', () => undefined);
// One line each, whatever words of the cache service are in it: post reads the last one.
const log = (text: string) =>
  process.stderr.write(`${new Date().toISOString()} ${toPrintable(text).replaceAll('\n', ' ')}\n`);

try {
  const message = parseStartMessage(await text(process.stdin));
  if (message === undefined)
    throw new Error('no start message on standard input: main starts this, nobody else');
  await runGateway(message, {
    proxies: readProxies(process.env),
    log,
    ready: (url) => process.stdout.write(`${JSON.stringify({ url })}\n`),
    signal: ended.signal,
  });
  process.exit(0);
} catch (error) {
  log(`gateway failed: ${toMessage(error)}`);
  process.exit(1);
}
