import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findFloatingPromises } from '../helpers/floating-promises.ts';
import { listSources } from '../helpers/import-graph.ts';
import { root } from '../helpers/runner.ts';

/** Biome's rule of this name does not see what comes from a package or from node itself. */
describe('a promise that nobody waits for', () => {
  it('is nowhere in src/', () => {
    const files = listSources().map((file) => path.join(root, 'src', file));
    expect(findFloatingPromises(root, files)).toEqual([]);
  });

  it('would be found', async () => {
    // Below the root, where the types of node are found.
    const directory = await mkdtemp(path.join(root, '__tests__', 'floating-'));
    try {
      const file = path.join(directory, 'sample.ts');
      const lines = [
        "import { rm } from 'node:fs/promises';",
        "rm('of node');",
        "rm('half handled').then(() => undefined);",
        "rm('in the end').finally(() => undefined);",
        '[1].map(async () => undefined);',
        'declare const maybe: (() => Promise<void>) | undefined;',
        'maybe?.();',
        "void rm('said');",
        "await rm('awaited');",
        "rm('handled').catch(() => undefined);",
        "rm('handled').then(() => undefined, () => undefined);",
        'let kept: Promise<void> | undefined;',
        "kept ??= rm('kept');",
        'export default kept;',
      ];
      await writeFile(file, lines.join('\n'));
      const found = findFloatingPromises(root, [file]).map((line) => line.replace(/^.*?: /, ''));
      expect(found).toEqual([lines[1], lines[2], lines[3], lines[4], lines[6]]);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
