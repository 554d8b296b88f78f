import { once } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { checkReach } from '../../../src/step/endpoint-reach.ts';
import { findFreePort } from '../../helpers/registry.ts';

const patience = { refusedMs: 600, answerMs: 300 };
const servers: { close(): unknown }[] = [];

async function listen(server: net.Server, port = 0): Promise<string> {
  servers.push(server);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server on TCP has a port');
  return `tcp://127.0.0.1:${address.port}`;
}

const check = (address: string, signal?: AbortSignal) =>
  checkReach({ kind: 'tcp', address, host: '127.0.0.1' }, {}, signal, patience);

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

describe('a daemon by tcp://', () => {
  it('that answers is reached', async () => {
    await check(await listen(http2.createServer()));
  });

  it('that listens a little later is reached', async () => {
    const port = await findFreePort();
    const checked = check(`tcp://127.0.0.1:${port}`);
    await listen(http2.createServer(), port);
    await checked;
  });

  it('where nobody listens is told with the reason', async () => {
    const address = `tcp://127.0.0.1:${await findFreePort()}`;
    await expect(check(address)).rejects.toThrow(`No BuildKit answers at ${address} (connect ECONNREFUSED`);
  });

  it.each([
    ['says nothing', () => undefined, 'it did not say a word in 0.3 s; a daemon with TLS wants'],
    ['speaks otherwise', (socket: net.Socket) => void socket.end('220 mail\r\n'), 'a daemon with TLS wants'],
    ['hangs up', (socket: net.Socket) => void socket.destroy(), 'a daemon with TLS wants'],
  ])('that %s is told of', async (_what, onConnection, reason) => {
    const server = net.createServer((socket) => {
      servers.push({ close: () => socket.destroy() });
      onConnection(socket);
    });
    await expect(check(await listen(server))).rejects.toThrow(reason);
  });

  it('is not waited for by a step that is cancelled', async () => {
    const address = await listen(
      net.createServer((socket) => void servers.push({ close: () => socket.destroy() })),
    );
    await expect(check(address, AbortSignal.timeout(50))).rejects.toThrow(/abort|timeout/i);
  });
});

describe('a daemon by ssh://', () => {
  it('where nobody listens is told with what ssh said', async () => {
    const address = `ssh://127.0.0.1:${await findFreePort()}`;
    const checked = checkReach(
      { kind: 'ssh', address, host: '127.0.0.1' },
      { PATH: process.env['PATH'] },
      undefined,
      patience,
    );
    await expect(checked).rejects.toThrow(/^No BuildKit answers at ssh:\S+ \(ssh: .*Connection refused\)/);
  });
});
