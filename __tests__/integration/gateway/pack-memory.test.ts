import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { gatewayFlags } from '../../../src/gateway/host/start.ts';
import { runNode } from '../../helpers/run-node.ts';
import { Upstream } from '../../helpers/upstream.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

// v2 is what the sizes are about; v1 differs in how it cuts uploads.
it.each([
  [2, 8, 64],
  [1, 8, 32],
] as const)(
  'v%d: a pack of %d blobs of %d MiB goes up and down in little memory',
  async (protocol, blobs, mebibytes) => {
    const upstream = await Upstream.start();
    closing.push(() => upstream.close());
    const directory = path.join(upstream.directory, 'transfer');
    await mkdir(directory);
    const args = [protocol, upstream.url, await upstream.token(), directory, blobs, mebibytes].map(String);
    const { result, output } = await runNode('pack-transfer.ts', args, {
      NODE_OPTIONS: gatewayFlags.join(' '),
    });
    // All digests were right: a blob is not answered before.
    expect({ output, result }).toMatchObject({ result: { packs: 1, blobs } });
    expect(result['peakBytes']).toBeGreaterThan(20 * 1024 * 1024);
    expect(result['peakBytes']).toBeLessThan(200 * 1024 * 1024);
  },
);
