import { writeSync } from 'node:fs';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { createDeferred } from './async/deferred.ts';
import { readProxies } from './cache-client/proxy.ts';
import { toMessage } from './errors.ts';
import { parseStartMessage } from './gateway/control/start-message.ts';
import { runGateway } from './gateway/host/run-gateway.ts';
import { toPrintable } from './printable.ts';
import { describeFullDisk } from './process/disk-space.ts';

const lastChanceMs = 3000;
const ended = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => ended.abort());
// Left alone, this signal opens node's inspector on loopback, and with it this process's memory to anyone there.
process.on('SIGUSR1', () => undefined);
// Main may be gone before it read that we are ready; that ends the job, and so us, in another way.
process.stdout.on('error', () => undefined);
// One line each, whatever words of the cache service are in it: post reads the last one.
const log = (text: string): void => {
  const line = toPrintable(text).replaceAll('\n', ' ');
  try {
    // Not by the stream: it is gone for good after its first error, and a disk that is full now has room later.
    writeSync(process.stderr.fd, `${new Date().toISOString()} ${line}\n`);
  } catch {
    // Nobody can be told; the uploads matter more than their log.
  }
};
// What a library writes there must not end this process either.
process.stderr.on('error', () => undefined);
// Nobody waited for it, so nobody depends on it.
process.on('unhandledRejection', (reason) => log(`internal error, left alone: ${toMessage(reason)}`));
// Nobody knows what is whole after that: the build goes on without a cache, and no half export is left.
const broken = createDeferred<string>();
process.on('uncaughtException', (error) => {
  log(`internal error, which ends the gateway: ${error.stack ?? toMessage(error)}`);
  broken.resolve('an internal error');
});

try {
  const message = parseStartMessage(await text(process.stdin));
  if (message === undefined)
    throw new Error('no start message on standard input: main starts this, nobody else');
  // What the AWS SDK reads. Set here it is in this process's memory, and not in what others see of its environment.
  if (message.upstream.protocol === 's3') Object.assign(process.env, message.upstream.environment);
  const run = runGateway(message, {
    proxies: readProxies(process.env),
    log,
    refused: (reason) => process.stdout.write(`${JSON.stringify({ refused: reason })}\n`),
    ready: (url) => process.stdout.write(`${JSON.stringify({ url })}\n`),
    signal: ended.signal,
    broken: broken.promise,
    describeFullDisk,
  });
  // In order, if that still works.
  void broken.promise.then(() => setTimeout(() => process.exit(1), lastChanceMs));
  if ((await run) !== undefined) process.exit(0);
  // Main reads why it was refused, and ends this process: an exit could overtake the line.
  setTimeout(() => process.exit(0), lastChanceMs);
} catch (error) {
  log(`gateway failed: ${toMessage(error)}`);
  process.exit(1);
}
