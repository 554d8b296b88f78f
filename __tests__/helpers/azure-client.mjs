// The real @azure/storage-blob on signed URLs: `blocks URL SIZE`, `stream URL SIZE`, `append URL SIZE` upload, `read URL`
// reads in parallel ranges. Prints size and sha256 as one line of JSON.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { AnonymousCredential, AppendBlobClient, BlockBlobClient } from '@azure/storage-blob';

const [call, url = '', size] = process.argv.slice(2);
const bytes = Buffer.alloc(Number(size ?? 0));
for (let at = 0; at < bytes.length; at += 1) bytes[at] = (at * 31 + (at >> 8) * 7) & 0xff;
/** @param {Buffer} data */
const toResult = (data) => ({ size: data.length, sha256: createHash('sha256').update(data).digest('hex') });

switch (call) {
  case 'blocks':
    await new BlockBlobClient(url).uploadData(bytes, {
      blockSize: 1024 * 1024,
      concurrency: 8,
      maxSingleShotSize: 1024,
    });
    break;
  case 'stream':
    await new BlockBlobClient(url).uploadStream(Readable.from([bytes]), 512 * 1024, 4);
    break;
  case 'append': {
    const client = new AppendBlobClient(url, new AnonymousCredential());
    await client.create();
    for (let at = 0; at < bytes.length; at += 1024 * 1024) {
      const part = bytes.subarray(at, at + 1024 * 1024);
      await client.appendBlock(part, part.length);
    }
    await client.seal();
    break;
  }
  case 'read': {
    const client = new BlockBlobClient(url);
    const whole = await client.downloadToBuffer(undefined, undefined, {
      blockSize: 512 * 1024,
      concurrency: 8,
    });
    const part = await client.downloadToBuffer(100, 50);
    const { contentLength } = await client.getProperties();
    const isSame = part.equals(whole.subarray(100, 150)) && contentLength === whole.length;
    process.stdout.write(`${JSON.stringify({ ...toResult(whole), isSame })}\n`);
    break;
  }
}
if (call !== 'read') process.stdout.write(`${JSON.stringify(toResult(bytes))}\n`);
