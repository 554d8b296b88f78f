import { once } from 'node:events';
import http from 'node:http';
import { afterEach, expect, it } from '@jest/globals';
import { whileBytesFlow } from '../../../../src/buildkit/install/socket-flow.ts';
import { MuteListener } from '../../../helpers/away.ts';

const limits = { windowMs: 200, leastBytes: 1000, blindMs: 600 };
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The whole answer of another library's request. */
async function fetchLength(url: string): Promise<number> {
  const request = http.get(url, { agent: false });
  const [response]: http.IncomingMessage[] = await once(request, 'response');
  let length = 0;
  for await (const chunk of response ?? []) length += chunk.length;
  return length;
}

async function startListener(act?: Parameters<typeof MuteListener.start>[0]): Promise<string> {
  const listener = await MuteListener.start(act);
  closing.push(() => listener.stop());
  return listener.url;
}

/** Sends so many bytes every 50 ms, so many times. */
const dripping = (bytes: number, times: number) =>
  startListener((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes * times}\r\n\r\n`);
    let sent = 0;
    const timer = setInterval(() => {
      socket.write(Buffer.alloc(bytes));
      sent += 1;
      if (sent === times) clearInterval(timer);
    }, 50);
    socket.once('close', () => clearInterval(timer));
  });

it('a download that goes on is not cut, however long it takes', async () => {
  const url = await dripping(2000, 30);
  expect(await whileBytesFlow(() => fetchLength(url), limits)).toBe(60_000);
});

it.each([
  ['no answer', () => startListener()],
  ['a drip', () => dripping(1, 1000)],
])('%s is left to itself', async (_name, toUrl) => {
  const url = await toUrl();
  await expect(whileBytesFlow(() => fetchLength(url), limits)).rejects.toMatchObject({ code: 'stalled' });
});

it('work of which nothing can be seen gets longer, and an end', async () => {
  const never = () => new Promise<void>(() => undefined);
  await expect(whileBytesFlow(never, limits)).rejects.toMatchObject({ code: 'stalled' });
});

it('what the work throws is thrown', async () => {
  const failing = async () => Promise.reject(new Error('denied'));
  await expect(whileBytesFlow(failing, limits)).rejects.toThrow('denied');
});
